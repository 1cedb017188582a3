package aether.command.door;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How far the door had come a while ago. Consumers state what they want when they have read all that Kafka has; what
 * was acknowledged so long before, and is wanted still, Kafka has lost. What is younger may just be on its way to them.
 */
final class Settled {

    /** Far longer than an acknowledged event takes to a consumer that keeps up. */
    static final Duration WHILE = Duration.ofSeconds(3);

    private final LongSupplier nanoTime;

    private long since;

    private long before;

    private long now;

    Settled(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.since = nanoTime.getAsLong();
    }

    /** The door stands at this position now. */
    void at(long next) {
        long time = nanoTime.getAsLong();
        if (time - since >= WHILE.toNanos()) {
            before = now;
            now = next;
            since = time;
        }
    }

    /** The door went back, and begins anew from there. */
    void reset(long next) {
        before = Math.min(before, next);
        now = Math.min(now, next);
        since = nanoTime.getAsLong();
    }

    /** Whether a position had been acknowledged a while ago. */
    boolean includes(long position) {
        return position < before;
    }
}
