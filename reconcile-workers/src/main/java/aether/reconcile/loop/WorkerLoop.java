package aether.reconcile.loop;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes due keys from the queue and works on them, several at once but never one key twice at once.
 *
 * @param <K> the key
 */
public final class WorkerLoop<K> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerLoop.class);

    /** How often the dispatcher looks whether a resync is due. */
    private static final Duration TICK = Duration.ofSeconds(1);

    /** So many looks in a row come at the asked pace; then the pace halves, and halves again. */
    private static final int LOOKS_PER_PACE = 12;

    private static final int SLOWDOWNS_MAX = 5;

    private final WorkQueue<K> queue;
    private final Worker<K> worker;
    private final Supplier<? extends Collection<K>> everything;
    private final Backoff backoff;
    private final LoopSettings settings;
    private final InstantSource clock;
    private final Semaphore permits;
    private final Map<K, Integer> failures = new ConcurrentHashMap<>();
    private final Map<K, Integer> waits = new ConcurrentHashMap<>();
    private final Map<K, String> troubles = new ConcurrentHashMap<>();
    /** Since when each key has been done, with a watch that would tell otherwise. */
    private final Map<K, Instant> resting = new ConcurrentHashMap<>();

    private final ExecutorService runners;
    private final Thread dispatcher;
    private volatile boolean stopping;

    /**
     * A loop that has not started.
     *
     * @param everything the keys of a resync
     */
    public WorkerLoop(
            String name,
            WorkQueue<K> queue,
            Worker<K> worker,
            Supplier<? extends Collection<K>> everything,
            Backoff backoff,
            LoopSettings settings,
            InstantSource clock) {
        this.queue = queue;
        this.worker = worker;
        this.everything = everything;
        this.backoff = backoff;
        this.settings = settings;
        this.clock = clock;
        this.permits = new Semaphore(settings.concurrency());
        this.runners = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(name + "-", 0).factory());
        this.dispatcher = Thread.ofPlatform().daemon().name(name).unstarted(this::dispatch);
    }

    /** Starts working. */
    public void start() {
        dispatcher.start();
    }

    /** What is wrong now, by key: the reasons that {@link WorkOutcome.Failed} gave. */
    public Map<K, String> troubles() {
        return Map.copyOf(troubles);
    }

    /** Works on one key now, on the caller's thread; the outcome decides when it comes back. */
    WorkOutcome runOnce(K key) {
        WorkOutcome outcome;
        try {
            outcome = worker.work(key);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            outcome = Throwables.sort(e);
        } catch (RuntimeException e) { // the edge of the loop: nothing a key does may end it
            if (Throwables.isFault(e)) {
                LOG.error("Expected to work on {}, but there is a fault of ours", key, e);
            }
            outcome = Throwables.sort(e);
        }
        settle(key, outcome);
        return outcome;
    }

    private void settle(K key, WorkOutcome outcome) {
        Optional<Duration> next = switch (outcome) {
            case WorkOutcome.Done unused -> {
                failures.remove(key);
                waits.remove(key);
                yield Optional.empty();
            }
            case WorkOutcome.Unwatched unused -> {
                failures.remove(key);
                waits.remove(key);
                yield Optional.empty();
            }
            case WorkOutcome.RequeueAfter later -> {
                failures.remove(key);
                LOG.debug("{}: {}; looking again in {}", key, later.reason(), later.delay());
                int slowdowns = Math.min(waits.merge(key, 1, Integer::sum) / LOOKS_PER_PACE, SLOWDOWNS_MAX);
                yield Optional.of(later.delay().multipliedBy(1L << slowdowns));
            }
            case WorkOutcome.Failed failed -> Optional.of(backoff.after(failures.merge(key, 1, Integer::sum)));
        };
        if (outcome instanceof WorkOutcome.Done) {
            resting.put(key, clock.instant());
        } else {
            resting.remove(key);
        }
        note(key, outcome);
        next.ifPresent(delay -> queue.offer(key, delay));
        queue.finished(key);
    }

    /** Says a trouble once when it begins and once when it is over, not at every try. */
    private void note(K key, WorkOutcome outcome) {
        if (outcome instanceof WorkOutcome.Failed failed) {
            if (!failed.reason().equals(troubles.put(key, failed.reason()))) {
                LOG.warn("{}: {}", key, failed.reason());
            }
        } else if (troubles.remove(key) != null) {
            LOG.info("{}: works again", key);
        }
    }

    /** Offers what a resync has to look at: every key that does not rest, and of the others those whose turn it is. */
    void resync() {
        Collection<K> all = everything.get();
        resting.keySet().retainAll(new HashSet<>(all)); // what is gone is forgotten
        Instant now = clock.instant();
        for (K key : all) {
            Instant since = resting.get(key);
            if (since == null || turn(key, since) != turn(key, now)) {
                boolean ignored = queue.offer(key); // when the queue is full, the next resync comes
            }
        }
    }

    /** Keys take turns within the rest, so that not all are looked at in one minute of ten. */
    private long turn(K key, Instant at) {
        long period = settings.rest().toMillis();
        return Math.floorDiv(at.toEpochMilli() + Math.floorMod(key.hashCode() * 0x9E3779B97F4A7C15L, period), period);
    }

    private void dispatch() {
        Instant nextResync = clock.instant();
        try {
            while (!stopping) {
                if (!clock.instant().isBefore(nextResync)) {
                    resync();
                    nextResync = clock.instant().plus(settings.resync());
                }
                permits.acquire();
                Optional<K> key = queue.take(TICK);
                if (key.isEmpty()) {
                    permits.release();
                } else {
                    runners.execute(() -> {
                        try {
                            WorkOutcome ignored = runOnce(key.get());
                        } finally {
                            permits.release();
                        }
                    });
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops taking keys, lets running ones finish for a while, then interrupts them. */
    @Override
    public void close() {
        stopping = true;
        queue.close();
        dispatcher.interrupt();
        try {
            dispatcher.join(settings.stopWithin());
            runners.shutdown();
            if (!runners.awaitTermination(settings.stopWithin().toMillis(), TimeUnit.MILLISECONDS)) {
                runners.shutdownNow();
            }
        } catch (InterruptedException e) {
            runners.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
