package aether.embedded.process;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps one part running: launches it, ends it on request, and revives it when it dies unasked. */
public final class Supervisor implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Supervisor.class.getName());

    /** One run of the part, from its launch to its end. */
    public interface Run {

        ProcessHandle process();

        /** Ends the process, or tidies up after one that has ended. */
        void end();
    }

    private final String part;
    private final Supplier<? extends Run> launch;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile @Nullable Run current; // null while stopped on purpose
    private boolean closed;

    private Supervisor(String part, Supplier<? extends Run> launch) {
        this.part = part;
        this.launch = launch;
        this.current = launch.get();
    }

    /** Launches the part and waits until it is ready; {@code revives} says whether it comes back after a death. */
    public static Supervisor start(String part, boolean revives, Supplier<? extends Run> launch) {
        Supervisor supervisor = new Supervisor(part, launch);
        if (revives) {
            Thread.ofVirtual().name(part + "-supervisor").start(supervisor::watch);
        }
        return supervisor;
    }

    /** Whether the process lives right now. */
    public boolean isAlive() {
        Run run = current;
        return run != null && run.process().isAlive();
    }

    /** The process number; only while not stopped. */
    public long pid() {
        Run run = current;
        if (run == null) {
            throw new IllegalStateException("Expected %s to run, but it was stopped".formatted(part));
        }
        return run.process().pid();
    }

    /** Stops the part in order and leaves it stopped until {@link #restart()}. */
    public void stop() {
        lock.lock();
        try {
            Run run = current;
            if (run != null) {
                run.end();
                current = null;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Stops the part when it runs, and starts it. */
    public void restart() {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("Expected %s to be open, but it was closed".formatted(part));
            }
            stop();
            current = launch.get();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void watch() {
        for (Run run = runAfter(null); run != null; run = runAfter(run)) {
            run.process().onExit().join();
            revive(run);
        }
    }

    /** Launches again until it works, unless the death was asked for. */
    @SuppressWarnings("ReferenceEquality") // a run is equal to itself only
    private void revive(Run dead) {
        Backoff backoff = new Backoff();
        lock.lock();
        try {
            while (current == dead && !closed) {
                LOG.log(System.Logger.Level.WARNING, "{0} died; starting it again", part);
                dead.end();
                try {
                    current = launch.get();
                } catch (StartFailure e) {
                    LOG.log(System.Logger.Level.WARNING, "{0} did not start again: {1}", part, e.getMessage());
                    changed.awaitNanos(backoff.next().toNanos());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** The run after {@code previous}; null once closed. */
    @SuppressWarnings("ReferenceEquality") // a run is equal to itself only
    private @Nullable Run runAfter(@Nullable Run previous) {
        lock.lock();
        try {
            while (!closed && (current == null || current == previous)) {
                changed.awaitUninterruptibly();
            }
            return closed ? null : current;
        } finally {
            lock.unlock();
        }
    }

    /** Stops the part for good. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            stop();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
