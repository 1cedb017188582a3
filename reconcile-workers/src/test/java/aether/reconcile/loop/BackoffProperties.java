package aether.reconcile.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BackoffProperties {

    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration MOST = Duration.ofSeconds(15);

    @Property
    void staysBetweenHalfOfItsCeilingAndItsCeiling(
            @ForAll @IntRange(min = 1, max = 10_000) int failures, @ForAll long seed) {
        Duration ceiling = failures > 8 ? MOST : FIRST.multipliedBy(1L << (failures - 1));
        Duration bounded = ceiling.compareTo(MOST) < 0 ? ceiling : MOST;

        assertThat(new Backoff(FIRST, MOST, new Random(seed)).after(failures)).isBetween(bounded.dividedBy(2), bounded);
    }
}
