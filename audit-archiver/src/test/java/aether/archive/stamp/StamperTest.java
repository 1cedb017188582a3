package aether.archive.stamp;

import static org.assertj.core.api.Assertions.assertThat;

import aether.archive.seal.SealWorld;
import aether.archive.seal.Sealer;
import aether.archive.stamp.TestAuthority.Fault;
import aether.archive.store.FailureSwitch.Moment;
import aether.archive.verify.VerificationReport;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The stamper beside a sealer, before authorities that do whatever they like. */
class StamperTest {

    private static final TestAuthority AUTHORITY = TestAuthority.named("Test Time");
    private static final URI FIRST = URI.create("https://first.example/tsa");
    private static final URI SECOND = URI.create("https://second.example/tsa");
    private static final Instant START = SealWorld.START.plusSeconds(3_600);

    private final SealWorld world = new SealWorld();
    private Duration passed = Duration.ZERO;
    private final InMemoryAuthorities authorities = new InMemoryAuthorities(AUTHORITY, () -> START.plus(passed));
    private Duration clockIsAhead = Duration.ZERO;
    private Stamper stamper = stamper(FIRST);
    private long sealed;

    @BeforeEach
    void sealSomething() throws IOException {
        seal(300);
    }

    private Stamper stamper(URI... uris) {
        return new Stamper(
                new StampSettings(List.of(uris), AUTHORITY.above(), StampSettings.HOURLY),
                authorities,
                () -> START.plus(passed).plus(clockIsAhead),
                () -> passed.toNanos(),
                new Random(1));
    }

    private void seal(long size) throws IOException {
        Sealer sealer = world.open();
        sealer.append(SealWorld.entries(sealer.size(), size));
        sealer.seal(SealWorld.offsets(size));
        sealed = sealer.sealedSize();
    }

    /** So long goes by, and the stamper is called as often as the archiver would. */
    private void pass(Duration time) {
        Duration end = passed.plus(time);
        step();
        while (passed.compareTo(end) < 0) {
            passed = passed.plus(Duration.ofSeconds(5));
            step();
        }
    }

    private void step() {
        stamper.step(world.worm, sealed);
    }

    private List<String> stamps() {
        return world.worm.list(Timestamps.PREFIX);
    }

    @Test
    void stampsTheNewestCheckpointOnceAnHourAndAStrangerBelievesIt() throws IOException {
        pass(Duration.ofMinutes(1));
        assertThat(stamps()).containsExactly(Timestamps.key(300));
        assertThat(stamper.report())
                .isEqualTo("The newest timestamp is of size 300 at 2026-11-24T01:00:00Z by CN=Test Time.");
        seal(310);
        seal(320);
        pass(Duration.ofMinutes(58));
        assertThat(authorities.asked).hasSize(1);

        pass(Duration.ofMinutes(2));
        assertThat(stamps()).containsExactly(Timestamps.key(300), Timestamps.key(320));
        assertThat(world.worm.lock(Timestamps.key(320)).orElseThrow().until())
                .isEqualTo(world.worm
                        .lock("checkpoints/00000000000000000320")
                        .orElseThrow()
                        .until());
        VerificationReport report = world.verify();
        assertThat(report.sentences()).isEmpty();
        assertThat(report.remarks())
                .singleElement()
                .asString()
                .startsWith("2 timestamps, checked with the certificates inside only")
                .contains("timestamps/00000000000000000320.tsr, is of 2026-11-24T02:00:0");
    }

    @Test
    void doesNotStampTheSameCheckpointTwice() {
        pass(Duration.ofHours(3));

        assertThat(authorities.asked).hasSize(1);
    }

    @Test
    void anEmptyLogHasNothingToStamp() {
        sealed = 0;
        pass(Duration.ofMinutes(5));

        assertThat(authorities.asked).isEmpty();
        assertThat(stamper.report()).isEqualTo("No timestamp yet.");
    }

    @Test
    void givesUpOnASilentAuthorityAndAsksAgainAfterLongerAndLongerPauses() {
        authorities.silent = true;
        pass(Duration.ofSeconds(15));
        assertThat(authorities.answers.getFirst().isCancelled()).isFalse();
        pass(Duration.ofSeconds(5));
        assertThat(authorities.answers.getFirst().isCancelled()).isTrue();
        assertThat(stamper.report())
                .isEqualTo(
                        "No timestamp yet. https://first.example/tsa: Expected an answer within PT20S, but there was "
                                + "none. Asking again in PT1M.");
        pass(Duration.ofMinutes(59));
        assertThat(authorities.asked).as("after 1, 2, 4, 8, 16 minutes").hasSize(6);

        authorities.silent = false;
        pass(Duration.ofMinutes(31));
        assertThat(stamps()).hasSize(1);
        assertThat(stamper.report()).doesNotContain("Asking again");
    }

    @Test
    void keepsNothingThatIsWrongAndSaysWhatWasWrong() {
        for (Fault fault : Fault.values()) {
            if (fault != Fault.NONE) {
                authorities.fault = fault;
                pass(Duration.ofMinutes(31));
                assertThat(stamps()).as("%s", fault).isEmpty();
                assertThat(stamper.report())
                        .as("%s", fault)
                        .startsWith("No timestamp yet. https://first.example/tsa: Expected ")
                        .contains("Asking again in PT");
            }
        }
        authorities.fault = Fault.NONE;
        pass(Duration.ofMinutes(31));
        assertThat(stamps()).hasSize(1);
    }

    @Test
    void saysThatAnAuthorityFailedInItsOwnWords() {
        authorities.silent = true;
        step();
        assertThat(authorities.answers.getFirst().completeExceptionally(new IOException("Connection refused")))
                .isTrue();
        step();

        assertThat(stamper.report()).contains(FIRST + ": IOException: Connection refused Asking again in PT1M.");
    }

    @Test
    void asksTheNextAuthorityWhenOneFails() {
        stamper = stamper(FIRST, SECOND);
        authorities.silent = true;
        pass(Duration.ofSeconds(15));
        authorities.silent = false;
        pass(Duration.ofSeconds(20));

        assertThat(authorities.asked).containsExactly(FIRST, SECOND);
        assertThat(stamps()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void whatTheStoreDidNotConfirmIsPutAgainWithTheSameBytes(Moment moment) {
        world.failures().failAt(0, moment);
        pass(Duration.ofSeconds(5));
        assertThat(stamper.report()).contains("it was kept. Asking again in PT1M.");

        pass(Duration.ofMinutes(2));
        assertThat(authorities.asked).as("no other token was asked for").hasSize(1);
        assertThat(stamps()).hasSize(1);
        assertThat(stamper.report())
                .startsWith("The newest timestamp is of size 300")
                .doesNotContain("Asking");
    }

    @Test
    void aNewProcessGoesOnWhereTheOldOneStopped() throws IOException {
        pass(Duration.ofMinutes(1));
        stamper = stamper(FIRST);
        seal(310);
        pass(Duration.ofMinutes(55));
        assertThat(authorities.asked).hasSize(1);
        assertThat(stamper.report()).isEqualTo("The newest timestamp is of size 300 at 2026-11-24T01:00:00Z.");

        pass(Duration.ofMinutes(5));
        assertThat(stamps()).hasSize(2);
    }

    @Test
    void saysWhenTheAuthoritysClockAndOursAreApart() {
        clockIsAhead = Duration.ofHours(2);
        pass(Duration.ofMinutes(1));

        assertThat(stamps()).hasSize(1);
        assertThat(stamper.report()).contains("Its clock and ours are PT2H");
    }
}
