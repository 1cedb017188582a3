package aether.archive.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.archive.log.Hash;
import aether.archive.seal.SealWorld;
import aether.archive.store.TamperAlarm;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class IntakeTest {

    private static final byte[] OTHER = "{\"sequence\":\"00000000000000000000\"}".getBytes(UTF_8);

    @Test
    void restoresTheTotalOrderOfManyPartitions() throws IOException {
        IntakeWorld world = new IntakeWorld(6);
        LongStream.range(0, 1_000).forEach(n -> world.topic.publish((int) (n * 7 % 6), n));

        world.steps(300);

        assertThat(world.intake.nextWanted()).isEqualTo(1_000);
        world.intake.finish();
        world.stores.requireIntact(1_000);
    }

    @Test
    void partitionsFarApartMeetWithinTheWindow() throws IOException {
        IntakeWorld world = new IntakeWorld(3);
        // Partition 2 has nothing before 600: all of it is far ahead of the window until the others have come so far.
        LongStream.range(600, 900).forEach(n -> world.topic.publish(2, n));
        LongStream.range(0, 600).forEach(n -> world.topic.publish(n % 100 < 50 ? 0 : 1, n));

        world.steps(200);

        world.intake.finish();
        world.stores.requireIntact(900);
        assertThat(world.wanted).isEmpty();
    }

    @Test
    void dropsWhatItHasSeen() throws IOException {
        IntakeWorld world = new IntakeWorld(2);
        LongStream.range(0, 50).forEach(n -> world.topic.publish((int) (n % 2), n));
        world.steps(5);
        LongStream.range(10, 60).forEach(n -> world.topic.publish((int) (n % 2), n));
        world.steps(5);

        world.intake.finish();
        world.stores.requireIntact(60);
        assertThat(world.equivocations).isEmpty();
    }

    @Test
    void stopsWhenAnArchivedPositionComesAgainWithOtherContent() throws IOException {
        IntakeWorld world = new IntakeWorld(1);
        world.topic.publish(0, 0);
        world.steps(1);
        world.topic.publish(0, 0, OTHER);
        world.topic.publish(0, 1);

        assertThatThrownBy(() -> world.steps(1))
                .isInstanceOf(TamperAlarm.class)
                .hasMessageContaining("Expected the archived event at position 0")
                .hasMessageContaining("its SHA-256 is " + Hash.sha256(OTHER).hex());
        assertThat(world.sealer.size()).isEqualTo(1);
        world.restart();
        assertThatThrownBy(() -> world.steps(3))
                .as("a restart does not read past it")
                .isInstanceOf(TamperAlarm.class);
    }

    @Test
    void goesOnAfterAPersonHasLooked() throws IOException {
        IntakeWorld world = new IntakeWorld(
                1,
                new IntakeSettings(
                        64,
                        1 << 20,
                        Duration.ofMillis(1),
                        Duration.ofSeconds(10),
                        Set.of(Hash.sha256(OTHER).hex())));
        world.topic.publish(0, 0);
        world.steps(1);
        world.topic.publish(0, 0, OTHER);
        world.topic.publish(0, 1);
        world.steps(1);

        assertThat(world.equivocations)
                .singleElement()
                .asString()
                .contains("Expected the archived event at position 0");
        world.intake.finish();
        world.stores.requireIntact(2);
    }

    @Test
    void archivesNeitherOfTwoEventsThatClaimAPosition() throws IOException {
        IntakeWorld world = new IntakeWorld(1);
        world.topic.publish(0, 1);
        world.topic.publish(0, 1, "{}".getBytes(UTF_8));
        world.topic.publish(0, 0);

        assertThatThrownBy(() -> world.steps(1)).isInstanceOf(TamperAlarm.class).hasMessageContaining("position 1");
        assertThat(world.sealer.size()).isZero();
    }

    @Test
    void leavesOutWhatIsNoEvent() throws IOException {
        IntakeWorld world = new IntakeWorld(1);
        world.topic.publish(0, EventRecord.FOREIGN, "spam".getBytes(UTF_8));
        world.topic.publish(0, 0);
        world.steps(1);

        assertThat(world.foreign).isEqualTo(1);
        assertThat(world.sealer.size()).isEqualTo(1);
    }

    @Test
    void stopsAtAGapAndAsksTheDoorForIt() throws IOException {
        IntakeWorld world = new IntakeWorld(2);
        LongStream.range(0, 200).filter(n -> n != 20).forEach(n -> world.topic.publish((int) (n % 2), n));
        world.steps(10);
        assertThat(world.sealer.size()).isEqualTo(20);
        assertThat(world.waiting).isEqualTo("later ones are there already");
        assertThat(world.wanted).isEmpty();

        world.passes(Duration.ofSeconds(11));
        world.steps(1);
        assertThat(world.wanted).containsExactly("audit-archiver=20");
        world.topic.publish(0, 20); // behind all the others, as a republished event is
        world.steps(20);

        assertThat(world.sealer.size()).isEqualTo(200);
        assertThat(world.waiting).isEmpty();
        world.intake.finish();
        world.stores.requireIntact(200);
    }

    @Test
    void asksAgainWhenTheDoorWasNotThere() throws IOException {
        IntakeWorld world = new IntakeWorld(1);
        world.topic.publish(0, 1);
        world.doorAnswers = false;
        world.passes(Duration.ofSeconds(11));
        world.steps(1);
        world.doorAnswers = true;
        world.passes(Duration.ofSeconds(11));
        world.steps(2);

        assertThat(world.wanted).containsExactly("audit-archiver=0");
    }

    @Test
    void holdsNoMoreBytesThanAllowedAndStillArrives() throws IOException {
        IntakeWorld world =
                new IntakeWorld(2, new IntakeSettings(1_000, 500, Duration.ofMillis(1), Duration.ofSeconds(10)));
        LongStream.range(0, 100).forEach(n -> world.topic.publish(n < 50 ? 1 : 0, n));

        world.steps(200);

        world.intake.finish();
        world.stores.requireIntact(100);
        assertThat(world.wanted).isEmpty();
    }

    @Test
    void goesOnAfterARestartFromTheSealAndDropsTheRest() throws IOException {
        IntakeWorld world = new IntakeWorld(3);
        LongStream.range(0, 300).forEach(n -> world.topic.publish((int) (n % 3), n));
        world.steps(60);
        assertThat(world.topic.committed.next()).isNotEmpty();
        LongStream.range(300, 400).forEach(n -> world.topic.publish((int) (n % 3), n));

        world.restart();
        world.steps(60);

        assertThat(world.wanted).containsExactly("audit-archiver=300");
        world.intake.finish();
        world.stores.requireIntact(400);
        assertThat(world.topic.committed.next().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(400);
    }

    @Test
    void survivesDeathAtAnyChange() throws IOException {
        for (int death = 0; death < 60; death++) {
            IntakeWorld world = new IntakeWorld(3);
            LongStream.range(0, 120).forEach(n -> world.topic.publish((int) (n * 5 % 3), n));
            world.stores.failures().failAt(death, aether.archive.store.FailureSwitch.Moment.AFTER);
            try {
                world.steps(10);
                world.intake.finish();
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("after it was kept");
            }
            world.stores.failures().off();
            world.restart();
            world.steps(20);
            world.intake.finish();
            world.stores.requireIntact(120);
        }
    }

    @Test
    void refusesAnEventThatNoBundleCanHold() throws IOException {
        IntakeWorld world = new IntakeWorld(1);
        world.topic.publish(0, 0, new byte[65_536]);

        assertThatThrownBy(() -> world.steps(1)).hasMessageContaining("Expected an event of at most 65535 bytes");
    }

    @Test
    void entriesOfTheWorldAreWhatTheyClaim() {
        assertThat(Envelope.position("00000000000000000007".getBytes(UTF_8), SealWorld.entry(7)))
                .isEqualTo(7);
    }
}
