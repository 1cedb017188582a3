package aether.store.restore;

import aether.format.StoredEvent;
import aether.store.schema.DatabaseSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Fills an empty log, in one transaction: until {@link #commit} nobody sees a row, and a process that dies before
 * leaves the database empty. The log's own lock is held meanwhile, so nobody appends. One thread uses it.
 */
public final class LogRestoration implements AutoCloseable {

    /** Whatever of these has rows belongs to a log that lives. */
    private static final List<String> TABLES = List.of(
            "log.events",
            "process.tokens",
            "process.sagas",
            "process.saga_associations",
            "process.scheduled_tasks",
            "process.leases");

    /** The lock under which the log is appended to, until the end of the transaction. */
    private static final String LOG_LOCK = "select pg_advisory_xact_lock(1097168978, 1)";

    /** No reader may see the moment between nothing and everything as something else. */
    private static final String TABLE_LOCK = "lock table log.events in access exclusive mode";

    private static final String LOCK_WAIT = "set local lock_timeout = '5s'";

    private static final String LEASE =
            "insert into process.leases (tenant, holder, epoch, expires_at) values (?, 'restored', ?, 'epoch')";

    /** So many rows are read back at a time. */
    private static final int FETCH = 1_000;

    private final Connection connection;
    private final RowCopy copy;
    private long next;
    private @Nullable UUID lastCommand;
    private boolean ended;

    private LogRestoration(Connection connection) throws SQLException {
        this.connection = connection;
        this.copy = RowCopy.into(connection);
    }

    /**
     * Begins.
     *
     * @param owner the owner of the tables, or another role that may insert into them; the schema is there
     * @throws LogNotEmptyException when there is a log already
     */
    public static LogRestoration begin(DatabaseSettings owner) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", owner.user());
        properties.setProperty("password", owner.password());
        properties.setProperty("ApplicationName", "aether-log-restoration");
        properties.setProperty("prepareThreshold", "-1"); // bytes come as bytes from the first row on
        Connection connection = DriverManager.getConnection(owner.url(), properties);
        boolean begun = false;
        try {
            connection.setAutoCommit(false);
            requireEmpty(connection);
            LogRestoration restoration = new LogRestoration(connection);
            begun = true;
            return restoration;
        } finally {
            if (!begun) {
                connection.close();
            }
        }
    }

    private static void requireEmpty(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(LOCK_WAIT);
            statement.execute(LOG_LOCK);
            statement.execute(TABLE_LOCK);
            for (String table : TABLES) {
                try (ResultSet row = statement.executeQuery("select exists (select from " + table + ")")) {
                    row.next();
                    if (row.getBoolean(1)) {
                        throw new LogNotEmptyException(table);
                    }
                }
            }
        }
    }

    /**
     * Adds the next row.
     *
     * @param command the command that the row's metadata names. The log keeps a command's id on its first event only;
     *     that is the one before which no event of the same command lies, because a command's events follow each other
     * @throws IllegalArgumentException when it is not the next position
     */
    public void add(StoredEvent row, @Nullable UUID command) throws SQLException {
        if (row.position() != next) {
            throw new IllegalArgumentException("Expected position " + next + " next, but got " + row.position() + ".");
        }
        copy.add(row, command == null || command.equals(lastCommand) ? null : command);
        lastCommand = command;
        next++;
    }

    /**
     * Sets the epochs from which leases count on: a worker's reports are only taken when no later epoch was seen.
     *
     * @param epochs the highest epoch of each tenant in the log
     */
    public void leases(Map<String, Long> epochs) throws SQLException {
        end();
        try (PreparedStatement insert = connection.prepareStatement(LEASE)) {
            for (Map.Entry<String, Long> epoch : epochs.entrySet()) {
                insert.setString(1, epoch.getKey());
                insert.setLong(2, epoch.getValue());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Reads every row back as the database holds it, in order. */
    public void readBack(RowVisitor visitor) throws SQLException {
        end();
        try (PreparedStatement select = connection.prepareStatement(
                "select position, stream, sequence, event_id, type, revision, envelope_version, recorded_micros,"
                        + " payload, metadata from log.events order by position")) {
            select.setFetchSize(FETCH);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    visitor.visit(new StoredEvent(
                            row.getLong(1),
                            row.getString(2),
                            row.getLong(3),
                            row.getObject(4, UUID.class),
                            row.getString(5),
                            row.getInt(6),
                            row.getInt(7),
                            row.getLong(8),
                            row.getBytes(9),
                            row.getBytes(10)));
                }
            }
        }
    }

    /** Makes it the log. */
    public void commit() throws SQLException {
        end();
        connection.commit();
    }

    /** Leaves the database as it was, unless it was committed. */
    @Override
    public void close() throws SQLException {
        connection.close(); // rolls back what is not committed
    }

    private void end() throws SQLException {
        if (!ended) {
            ended = true;
            long stored = copy.end();
            if (stored != next) {
                throw new SQLException("Expected " + next + " rows to be stored, but " + stored + " were");
            }
        }
    }

    /** What is done with each row. */
    @FunctionalInterface
    public interface RowVisitor {
        /** Takes it. */
        void visit(StoredEvent row) throws SQLException;
    }
}
