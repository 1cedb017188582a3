package aether.archive.seal;

import static org.assertj.core.api.Assertions.assertThat;

import aether.archive.store.FailureSwitch.Moment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Dies before and after every single change to every store, opens the log again, hands it all entries that were not
 * acknowledged, and has a stranger look at the archive right after the death and at the end.
 */
@Tag("slow")
class DieHereTest {

    private static final long ENTRIES = 300;
    private static final int STEP = 70;

    @ParameterizedTest
    @EnumSource(Moment.class)
    void everyDeathLeavesALogThatGoesOn(Moment moment) throws IOException {
        int changes = changesOfAWholeLife();
        assertThat(changes).isGreaterThan(40);

        for (int death = 0; death < changes; death++) {
            SealWorld world = new SealWorld();
            world.failures.failAt(death, moment);
            long acknowledged = liveUntilDeath(world);
            world.failures.off();

            requireWhatIsThereIsTrue(world, death);
            Sealer again = world.open();
            assertThat(again.size()).as("death %d", death).isGreaterThanOrEqualTo(acknowledged);
            live(world, new ArrayList<>());
            world.requireIntact(ENTRIES);
        }
    }

    /** Dies a second time while it recovers from the first. */
    @ParameterizedTest
    @EnumSource(Moment.class)
    void dyingWhileRecoveringIsNoDifferent(Moment moment) throws IOException {
        int changes = changesOfAWholeLife();
        for (int death = 0; death < changes; death += 5) {
            for (int second = 0; second < 4; second++) {
                SealWorld world = new SealWorld();
                world.failures.failAt(death, moment);
                liveUntilDeath(world);
                world.failures.failAt(second, moment);
                liveUntilDeath(world);
                world.failures.off();

                live(world, new ArrayList<>());
                world.requireIntact(ENTRIES);
            }
        }
    }

    private static int changesOfAWholeLife() throws IOException {
        SealWorld world = new SealWorld();
        live(world, new ArrayList<>());
        world.requireIntact(ENTRIES);
        return world.failures.operations();
    }

    private static long liveUntilDeath(SealWorld world) {
        List<Long> acknowledged = new ArrayList<>(List.of(0L));
        try {
            live(world, acknowledged);
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("it was kept");
        }
        return acknowledged.getLast();
    }

    private static void live(SealWorld world, List<Long> acknowledged) throws IOException {
        Sealer sealer = world.open();
        while (sealer.size() < ENTRIES) {
            // Another step than last time: a restart need not cut the stream where the dead process did.
            long next = Math.min(ENTRIES, sealer.size() + STEP + sealer.size() % 7);
            sealer.append(SealWorld.entries(sealer.size(), next));
            acknowledged.add(sealer.size());
            sealer.publish();
            if (sealer.size() > sealer.sealedSize() + STEP) {
                sealer.seal(SealWorld.offsets(sealer.size()));
            }
        }
        sealer.seal(SealWorld.offsets(sealer.size()));
    }

    /** Whoever reads between the death and the restart finds an older promise, or none yet, but never a false one. */
    private static void requireWhatIsThereIsTrue(SealWorld world, int death) throws IOException {
        if (world.live.get(ArchiveKeys.CHECKPOINT).isPresent()) {
            assertThat(world.verify().sentences()).as("death %d", death).isEmpty();
        }
    }
}
