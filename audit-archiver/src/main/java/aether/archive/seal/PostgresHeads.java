package aether.archive.seal;

import aether.archive.log.MerkleTree;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The head in PostgreSQL, for several archivers of one log. The row has an epoch, which grows with every take-over and
 * stands in the condition of every change, and a beat, which grows with every sign of life of the holder. Who stands by
 * watches the beat with a clock of its own: no two clocks are ever compared.
 */
public final class PostgresHeads implements Heads {

    /** One statement at a time may create what is missing. */
    private static final long CREATION_LOCK = 0x6165_7468_6572_6865L;

    private static final String CREATE = """
            create schema if not exists archive;
            create table if not exists archive.head (
                log         text primary key,
                epoch       bigint not null,
                beat        bigint not null,
                held        boolean not null,
                holder      text not null,
                size        bigint not null,
                root        text not null,
                sealed_size bigint not null check (sealed_size <= size),
                seal_hash   text not null
            );
            """;

    private final HeadDatabase database;
    private final String log;
    private final LongSupplier nanoTime;
    private @Nullable Seen seen; // null before the first look at another holder

    /** The row as it was when it last changed. */
    private record Seen(long epoch, long beat, long since) {}

    private record Row(long epoch, long beat, boolean held, String holder) {}

    /**
     * The head of one log.
     *
     * @param log the log's origin
     * @param nanoTime a clock that only goes forward
     */
    public PostgresHeads(HeadDatabase database, String log, LongSupplier nanoTime) {
        this.database = database;
        this.log = log;
        this.nanoTime = nanoTime;
    }

    @Override
    public HeadStore open() throws IOException {
        Connection connection = null;
        boolean taken = false;
        try {
            connection = DriverManager.getConnection(database.url(), database.login());
            create(connection);
            Row row = read(connection);
            requireFree(row);
            long asked = nanoTime.getAsLong();
            if (!take(connection, row)) {
                throw new HeldByAnother("Expected to take over the log " + log + ", but another archiver was faster.");
            }
            seen = null;
            taken = true;
            return new PostgresHeadStore(connection, database, log, row.epoch() + 1, nanoTime, asked);
        } catch (SQLException e) {
            throw new IOException(
                    "Expected the head of " + log + " in " + database.url() + ", but " + e.getMessage(), e);
        } finally {
            if (!taken) {
                close(connection);
            }
        }
    }

    private void requireFree(Row row) throws HeldByAnother {
        long now = nanoTime.getAsLong();
        if (!row.held()) {
            return;
        }
        Seen before = seen;
        if (before == null || before.epoch() != row.epoch() || before.beat() != row.beat()) {
            before = new Seen(row.epoch(), row.beat(), now);
            seen = before;
        }
        if (now - before.since() < database.lease().toNanos()) {
            throw new HeldByAnother("Standing by: " + row.holder() + " seals " + log + ".");
        }
    }

    private boolean take(Connection connection, Row row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "update archive.head set epoch = epoch + 1, beat = beat + 1, held = true, holder = ?"
                        + " where log = ? and epoch = ? and beat = ?")) {
            statement.setString(1, database.instance());
            statement.setString(2, log);
            statement.setLong(3, row.epoch());
            statement.setLong(4, row.beat());
            return statement.executeUpdate() == 1;
        }
    }

    private Row read(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "insert into archive.head values (?, 0, 0, false, '', 0, ?, 0, ?) on conflict do nothing")) {
            statement.setString(1, log);
            statement.setString(2, MerkleTree.emptyRoot().base64());
            statement.setString(3, Head.NO_SEAL.base64());
            statement.executeUpdate();
        }
        try (PreparedStatement statement =
                connection.prepareStatement("select epoch, beat, held, holder from archive.head where log = ?")) {
            statement.setString(1, log);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Row(row.getLong(1), row.getLong(2), row.getBoolean(3), row.getString(4));
            }
        }
    }

    private static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet there = statement.executeQuery("select to_regclass('archive.head') is not null")) {
                there.next();
                if (there.getBoolean(1)) {
                    return;
                }
            }
            connection.setAutoCommit(false);
            statement.execute("select pg_advisory_xact_lock(" + CREATION_LOCK + ")");
            statement.execute(CREATE);
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    private static void close(@Nullable Connection connection) throws IOException {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            throw new IOException("Expected to close a connection, but " + e.getMessage(), e);
        }
    }
}
