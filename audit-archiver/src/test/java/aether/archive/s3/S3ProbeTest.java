package aether.archive.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.archive.probe.WormVerdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that enforces Object Lock holds; the same store without it does not, whatever it says to lock headers. */
@Tag("slow")
class S3ProbeTest {

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    @Test
    void aStoreThatEnforcesObjectLockHolds() throws IOException {
        S3Location location = TestCeph.createBuckets();
        try (S3Connection connection = TestCeph.connect(location)) {
            WormVerdict verdict = S3Probe.of(connection, location, now());

            assertThat(verdict.attempts())
                    .allSatisfy(attempt ->
                            assertThat(attempt.held()).as(attempt.toString()).isTrue());
            assertThat(verdict.attempts()).hasSizeGreaterThanOrEqualTo(10);
            assertThat(verdict.sentence()).startsWith("WORM: " + location.uri());
            S3WormStore store = new S3WormStore(connection, location);
            store.put("tile/0/000", "hashes".getBytes(UTF_8), now().plus(1, ChronoUnit.HOURS));
            assertThat(store.list("tile/0/")).containsExactly("tile/0/000");
            assertThat(S3Probe.of(connection, location, now()).isCompliant())
                    .as("and once more")
                    .isTrue();
        }
    }

    @Test
    void aBucketWithoutObjectLockIsFoundOut() throws IOException {
        S3Location location = TestCeph.createBuckets();
        try (S3Connection connection = TestCeph.connect(location)) {
            S3Location unlocked = new S3Location(location.liveBucket(), location.endpoint(), location.region());

            assertThatThrownBy(() -> S3Probe.of(connection, unlocked, now()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("canary");
        }
    }

    @Test
    void aStoreThatSaysYesToEveryLockAndKeepsNoneIsFoundOut() throws IOException {
        try (LyingStore store = new LyingStore()) {
            S3Location location = new S3Location("audit", store.endpoint(), "us-east-1");
            try (S3Connection connection = TestCeph.connect(location)) {
                WormVerdict verdict = S3Probe.of(connection, location, now());

                assertThat(verdict.isCompliant()).isFalse();
                assertThat(verdict.attempts().stream()
                                .filter(attempt -> !attempt.held())
                                .map(WormVerdict.Attempt::what))
                        .containsExactly(
                                "suspend versioning",
                                "shorten the lock",
                                "shorten the lock with the right to bypass governance",
                                "lock into the past",
                                "delete the locked version",
                                "delete it with the right to bypass governance",
                                "delete it among many",
                                "overwrite it",
                                "delete what is under a legal hold");
            }
        }
    }

    /** A real product that speaks S3 and says yes to Object Lock; what it lets happen is listed one by one. */
    @Test
    void anS3ServerMadeForTestsIsRefused(@TempDir Path directory) throws IOException {
        try (TestS3Mock mock = TestS3Mock.start(directory)) {
            S3Location location = mock.createBuckets();
            try (S3Connection connection = TestCeph.connect(location)) {
                assertThatThrownBy(() -> S3Probe.of(connection, location, now()))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("it has no Object Lock");
                mock.keepVersions(connection, location);
                WormVerdict verdict = S3Probe.of(connection, location, now());

                assertThat(verdict.isCompliant()).as(verdict.sentence()).isFalse();
                assertThat(verdict.sentence()).startsWith("NOT WORM: " + location.uri());
                assertThat(verdict.attempts().stream()
                                .filter(attempt -> !attempt.held())
                                .map(WormVerdict.Attempt::what))
                        .contains("shorten the lock", "delete the locked version");
            }
        }
    }

    @Test
    void oneAttemptThatSucceedsIsEnough() {
        WormVerdict verdict = new WormVerdict(
                "s3://x",
                Instant.EPOCH,
                List.of(
                        new WormVerdict.Attempt("delete the locked version", true, "refused, 403"),
                        new WormVerdict.Attempt("shorten the lock", false, "the store did it")));

        assertThat(verdict.isCompliant()).isFalse();
        assertThat(verdict.sentence())
                .isEqualTo("NOT WORM: s3://x may not be called compliant: shorten the lock: the store did it.");
    }
}
