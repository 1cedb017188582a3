package aether.archive.routine;

import static org.assertj.core.api.Assertions.assertThat;

import aether.archive.log.VerifierKey;
import aether.archive.seal.SameThread;
import aether.archive.seal.SealWorld;
import aether.archive.verify.Finding;
import aether.archive.verify.VerificationLevel;
import aether.archive.verify.VerificationReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutineVerificationTest {

    private static final Finding TORN = new Finding(VerificationLevel.TREE, "tile/0/001", "It is torn.");
    private static final Finding HALF = new Finding(VerificationLevel.LOCKS, "entries/7", "It has no lock.");

    @TempDir
    private Path directory;

    private final Deque<List<Finding>> looks = new ArrayDeque<>();
    private final VerifierKey key = SealWorld.SIGNER.verifierKey();
    private boolean away;
    private int looked;
    private Instant now = SealWorld.START;
    private long nanos;

    @SuppressWarnings("NullAway.Init") // made before each test
    private RoutineVerification routine;

    @BeforeEach
    void start() {
        routine = new RoutineVerification(
                new RoutineSettings(Duration.ofDays(1), Duration.ofMinutes(10), directory.resolve("verified")),
                this::look,
                () -> now,
                () -> nanos,
                new SameThread());
    }

    @Test
    void beginsAfterAWhileAndThenDaily() throws IOException {
        assertThat(run()).isEmpty();
        assertThat(looked).isZero();

        passes(Duration.ofMinutes(10));
        RoutineVerification.Verdict verdict = run().orElseThrow();
        assertThat(verdict.at()).isEqualTo(now);
        assertThat(routine.report()).isEqualTo("Verified at level 5 at " + now + " up to size 9: intact.");
        assertThat(routine.alarm()).isEmpty();

        passes(Duration.ofDays(1).minusSeconds(1));
        assertThat(run()).isEmpty();
        passes(Duration.ofSeconds(1));
        assertThat(run()).isPresent();
        assertThat(looked).isEqualTo(2);
    }

    @Test
    void goesOnWithItsDayAfterARestart() throws IOException {
        run();
        passes(Duration.ofMinutes(10));
        routine.remember(run().orElseThrow());

        passes(Duration.ofHours(20));
        start();
        run();
        passes(Duration.ofMinutes(10));
        assertThat(run()).as("it was verified 20 hours ago").isEmpty();
        passes(Duration.ofHours(4).minusMinutes(10));
        assertThat(run()).isPresent();
    }

    @Test
    void verifiesOnceMoreWhatWasNotRemembered() throws IOException {
        run();
        passes(Duration.ofMinutes(10));
        assertThat(run()).isPresent(); // and dies before it was reported

        start();
        run();
        passes(Duration.ofMinutes(10));
        assertThat(run()).isPresent();
    }

    @Test
    void aMemoryThatIsNoneOrOfTheFutureDelaysNothing() throws IOException {
        for (String kept : List.of("", "soon", "2999-01-01T00:00:00Z")) {
            Files.writeString(directory.resolve("verified"), kept);
            start();
            run();
            passes(Duration.ofMinutes(10));
            assertThat(run()).as(kept).isPresent();
        }
    }

    @Test
    void tellsWhatTwoLooksFindAndNotWhatWasBeingWritten() throws IOException {
        looks.add(List.of(HALF));
        looks.add(List.of());
        run();
        passes(Duration.ofMinutes(10));
        assertThat(run().orElseThrow().report().isIntact()).isTrue();
        assertThat(routine.alarm()).isEmpty();

        looks.add(List.of(HALF, TORN));
        looks.add(List.of(TORN));
        passes(Duration.ofDays(1));
        assertThat(run().orElseThrow().report().findings()).containsExactly(TORN);
        assertThat(routine.alarm()).contains("NOT INTACT: 1 findings. It is torn.");
        assertThat(looked).isEqualTo(4);
    }

    @Test
    void readsAgainSoonAStoreThatCouldNotBeRead() throws IOException {
        away = true;
        run();
        passes(Duration.ofMinutes(10));
        assertThat(run()).isEmpty();
        assertThat(routine.report()).contains("could not be verified").contains("the store is away");

        away = false;
        passes(RoutineVerification.TRY_AGAIN);
        assertThat(run()).isPresent();
        assertThat(routine.report()).doesNotContain("could not");
    }

    /** Two steps: one begins, on this thread, and one takes what came of it. */
    private Optional<RoutineVerification.Verdict> run() {
        Optional<RoutineVerification.Verdict> before = routine.step(key);
        assertThat(before).isEmpty();
        return routine.step(key);
    }

    private VerificationReport look(VerifierKey with) throws IOException {
        assertThat(with).isSameAs(key);
        if (away) {
            throw new IOException("Expected the archive, but the store is away.");
        }
        looked++;
        List<Finding> found = looks.isEmpty() ? List.of() : looks.removeFirst();
        return new VerificationReport(VerificationLevel.DOMAIN, true, 9, "root", found, 0, List.of());
    }

    private void passes(Duration duration) {
        now = now.plus(duration);
        nanos += duration.toNanos();
    }
}
