package aether.command.gateway;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The resources that have to be looked at: each once, however often it is marked; a failed one again after a pause that
 * grows. It holds at most one mark per resource, so it needs no other bound.
 */
final class Marks {

    static final Duration FIRST_PAUSE = Duration.ofMillis(200);

    static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private static final int MAX_DOUBLINGS = 8;

    private final LongSupplier nanoTime;

    private final Set<ResourceKey> due = new LinkedHashSet<>();

    private final Map<ResourceKey, Long> later = new HashMap<>();

    private final Map<ResourceKey, Integer> failures = new HashMap<>();

    Marks(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Marks a resource; one that waits after a failure goes on waiting, or a storm of events would end every pause. */
    synchronized void mark(ResourceKey key) {
        if (!later.containsKey(key) && due.add(key)) {
            notifyAll();
        }
    }

    /** The next one; empty when there is none within the patience. */
    synchronized Optional<ResourceKey> take(Duration patience) throws InterruptedException {
        long end = nanoTime.getAsLong() + patience.toNanos();
        while (true) {
            long now = nanoTime.getAsLong();
            long next = wake(now);
            Iterator<ResourceKey> first = due.iterator();
            if (first.hasNext()) {
                ResourceKey key = first.next();
                first.remove();
                return Optional.of(key);
            }
            long pause = Math.min(next, end) - now;
            if (end <= now) {
                return Optional.empty();
            }
            wait(Math.max(1, Duration.ofNanos(pause).toMillis()));
        }
    }

    /** It went well. */
    synchronized void done(ResourceKey key) {
        failures.remove(key);
    }

    /**
     * It failed; it is due again later.
     *
     * @return how often it has failed in a row
     */
    synchronized int failed(ResourceKey key) {
        int count = failures.merge(key, 1, Integer::sum);
        long pause = FIRST_PAUSE.toNanos() << Math.min(count - 1, MAX_DOUBLINGS);
        later.put(key, nanoTime.getAsLong() + Math.min(pause, LONGEST_PAUSE.toNanos()));
        due.remove(key);
        notifyAll();
        return count;
    }

    /** Moves what has waited long enough; answers when the next one will have. */
    private long wake(long now) {
        long next = Long.MAX_VALUE;
        Iterator<Map.Entry<ResourceKey, Long>> waiting = later.entrySet().iterator();
        while (waiting.hasNext()) {
            Map.Entry<ResourceKey, Long> one = waiting.next();
            if (one.getValue() - now <= 0) {
                due.add(one.getKey());
                waiting.remove();
            } else {
                next = Math.min(next, one.getValue());
            }
        }
        return next;
    }
}
