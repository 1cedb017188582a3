package aether.archive.intake;

import aether.archive.seal.KafkaOffsets;
import aether.archive.seal.StillToCome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What the events topic still holds of the entries that an archive lacks; where it lacks some too, the door is asked
 * for them.
 */
public final class TopicContinuation implements StillToCome {

    /** Longer than a broker takes to answer; so often in a row nothing came when all has been read. */
    private static final Duration POLL = Duration.ofSeconds(1);

    private static final int SILENT_POLLS = 3;

    /** At 1 KiB each they fit into memory; an archive that is further behind is brought back by other means. */
    private static final long MOST = 100_000;

    private final Topic topic;
    private final WantedPositions wanted;

    /** Opens the topic for reading. */
    @FunctionalInterface
    public interface Topic {
        /** Opens it where a seal says. */
        RecordSource open(KafkaOffsets from) throws IOException;
    }

    /**
     * Entries of a topic.
     *
     * @param wanted how the door is asked
     */
    public TopicContinuation(Topic topic, WantedPositions wanted) {
        this.topic = topic;
        this.wanted = wanted;
    }

    @Override
    public List<byte[]> entries(KafkaOffsets from, long size, long upTo) throws IOException {
        if (upTo - size > MOST) {
            return List.of();
        }
        TreeMap<Long, byte[]> found = new TreeMap<>();
        try (RecordSource source = topic.open(from)) {
            for (int silent = 0; silent < SILENT_POLLS && found.size() < upTo - size; ) {
                List<EventRecord> events = source.poll(POLL);
                silent = events.isEmpty() ? silent + 1 : 0;
                events.stream()
                        .filter(event -> event.position() >= size && event.position() < upTo)
                        .forEach(event -> found.putIfAbsent(event.position(), event.bytes()));
            }
        }
        List<byte[]> entries = new ArrayList<>();
        for (byte[] next = found.get(size); next != null; next = found.get(size + entries.size())) {
            entries.add(next);
        }
        if (entries.size() < upTo - size) {
            wanted.state(Intake.CONSUMER, size + entries.size());
        }
        return entries;
    }
}
