package aether.archive.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import aether.archive.log.Ed25519Signer;
import aether.archive.log.Hash;
import aether.archive.log.MerkleTree;
import aether.archive.read.ArchiveReader;
import aether.archive.store.FailureSwitch;
import aether.archive.store.InMemoryLiveStore;
import aether.archive.store.InMemoryWormStore;
import aether.archive.verify.InMemoryStranger;
import aether.archive.verify.VerificationReport;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;

/** A sealer's surroundings in memory, with one switch for all failures. */
public final class SealWorld {

    /** A key that no archive outside of tests has. */
    public static final Ed25519Signer SIGNER = Ed25519Signer.fromSeed("audit.test/log", new byte[32]);

    /** The time at which a world begins. */
    public static final Instant START = Instant.parse("2026-11-24T00:00:00Z");

    /** The events of the world belong to so many streams in turn. */
    private static final int STREAMS = 7;

    final FailureSwitch failures = new FailureSwitch();
    /** The locked objects. */
    public final InMemoryWormStore worm = new InMemoryWormStore(failures);

    final InMemoryLiveStore live = new InMemoryLiveStore(failures);
    final InMemoryHeadStore heads = new InMemoryHeadStore(failures);
    Instant now = START;

    /** A new world. */
    public SealWorld() {}

    /** Opens the log as a process that has just started. */
    public Sealer open() throws IOException {
        return Sealer.open(new ArchiveStores(worm, live, heads), SIGNER, SealSettings.DEFAULTS, () -> now);
    }

    /** What makes the stores fail. */
    public FailureSwitch failures() {
        return failures;
    }

    /** Somebody puts this where readers look for the newest checkpoint. */
    public void publish(String checkpoint) throws IOException {
        live.put(ArchiveKeys.CHECKPOINT, checkpoint.getBytes(UTF_8));
    }

    /** So much time goes by. */
    public void later(Duration time) {
        passes(time);
    }

    void passes(Duration time) {
        now = now.plus(time);
    }

    /** The entry that belongs to a position. */
    public static byte[] entry(long position) {
        return entry(position, "thing-" + position % STREAMS, position / STREAMS);
    }

    /** The entry of an event that is the given version of a stream. */
    public static byte[] entry(long position, String stream, long version) {
        return String.format(
                        Locale.ROOT,
                        "{\"data\":{\"n\":%d},\"id\":\"event-%d\",\"sequence\":\"%020d\",\"source\":\"/aether/test\","
                                + "\"specversion\":\"1.0\",\"streamsequence\":\"%020d\",\"subject\":\"%s\","
                                + "\"time\":\"2026-11-24T00:00:00Z\",\"type\":\"test.thing.counted.v1\"}",
                        position,
                        position,
                        position,
                        version,
                        stream)
                .getBytes(UTF_8);
    }

    /** The entries of positions {@code from} to {@code to - 1}. */
    public static List<byte[]> entries(long from, long to) {
        return LongStream.range(from, to).mapToObj(SealWorld::entry).toList();
    }

    /** The root over the first entries. */
    public static Hash root(long size) {
        return MerkleTree.root(entries(0, size).stream().map(MerkleTree::leaf).toList());
    }

    /** Offsets as the intake would hand them over. */
    public static KafkaOffsets offsets(long next) {
        return KafkaOffsets.of("aether.events.v1", "topic-id", Map.of(0, next));
    }

    /** The archive as a stranger reads it. */
    public ArchiveReader reader() {
        return new InMemoryStranger(worm, live);
    }

    /** What a stranger finds. */
    public VerificationReport verify() throws IOException {
        return new InMemoryStranger(worm, live).verify(SIGNER.verifierKey());
    }

    /** A stranger finds exactly the entries 0 to {@code size - 1}. */
    public void requireIntact(long size) throws IOException {
        VerificationReport report = verify();
        assertThat(report.sentences()).isEmpty();
        assertThat(report.entries()).isEqualTo(size);
        assertThat(report.root()).isEqualTo(root(size).base64());
        assertThat(report.verdict()).isEqualTo("Verified with the key you brought.");
    }
}
