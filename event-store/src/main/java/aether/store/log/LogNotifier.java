package aether.store.log;

import aether.store.schema.DatabaseSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells readers in other processes that the log grew, on a connection of its own, at most once per gap: NOTIFY within
 * the append would take a server-wide lock in every commit. Losing one is harmless, readers look once a second anyway.
 */
final class LogNotifier {

    /** The channel readers listen on. */
    static final String CHANNEL = "aether_log";

    /** A database that is away is asked again after this; readers poll meanwhile. */
    private static final long RETRY_MILLIS = 500;

    private static final Logger LOG = LoggerFactory.getLogger(LogNotifier.class);

    private final DatabaseSettings database;

    private final Duration gap;

    private final Semaphore grown = new Semaphore(0);

    private final Thread thread;

    private volatile boolean closed;

    private @Nullable Connection connection;

    LogNotifier(DatabaseSettings database, Duration gap) {
        this.database = database;
        this.gap = gap;
        this.thread = Thread.ofPlatform().daemon().name("aether-log-notifier").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Called after a commit; returns at once. */
    void grown() {
        if (grown.availablePermits() == 0) {
            grown.release();
        }
    }

    void stop() throws InterruptedException {
        closed = true;
        grown.release();
        thread.join();
    }

    private void run() {
        try {
            while (!closed) {
                grown.acquire();
                grown.drainPermits();
                if (!send()) {
                    Thread.sleep(RETRY_MILLIS);
                }
                Thread.sleep(gap);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            disconnect();
        }
    }

    private boolean send() {
        try {
            Connection current = connection;
            if (current == null) {
                current = LogConnections.notifier(database);
                connection = current;
            }
            try (Statement statement = current.createStatement()) {
                statement.execute("notify " + CHANNEL);
            }
            return true;
        } catch (SQLException e) {
            LOG.debug("Expected to wake the log's readers, but {}; they poll", e.getMessage());
            disconnect();
            return false;
        }
    }

    private void disconnect() {
        Connection current = connection;
        connection = null;
        if (current != null) {
            try {
                current.close();
            } catch (SQLException e) {
                LOG.debug("Expected to close the notifier's connection, but {}", e.getMessage());
            }
        }
    }
}
