package aether.command.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.function.LongSupplier;

/** A token bucket per customer key; administrators and our own services are not limited. */
public final class RateLimit {

    /** As the product publishes it. */
    public static final int PER_MINUTE = 100;

    /** A page of the portal asks for this much at once. */
    public static final int BURST = 20;

    /** Buckets beyond this are forgotten, which only favours whoever comes back. */
    private static final int MAX_BUCKETS = 10_000;

    private static final double NANOS_PER_MINUTE = 60e9;

    private final LongSupplier nanoTime;

    private final Cache<Identity, Bucket> buckets =
            Caffeine.newBuilder().maximumSize(MAX_BUCKETS).build();

    /**
     * A limit.
     *
     * @param nanoTime a clock that only runs forward
     */
    public RateLimit(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Takes one request; false when there are too many. */
    public boolean take(Identity identity) {
        if (identity.kind() != Identity.Kind.ORGANIZATION) {
            return true;
        }
        return buckets.get(identity, ignored -> new Bucket(nanoTime.getAsLong()))
                .take(nanoTime.getAsLong());
    }

    private static final class Bucket {

        private double left = BURST;

        private long at;

        Bucket(long at) {
            this.at = at;
        }

        synchronized boolean take(long now) {
            left = Math.min(BURST, left + Math.max(0, now - at) * PER_MINUTE / NANOS_PER_MINUTE);
            at = now;
            if (left < 1) {
                return false;
            }
            left--;
            return true;
        }
    }
}
