package aether.archive.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.archive.log.Checkpoint;
import aether.archive.log.Ed25519Signer;
import aether.archive.log.SignedNote;
import aether.archive.s3.FaultyStore.Fault;
import aether.archive.seal.ArchiveStores;
import aether.archive.seal.FileHeadStore;
import aether.archive.seal.SealSettings;
import aether.archive.seal.SealWorld;
import aether.archive.seal.Sealer;
import aether.archive.stamp.StampSettings;
import aether.archive.stamp.Stamper;
import aether.archive.stamp.TestAuthority;
import aether.archive.stamp.TestTsa;
import aether.archive.stamp.Timestamps;
import aether.archive.store.TamperAlarm;
import aether.archive.verify.ArchiveVerifier;
import aether.archive.verify.VerificationLevel;
import aether.archive.verify.VerificationReport;
import aether.archive.verify.VerificationRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A real store on a bad day: late, failing, or saying yes without keeping anything. Whatever it does, the log goes on
 * from what is there, and no two different checkpoints of one size are ever signed.
 */
@Tag("slow")
class S3FaultsTest {

    /** What the writer waits for one answer, and less than the store then takes. */
    private static final Duration ATTEMPT = Duration.ofMillis(1_500);

    private static final long LATE_MILLIS = 3_000;

    @TempDir
    private Path directory;

    private final Map<Long, String> signed = new HashMap<>();

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"LATE", "ERROR_BEFORE", "ERROR_AFTER", "NOT_STORED"})
    void theLogGoesOnFromWhatIsThere(Fault fault) throws IOException {
        S3Location location = TestCeph.createBuckets();
        try (FaultyStore store = new FaultyStore(location.endpoint(), LATE_MILLIS);
                FileHeadStore heads = FileHeadStore.open(directory.resolve("head"));
                S3Connection direct = TestCeph.connect(location)) {
            S3Location faulty = new S3Location(location.bucket(), store.endpoint(), location.region());
            long to = 0;
            for (int spared : new int[] {0, 1, 3}) {
                long wanted = to + 40;
                store.fault = fault;
                store.spared.set(spared);
                int before = store.struck();
                assertThatThrownBy(() -> live(faulty, heads, wanted))
                        .as("%s after %d writes", fault, spared)
                        .isInstanceOfAny(IOException.class, TamperAlarm.class);
                assertThat(store.struck()).as("it did strike").isGreaterThan(before);

                store.fault = Fault.NONE;
                live(faulty, heads, wanted);
                to = wanted;
            }
            VerificationReport report = ArchiveVerifier.verify(
                    new S3Reader(direct, location), VerificationRequest.everything(SealWorld.SIGNER.verifierKey()));
            assertThat(report.sentences()).isEmpty();
            assertThat(report.entries()).isEqualTo(120);
        }
    }

    /** Opens the log as a process that has just started, appends up to a size, and seals. */
    private void live(S3Location location, FileHeadStore heads, long to) throws IOException {
        try (S3Connection connection =
                S3Connection.to(location, TestCeph.CREDENTIALS, ATTEMPT, ATTEMPT.multipliedBy(2))) {
            S3LiveStore live = new S3LiveStore(connection, location);
            Sealer sealer = Sealer.open(
                    new ArchiveStores(new S3WormStore(connection, location), live, heads),
                    SealWorld.SIGNER,
                    SealSettings.DEFAULTS,
                    Instant::now);
            try {
                if (sealer.size() < to) {
                    sealer.append(SealWorld.entries(sealer.size(), to));
                }
                sealer.seal(SealWorld.offsets(sealer.size()));
            } finally {
                remember(live);
            }
        }
    }

    private void remember(S3LiveStore live) throws IOException {
        byte[] note = live.get("checkpoint").orElse(new byte[0]);
        if (note.length > 0) {
            Checkpoint seen = Checkpoint.parse(
                    SignedNote.parse(new String(note, StandardCharsets.UTF_8)).text());
            String before = signed.putIfAbsent(seen.size(), seen.root().toString());
            assertThat(seen.root().toString())
                    .isEqualTo(before == null ? seen.root().toString() : before);
        }
    }

    @Test
    void checkpointsInABucketAreStampedAndTheTimestampsAreLockedThere() throws IOException {
        S3Location location = TestCeph.createBuckets();
        TestAuthority authority = TestAuthority.named("Test Time");
        Ed25519Signer signer = SealWorld.SIGNER;
        try (S3Connection connection = TestCeph.connect(location);
                FileHeadStore heads = FileHeadStore.open(directory.resolve("head"));
                TestTsa tsa = new TestTsa(authority, Instant::now);
                Stamper stamper = Stamper.overHttp(
                        new StampSettings(List.of(tsa.uri()), authority.above(), StampSettings.HOURLY),
                        Instant::now,
                        System::nanoTime,
                        new Random(1))) {
            S3WormStore worm = new S3WormStore(connection, location);
            Sealer sealer = Sealer.open(
                    new ArchiveStores(worm, new S3LiveStore(connection, location), heads),
                    signer,
                    SealSettings.DEFAULTS,
                    Instant::now);
            sealer.append(SealWorld.entries(0, 30));
            sealer.seal(SealWorld.offsets(30));
            long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (worm.get(Timestamps.key(30)).isEmpty()) {
                assertThat(System.nanoTime()).as(stamper.report()).isLessThan(end);
                stamper.step(worm, sealer.sealedSize());
                Thread.onSpinWait();
            }

            assertThat(worm.lock(Timestamps.key(30)))
                    .hasValueSatisfying(lock ->
                            assertThat(lock.until()).isAfter(Instant.now().plus(Duration.ofDays(7 * 365))));
            VerificationReport report = ArchiveVerifier.verify(
                    new S3Reader(connection, location),
                    new VerificationRequest(
                                    VerificationLevel.DOMAIN,
                                    signer.verifierKey(),
                                    List.of(),
                                    2,
                                    VerificationRequest.Progress.SILENT)
                            .believing(authority.above()));
            assertThat(report.sentences()).isEmpty();
            assertThat(report.remarks())
                    .singleElement()
                    .asString()
                    .startsWith("1 timestamps, by authorities you believe");
        }
    }
}
