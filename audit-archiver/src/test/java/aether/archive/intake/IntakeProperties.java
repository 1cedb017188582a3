package aether.archive.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** However events are spread over partitions, repeated and restarted: the log is every position once, in order. */
class IntakeProperties {

    @Property(tries = 60)
    void everyPositionOnceInOrder(
            @ForAll @IntRange(min = 1, max = 8) int partitions,
            @ForAll @IntRange(min = 1, max = 400) int events,
            @ForAll long seed)
            throws IOException {
        IntakeWorld world = new IntakeWorld(partitions);
        Random random = new Random(seed);
        int position = 0;
        while (position < events) {
            world.topic.publish(random.nextInt(partitions), position);
            // The door repeats a tail now and then, in order, as after its own restart.
            position = random.nextInt(40) == 0 ? Math.max(0, position - random.nextInt(30)) : position + 1;
            if (random.nextInt(60) == 0) {
                world.steps(1);
            }
            if (random.nextInt(120) == 0) {
                world.restart();
            }
        }
        for (int round = 0; world.sealer.size() < events && round < 100; round++) {
            world.steps(10);
            world.passes(Duration.ofSeconds(3));
        }

        world.intake.finish();
        world.stores.requireIntact(events);
        assertThat(world.equivocations).isEmpty();
    }
}
