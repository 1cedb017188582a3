package aether.projection.position;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Where the views are, for everyone who waits for them or wants to show it. */
public final class IntakeMonitor {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private IntakeStatus status = new IntakeStatus(IntakeStatus.State.STARTING, 0, null);

    /** How the intake is doing now. */
    public IntakeStatus status() {
        lock.lock();
        try {
            return status;
        } finally {
            lock.unlock();
        }
    }

    /** The views are known to have come this far, whoever moved them. */
    public void observed(long nextWanted) {
        lock.lock();
        try {
            if (nextWanted > status.nextWanted()) {
                status = new IntakeStatus(status.state(), nextWanted, status.message());
                moved.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the views have come to {@code nextWanted}, at most so long; answers whether they have. */
    public boolean await(long nextWanted, Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (status.nextWanted() < nextWanted && left > 0) {
                left = moved.awaitNanos(left);
            }
            return status.nextWanted() >= nextWanted;
        } finally {
            lock.unlock();
        }
    }

    /** States how the intake is doing and where it stands. */
    public void report(IntakeStatus.State state, long nextWanted, @Nullable String message) {
        lock.lock();
        try {
            status = new IntakeStatus(state, nextWanted, message);
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** States how the intake is doing; it has not moved. */
    public void report(IntakeStatus.State state, @Nullable String message) {
        report(state, status().nextWanted(), message);
    }
}
