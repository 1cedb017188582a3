package aether.store.log;

import aether.format.StoredEvent;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Reads the log in order and by stream. A reader's whole state is one {@code long}: the next position it wants.
 *
 * <p>Every read that cannot reach the database throws {@link LogUnavailable}; reading again is always safe.
 */
public final class LogReader implements AutoCloseable {

    /** Measured: larger pages gain nothing, smaller ones lose. */
    public static final int PAGE = 5_000;

    private static final String ROW = "select " + Rows.COLUMNS + " from log.events ";

    private static final String PAGE_FROM = ROW + "where position >= ? order by position limit ?";

    private final HikariDataSource pool;

    private final StreamLoads loads;

    private final LogSignal signal;

    private LogReader(HikariDataSource pool, StreamLoads loads, LogSignal signal) {
        this.pool = pool;
        this.loads = loads;
        this.signal = signal;
    }

    /**
     * Opens a reader. The database may be away; it is looked for at the first read.
     *
     * @param signal tells when to look again; the caller closes it
     */
    public static LogReader open(ReaderSettings settings, LogSignal signal) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("aether-log-reader");
        config.setJdbcUrl(settings.database().url());
        config.setDataSourceProperties(LogConnections.reader(settings.database()));
        config.setMaximumPoolSize(settings.connections());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(settings.connectionWait().toMillis());
        config.setInitializationFailTimeout(-1); // a database that starts later than we do is no error
        HikariDataSource pool = new HikariDataSource(config);
        StreamLoads loads = new StreamLoads(pool, settings.connectionWait().plus(settings.connectionWait()));
        loads.start();
        return new LogReader(pool, loads, signal);
    }

    /**
     * Events from a position on, in order; empty when the log ends before it.
     *
     * @param from the first position wanted, from 0
     * @param limit how many at most
     * @throws LogGapException when a position is missing
     */
    public List<StoredEvent> read(long from, int limit) {
        return query("read positions from " + from, PAGE_FROM, statement -> {
            statement.setLong(1, from);
            statement.setInt(2, limit);
            List<StoredEvent> events = rows(statement, limit);
            long expected = from;
            for (StoredEvent event : events) {
                if (event.position() != expected) {
                    throw new LogGapException(expected, event.position());
                }
                expected++;
            }
            return events;
        });
    }

    /** The position of the newest event, -1 when there is none. */
    public long head() {
        return query("read the head", "select coalesce(max(position), -1) from log.events", LogReader::number);
    }

    /**
     * How far the log reaches and how much is in it, at one moment. Counts, so it takes time in proportion to the log.
     *
     * @param head the position of the newest event, -1 when there is none
     * @param count how many events there are
     */
    public record Extent(long head, long count) {}

    /** How far the log reaches and how much is in it. */
    public Extent extent() {
        return query("count the log", "select coalesce(max(position), -1), count(*) from log.events", statement -> {
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Extent(row.getLong(1), row.getLong(2));
            }
        });
    }

    /**
     * The events of a stream from a sequence on, in order, in one round trip that concurrent callers share.
     *
     * @return at most {@link #PAGE} events: a full page means that there may be more
     */
    public List<StoredEvent> readStream(String stream, long fromSequence) {
        return loads.read(stream, fromSequence);
    }

    /** The sequence of a stream's last event, empty when the stream has none. */
    public OptionalLong lastSequence(String stream) {
        return query(
                "read the end of stream " + stream, "select max(sequence) from log.events where stream = ?", st -> {
                    st.setString(1, stream);
                    try (ResultSet row = st.executeQuery()) {
                        row.next();
                        long last = row.getLong(1);
                        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(last);
                    }
                });
    }

    /** The first event of the command with this id: whether, and where, the command was stored. */
    public Optional<StoredEvent> findCommand(UUID commandId) {
        return query("look for command " + commandId, ROW + "where command_id = ?", statement -> {
            statement.setObject(1, commandId);
            return rows(statement, 1).stream().findFirst();
        });
    }

    /**
     * The first position recorded at or after a time, the position after the head when all is older. Times never run
     * backwards along positions and positions are dense, so this halves the log instead of scanning it.
     */
    public long positionAt(long micros) {
        long low = 0;
        long high = head() + 1;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (recordedAt(middle) < micros) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * Waits until the log holds an event after a position.
     *
     * @return whether it does; false when the time is over
     */
    public boolean awaitAfter(long position, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            long seen = signal.wakes();
            if (head() > position) {
                return true;
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            if (!signal.await(seen, Duration.ofNanos(left))) {
                return head() > position;
            }
        }
    }

    @Override
    public void close() {
        loads.close();
        pool.close();
    }

    private long recordedAt(long position) {
        return query(
                "read the time of position " + position,
                "select recorded_micros from log.events where position = ?",
                statement -> {
                    statement.setLong(1, position);
                    return number(statement);
                });
    }

    private static long number(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("Expected a row, but the log has none");
            }
            return row.getLong(1);
        }
    }

    private static List<StoredEvent> rows(PreparedStatement statement, int expected) throws SQLException {
        List<StoredEvent> events = new ArrayList<>(Math.min(expected, PAGE));
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                events.add(Rows.event(row, 0));
            }
        }
        return events;
    }

    /** A server that restarts leaves connections in the pool that fail at their next use: each of them once. */
    private <T> T query(String what, String sql, Read<T> read) {
        for (int stale = 0; ; stale++) {
            try (Connection connection = pool.getConnection();
                    PreparedStatement statement = connection.prepareStatement(sql)) {
                return read.from(statement);
            } catch (SQLTransientConnectionException e) {
                throw new LogUnavailable("Expected to " + what + ", but there was no connection: " + e.getMessage(), e);
            } catch (SQLException e) {
                if (Failure.of(e) != Failure.LOST || stale == pool.getMaximumPoolSize()) {
                    throw new LogUnavailable("Expected to " + what + ", but " + e.getMessage(), e);
                }
            }
        }
    }

    @FunctionalInterface
    private interface Read<T> {
        T from(PreparedStatement statement) throws SQLException;
    }
}
