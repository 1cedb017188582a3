package aether.reconcile.loop;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after repeated failures: doubling, bounded, and spread so that many keys do not come back at once.
 *
 * @param first after the first failure
 * @param most never longer
 * @param chance spreads each delay over its upper half
 */
public record Backoff(Duration first, Duration most, RandomGenerator chance) {

    /** Doubling more often than this would overflow and is beyond any bound. */
    private static final int DOUBLINGS_MAX = 30;

    public Backoff {
        if (first.isNegative() || first.isZero() || most.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "Expected 0 < first <= most, but first is " + first + " and most is " + most + ".");
        }
    }

    /**
     * The delay after a failure.
     *
     * @param failures how many in a row, from 1
     */
    public Duration after(int failures) {
        long doubled = Math.min(failures - 1, DOUBLINGS_MAX);
        long ceiling = Math.min(most.toNanos(), saturated(first.toNanos(), doubled));
        return Duration.ofNanos(ceiling - (long) (chance.nextDouble() * ceiling / 2));
    }

    private static long saturated(long nanos, long doublings) {
        long shifted = nanos << doublings;
        return shifted >> doublings == nanos ? shifted : Long.MAX_VALUE;
    }
}
