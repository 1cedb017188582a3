package aether.store.log;

import aether.store.schema.DatabaseSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes whoever waits for the log to grow: on NOTIFY, once a second in any case (a notification is not durable), and
 * after every reconnect. A wake-up may be false; readers look for themselves.
 */
public final class LogSignal implements AutoCloseable {

    /** A lost notification delays a reader by at most this. */
    public static final Duration FALLBACK_POLL = Duration.ofSeconds(1);

    /** How long one drain of the connection lasts; bounds how late a close is noticed. */
    private static final int DRAIN_MILLIS = 250;

    private static final long RETRY_MILLIS = 500;

    private static final Logger LOG = LoggerFactory.getLogger(LogSignal.class);

    private final DatabaseSettings database;

    private final AtomicLong wakes = new AtomicLong();

    private final AtomicBoolean arrived = new AtomicBoolean();

    private final List<Runnable> callbacks = new CopyOnWriteArrayList<>();

    private final ReentrantLock lock = new ReentrantLock();

    private final Condition woken = lock.newCondition();

    private final Thread listener;

    private final Thread waker;

    private volatile boolean closed;

    private LogSignal(DatabaseSettings database) {
        this.database = database;
        this.listener = Thread.ofPlatform().daemon().name("aether-log-listener").unstarted(this::listen);
        this.waker = Thread.ofPlatform().daemon().name("aether-log-waker").unstarted(this::wakeLoop);
    }

    /** Starts listening, as any role that may connect. The database may be away; readers poll until it is back. */
    public static LogSignal open(DatabaseSettings database) {
        LogSignal signal = new LogSignal(database);
        signal.listener.start();
        signal.waker.start();
        return signal;
    }

    /** A number that grows with every wake-up: read it before looking at the log, and give it to {@link #await}. */
    public long wakes() {
        return wakes.get();
    }

    /**
     * Waits until there was a wake-up since {@code seen}, or the time is over, or this is closed.
     *
     * @return whether there was a wake-up
     */
    public boolean await(long seen, Duration timeout) throws InterruptedException {
        long left = timeout.toNanos();
        lock.lockInterruptibly();
        try {
            while (wakes.get() == seen && !closed) {
                if (left <= 0) {
                    return false;
                }
                left = woken.awaitNanos(left);
            }
            return wakes.get() != seen;
        } finally {
            lock.unlock();
        }
    }

    /** Calls back on every wake-up, on a thread of this signal: the callback must not block. */
    public Subscription onWake(Runnable callback) {
        callbacks.add(callback);
        return () -> callbacks.remove(callback);
    }

    /** Ends a callback. */
    @FunctionalInterface
    public interface Subscription extends AutoCloseable {

        @Override
        void close();
    }

    @Override
    public void close() {
        closed = true;
        arrived.set(true);
        signalArrival();
        try {
            listener.join();
            waker.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Only drains: see {@link WakingSocketFactory}. */
    private void listen() {
        try (WakingSocketFactory.Registration wake = WakingSocketFactory.register(this::bytesArrived)) {
            while (!closed) {
                try (Connection connection = LogConnections.listener(database, wake);
                        Statement statement = connection.createStatement()) {
                    statement.execute("listen " + LogNotifier.CHANNEL);
                    bytesArrived(); // whatever was appended while nobody listened
                    PGConnection notifications = connection.unwrap(PGConnection.class);
                    while (!closed) {
                        notifications.getNotifications(DRAIN_MILLIS);
                    }
                } catch (SQLException e) {
                    LOG.warn("Expected to listen to the log, but {}; looking once a second meanwhile", e.getMessage());
                    Thread.sleep(RETRY_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void bytesArrived() {
        if (arrived.compareAndSet(false, true)) {
            signalArrival();
        }
    }

    private void signalArrival() {
        lock.lock();
        try {
            woken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void wakeLoop() {
        try {
            while (!closed) {
                awaitArrival();
                arrived.set(false);
                wakes.incrementAndGet();
                signalArrival();
                callbacks.forEach(LogSignal::call);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitArrival() throws InterruptedException {
        long left = FALLBACK_POLL.toNanos();
        lock.lockInterruptibly();
        try {
            while (!arrived.get() && left > 0) {
                left = woken.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private static void call(Runnable callback) {
        try {
            callback.run();
        } catch (RuntimeException e) {
            LOG.error("Expected a wake-up callback to return, but it failed", e);
        }
    }
}
