package aether.store.log;

import aether.format.StoredEvent;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads streams for many callers in one round trip: what is asked for while a read is under way shares the next one, as
 * appends share a commit. Commands on new aggregates look for an empty stream each, so this is half of their cost.
 */
final class StreamLoads implements AutoCloseable {

    /** Beyond this callers wait longer than a read of their own would take. */
    private static final int QUEUE_CAPACITY = 10_000;

    /** Times the page of a stream, this bounds what one answer can hold. */
    private static final int MAX_BATCH = 64;

    private static final long IDLE_MILLIS = 100;

    private static final String SELECT = "select wanted.ordinal, e.position, e.stream, e.sequence, e.event_id, e.type,"
            + " e.revision, e.envelope_version, e.recorded_micros, e.payload, e.metadata"
            + " from unnest(?, ?) with ordinality as wanted (stream, sequence, ordinal)"
            + " cross join lateral (select * from log.events s"
            + " where s.stream = wanted.stream and s.sequence >= wanted.sequence order by s.sequence limit ?) e";

    private final HikariDataSource pool;

    private final Duration answerWait;

    private final BlockingQueue<Load> queue = new ArrayBlockingQueue<>(QUEUE_CAPACITY);

    private final Thread thread;

    private volatile boolean closed;

    StreamLoads(HikariDataSource pool, Duration answerWait) {
        this.pool = pool;
        this.answerWait = answerWait;
        this.thread = Thread.ofPlatform().daemon().name("aether-log-loader").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** What a caller waits for. */
    private record Load(String stream, long fromSequence, CompletableFuture<List<StoredEvent>> events) {}

    List<StoredEvent> read(String stream, long fromSequence) {
        Load load = new Load(stream, fromSequence, new CompletableFuture<>());
        if (closed || !queue.offer(load)) {
            throw unavailable(stream, closed ? "the reader is closed" : QUEUE_CAPACITY + " reads are waiting", null);
        }
        try {
            return load.events.get(answerWait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw unavailable(stream, "it failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw unavailable(stream, "no answer came within " + answerWait, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(stream, "the caller was interrupted", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        List<Load> batch = new ArrayList<>(MAX_BATCH);
        try {
            while (!closed || !queue.isEmpty()) {
                Load first = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, MAX_BATCH - 1);
                    answer(batch);
                    batch.clear();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(List<Load> batch) {
        try {
            List<List<StoredEvent>> events = selectPastStaleConnections(batch);
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).events.complete(events.get(i));
            }
        } catch (SQLException | RuntimeException e) {
            batch.forEach(load -> load.events.completeExceptionally(e));
        }
    }

    /** A server that restarts leaves connections in the pool that fail at their next use: each of them once. */
    private List<List<StoredEvent>> selectPastStaleConnections(List<Load> batch) throws SQLException {
        for (int stale = 0; ; stale++) {
            try {
                return select(batch);
            } catch (SQLTransientConnectionException e) {
                throw e; // no connection within the pool's wait: the database is away
            } catch (SQLException e) {
                if (Failure.of(e) != Failure.LOST || stale == pool.getMaximumPoolSize()) {
                    throw e;
                }
            }
        }
    }

    private List<List<StoredEvent>> select(List<Load> batch) throws SQLException {
        List<List<StoredEvent>> events = new ArrayList<>(batch.size());
        String[] streams = new String[batch.size()];
        Long[] sequences = new Long[batch.size()];
        for (int i = 0; i < streams.length; i++) {
            events.add(new ArrayList<>());
            streams[i] = batch.get(i).stream;
            sequences[i] = batch.get(i).fromSequence;
        }
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(SELECT)) {
            Array names = connection.createArrayOf("text", streams);
            Array from = connection.createArrayOf("int8", sequences);
            statement.setArray(1, names);
            statement.setArray(2, from);
            statement.setInt(3, LogReader.PAGE);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    events.get(row.getInt(1) - 1).add(Rows.event(row, 1));
                }
            }
        }
        return events;
    }

    private static LogUnavailable unavailable(String stream, String reason, @Nullable Throwable cause) {
        return new LogUnavailable("Expected to read stream " + stream + ", but " + reason, cause);
    }
}
