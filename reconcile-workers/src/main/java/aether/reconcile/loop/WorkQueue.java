package aether.reconcile.loop;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keys that want attention, each at most once: adding a key that waits changes nothing (but may make it earlier), and a
 * key that is being worked on waits until that is over.
 *
 * @param <K> the key
 */
public final class WorkQueue<K> {

    private record Due<K>(Instant at, long ordinal, K key) implements Comparable<Due<K>> {
        @Override
        public int compareTo(Due<K> other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(ordinal, other.ordinal);
        }
    }

    private final int capacity;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final TreeSet<Due<K>> order = new TreeSet<>();
    private final Map<K, Due<K>> waiting = new HashMap<>();
    private final Set<K> running = new HashSet<>();
    /** What was added while its key was running, and when it wants to run. */
    private final Map<K, Instant> again = new HashMap<>();

    private long ordinals;
    private boolean closed;

    /**
     * An empty queue.
     *
     * @param capacity how many keys may wait; beyond it keys are turned away, and the next resync brings them back
     */
    public WorkQueue(int capacity, InstantSource clock) {
        this.capacity = capacity;
        this.clock = clock;
    }

    /**
     * Adds a key, due after a delay.
     *
     * @return false when the queue is full or closed
     */
    public boolean offer(K key, Duration delay) {
        lock.lock();
        try {
            Instant at = clock.instant().plus(delay);
            if (running.contains(key)) {
                again.merge(key, at, (a, b) -> a.isBefore(b) ? a : b);
                return true;
            }
            return place(key, at);
        } finally {
            lock.unlock();
        }
    }

    /** Adds a key, due now. */
    public boolean offer(K key) {
        return offer(key, Duration.ZERO);
    }

    /** The first key that is due, which now counts as running until {@link #finished}. */
    public Optional<K> poll() {
        lock.lock();
        try {
            return Optional.ofNullable(due());
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a key that is due; empty when the queue is closed or the time is over. */
    public Optional<K> take(Duration atMost) throws InterruptedException {
        Instant end = clock.instant().plus(atMost);
        lock.lockInterruptibly();
        try {
            while (!closed) {
                K key = due();
                Instant now = clock.instant();
                if (key != null || !now.isBefore(end)) {
                    return Optional.ofNullable(key);
                }
                Instant until = order.isEmpty() || end.isBefore(order.first().at())
                        ? end
                        : order.first().at();
                boolean ignored =
                        changed.await(Math.max(1, Duration.between(now, until).toNanos()), TimeUnit.NANOSECONDS);
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Says that a key is not running any more; it comes back if it was added meanwhile. */
    public void finished(K key) {
        lock.lock();
        try {
            running.remove(key);
            Instant at = again.remove(key);
            if (at != null) {
                place(key, at);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many keys wait or run. */
    public int size() {
        lock.lock();
        try {
            return waiting.size() + running.size();
        } finally {
            lock.unlock();
        }
    }

    /** Hands out nothing any more. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean place(K key, Instant at) {
        Due<K> before = waiting.get(key);
        if (before != null && !at.isBefore(before.at())) {
            return true;
        }
        if (closed || (before == null && waiting.size() >= capacity)) {
            return false;
        }
        if (before != null) {
            order.remove(before);
        }
        Due<K> due = new Due<>(at, ordinals++, key);
        waiting.put(key, due);
        order.add(due);
        changed.signalAll();
        return true;
    }

    private @org.jspecify.annotations.Nullable K due() {
        if (closed || order.isEmpty() || order.first().at().isAfter(clock.instant())) {
            return null;
        }
        Due<K> due = order.removeFirst();
        waiting.remove(due.key());
        running.add(due.key());
        return due.key();
    }
}
