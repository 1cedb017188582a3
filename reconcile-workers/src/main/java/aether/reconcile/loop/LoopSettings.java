package aether.reconcile.loop;

import java.time.Duration;

/**
 * The bounds of a worker loop.
 *
 * @param concurrency how many keys run at once
 * @param resync how often every key is looked at although nothing seems to have changed
 * @param stopWithin how long running keys get to finish at a stop before they are interrupted
 */
public record LoopSettings(int concurrency, Duration resync, Duration stopWithin) {

    /** Workers mostly wait for others' answers, so more run at once than there are cores. */
    public static final LoopSettings DEFAULT = new LoopSettings(32, Duration.ofSeconds(60), Duration.ofSeconds(10));

    public LoopSettings {
        if (concurrency < 1 || resync.isZero() || resync.isNegative() || stopWithin.isNegative()) {
            throw new IllegalArgumentException("Expected a concurrency of at least 1 and positive times, but got "
                    + concurrency + ", " + resync + " and " + stopWithin + ".");
        }
    }
}
