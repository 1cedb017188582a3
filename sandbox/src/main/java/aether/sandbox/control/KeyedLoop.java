package aether.sandbox.control;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reconciles keys one after the other on a virtual thread. A key that is queued twice runs once; a key that is queued
 * while it runs, runs again. The queue is bounded by the number of keys there are.
 */
public final class KeyedLoop<K> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeyedLoop.class);
    /** Long waits are checked again in between, because clocks step. */
    private static final Duration WAIT_MAX = Duration.ofMinutes(10);

    /** Brings the world of one key to where it should be. */
    public interface Step<K> {
        /** Returns when to look again even if nothing happens; empty when only a change can matter. */
        Optional<Duration> reconcile(K key);
    }

    private final Set<K> queue = new LinkedHashSet<>();
    private final Map<K, ScheduledFuture<?>> later = new HashMap<>();
    private final ScheduledExecutorService timer;
    private final Duration retry;
    private final Step<K> step;
    private final Thread thread;
    private boolean closed;
    private boolean busy;

    /** A loop that begins at once; the timer is shared and outlives it. */
    public KeyedLoop(String name, ScheduledExecutorService timer, Duration retry, Step<K> step) {
        this.timer = timer;
        this.retry = retry;
        this.step = step;
        this.thread = Thread.ofVirtual().name("sandbox-" + name).unstarted(this::run);
    }

    /** Begins to work. */
    public void start() {
        thread.start();
    }

    /** Asks for a look at this key. */
    public synchronized void enqueue(K key) {
        if (!closed && queue.add(key)) {
            notifyAll();
        }
    }

    private synchronized void enqueueAfter(K key, Duration wait) {
        if (closed) {
            return;
        }
        ScheduledFuture<?> before = later.remove(key);
        if (before != null) {
            before.cancel(false);
        }
        if (!wait.isPositive()) {
            enqueue(key);
            return;
        }
        long nanos = (wait.compareTo(WAIT_MAX) < 0 ? wait : WAIT_MAX).toNanos();
        later.put(key, timer.schedule(() -> enqueue(key), nanos, TimeUnit.NANOSECONDS));
    }

    private void run() {
        try {
            while (true) {
                K key = take();
                runStep(key);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void runStep(K key) {
        try {
            step.reconcile(key).ifPresent(wait -> enqueueAfter(key, wait));
        } catch (RuntimeException | Error failed) { // the edge: a controller goes on, whatever one key does
            if (!isClosed()) {
                LOG.debug("Expected to reconcile {}, but it failed; trying again in {}", key, retry, failed);
                enqueueAfter(key, retry);
            }
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized K take() throws InterruptedException {
        busy = false;
        while (queue.isEmpty()) {
            wait();
        }
        K key = queue.iterator().next();
        queue.remove(key);
        busy = true;
        return key;
    }

    /** Whether nothing is queued or running; timers may still be set. */
    public synchronized boolean isIdle() {
        return queue.isEmpty() && !busy;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            later.values().forEach(future -> future.cancel(false));
            later.clear();
        }
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
