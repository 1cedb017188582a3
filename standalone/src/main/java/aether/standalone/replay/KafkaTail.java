package aether.standalone.replay;

import aether.archive.ArchiverSettings;
import aether.archive.intake.KafkaTopicReader;
import aether.archive.intake.RecordSource;
import aether.archive.intake.TopicTail;
import aether.archive.log.TilePath;
import aether.archive.read.ArchiveReader;
import aether.archive.read.EntryReader;
import aether.archive.seal.ArchiveKeys;
import aether.archive.seal.KafkaOffsets;
import aether.archive.seal.Seal;
import java.io.IOException;
import java.util.List;

/** What Kafka still holds beyond an archive, read from where its newest seal says. */
public final class KafkaTail {

    private final EntryReader entries;
    private long bundle = -1;
    private List<byte[]> held = List.of();

    private KafkaTail(EntryReader entries) {
        this.entries = entries;
    }

    /**
     * Reads it.
     *
     * @param size how many entries the archive promises
     * @throws IllegalStateException when topic and archive do not agree
     * @throws IOException when Kafka does not answer, or has no such topic
     */
    public static TopicTail read(String bootstrapServers, ArchiveReader archive, long size) throws IOException {
        KafkaTail archived = new KafkaTail(new EntryReader(archive, size));
        try (RecordSource source =
                KafkaTopicReader.open(bootstrapServers, ArchiverSettings.EVENTS_TOPIC, sealedOffsets(archive))) {
            return TopicTail.read(source, size, archived::entry);
        }
    }

    private static KafkaOffsets sealedOffsets(ArchiveReader archive) throws IOException {
        List<String> seals = archive.children(ArchiveKeys.SEALS);
        return seals.isEmpty()
                ? KafkaOffsets.NONE
                : Seal.decode(archive.read(seals.getLast()).orElse(new byte[0])).kafka();
    }

    /** Positions come nearly in order, so one bundle serves many. */
    private byte[] entry(long position) throws IOException {
        if (position / TilePath.FULL != bundle) {
            bundle = position / TilePath.FULL;
            held = entries.bundle(bundle);
        }
        return held.get((int) (position % TilePath.FULL));
    }
}
