package aether.command.privacy;

import aether.store.log.LogUnavailable;
import aether.store.schema.DatabaseSettings;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** The rows of the key store. A store that does not answer is as a log that does not: nothing was done. */
public final class KeyTable implements AutoCloseable {

    /** Keys are remembered, so this is for the first moments of many subjects at once. */
    private static final int CONNECTIONS = 4;

    private static final long CONNECTION_WAIT_MS = 3_000;

    private static final String SELECT =
            "select subject, number, generation, lookup, pseudonym, wrapped, principal from privacy.subject_keys where ";

    private static final String INSERT = """
            insert into privacy.subject_keys
                (subject, number, generation, lookup, pseudonym, wrapped, principal, created_at, used_at)
            values (?, ?, ?, ?, ?, ?, ?, clock_timestamp(), clock_timestamp())
            on conflict do nothing""";

    private final HikariDataSource connections;

    private KeyTable(HikariDataSource connections) {
        this.connections = connections;
    }

    /** One subject's key, wrapped. */
    @SuppressWarnings("ArrayRecordComponent") // a row's bytes; never compared by equals
    record Row(
            UUID subject,
            int number,
            int generation,
            byte[] lookup,
            String pseudonym,
            byte[] wrapped,
            byte[] principal) {}

    /** Opens the table as command-service's role; the first use connects. */
    public static KeyTable open(DatabaseSettings database) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.url());
        config.setUsername(database.user());
        config.setPassword(database.password());
        config.setPoolName("aether-subject-keys");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(CONNECTION_WAIT_MS);
        config.setInitializationFailTimeout(-1);
        config.addDataSourceProperty("ApplicationName", "aether-subject-keys");
        config.addDataSourceProperty("socketTimeout", "5");
        return new KeyTable(new HikariDataSource(config));
    }

    Optional<Row> byLookup(byte[] lookup) {
        return one("lookup = ?", lookup);
    }

    Optional<Row> byPseudonym(String pseudonym) {
        return one("pseudonym = ?", pseudonym);
    }

    Optional<Row> bySubject(UUID subject) {
        return one("subject = ?", subject);
    }

    /** Whether there is any key at all. */
    public boolean isEmpty() {
        return one("true limit 1").isEmpty();
    }

    /** Adds a row, unless the name has one. */
    void insert(Row row) {
        with("keep a subject's key", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                insert.setObject(1, row.subject());
                insert.setInt(2, row.number());
                insert.setInt(3, row.generation());
                insert.setBytes(4, row.lookup());
                insert.setString(5, row.pseudonym());
                insert.setBytes(6, row.wrapped());
                insert.setBytes(7, row.principal());
                return insert.executeUpdate();
            }
        });
    }

    @Override
    public void close() {
        connections.close();
    }

    private Optional<Row> one(String where, Object... values) {
        return with("find a subject's key", connection -> {
            try (PreparedStatement select = connection.prepareStatement(SELECT + where)) {
                for (int index = 0; index < values.length; index++) {
                    select.setObject(index + 1, values[index]);
                }
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(read(row)) : Optional.empty();
                }
            }
        });
    }

    private static Row read(ResultSet row) throws SQLException {
        return new Row(
                row.getObject(1, UUID.class),
                row.getInt(2),
                row.getInt(3),
                row.getBytes(4),
                row.getString(5),
                row.getBytes(6),
                row.getBytes(7));
    }

    /** Work on one connection. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    <T> T with(String what, Work<T> work) {
        try (Connection connection = connections.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new LogUnavailable("Expected to " + what + ", but " + e.getMessage(), e);
        }
    }
}
