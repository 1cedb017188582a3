package aether.reconcile.loop;

import java.time.Duration;

/**
 * The bounds of a worker loop.
 *
 * @param concurrency how many keys run at once
 * @param resync how often every key that does not rest is looked at although nothing seems to have changed
 * @param stopWithin how long running keys get to finish at a stop before they are interrupted
 * @param rest how long a key that is done is left out of the resync; a watch tells when it changes before
 */
public record LoopSettings(int concurrency, Duration resync, Duration stopWithin, Duration rest) {

    /**
     * A look at all of a tenant costs tens of milliseconds, so a thousand may have one every ten minutes, not every
     * one.
     */
    public static final Duration REST = Duration.ofMinutes(10);

    /** Workers mostly wait for others' answers, so more run at once than there are cores. */
    public static final LoopSettings DEFAULT = new LoopSettings(32, Duration.ofSeconds(60), Duration.ofSeconds(10));

    public LoopSettings {
        if (concurrency < 1
                || resync.isZero()
                || resync.isNegative()
                || stopWithin.isNegative()
                || rest.isZero()
                || rest.isNegative()) {
            throw new IllegalArgumentException("Expected a concurrency of at least 1 and positive times, but got "
                    + concurrency + ", " + resync + ", " + stopWithin + " and " + rest + ".");
        }
    }

    /** With the usual rest. */
    public LoopSettings(int concurrency, Duration resync, Duration stopWithin) {
        this(concurrency, resync, stopWithin, REST);
    }
}
