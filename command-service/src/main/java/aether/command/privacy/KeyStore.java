package aether.command.privacy;

import aether.store.log.LogUnavailable;
import aether.store.schema.DatabaseSettings;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The way to the key store. One that does not answer is as a log that does not: nothing was done. The lock keeps
 * everybody who makes keys away from whoever ends a generation of the master key.
 */
final class KeyStore implements AutoCloseable {

    /** Keys are remembered, so this is for the first moments of many subjects at once. */
    private static final int CONNECTIONS = 4;

    private static final long CONNECTION_WAIT_MS = 3_000;

    /** Longer than it takes to wrap a hundred thousand keys anew while others wait for the lock. */
    private static final String SOCKET_TIMEOUT_SECONDS = "30";

    /** Ours alone ("Aeth", 5). */
    private static final String KEY = "(1097168978, 5)";

    private final HikariDataSource connections;

    private KeyStore(HikariDataSource connections) {
        this.connections = connections;
    }

    /** Opens the store as command-service's role; the first use connects. */
    static KeyStore open(DatabaseSettings database) {
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
        config.addDataSourceProperty("socketTimeout", SOCKET_TIMEOUT_SECONDS);
        return new KeyStore(new HikariDataSource(config));
    }

    /** Work on one connection. */
    interface Work<T> {
        /** Does it. */
        T on(Connection connection) throws SQLException;
    }

    /** Work that needs no lock. */
    <T> T with(String what, Work<T> work) {
        try (Connection connection = connections.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw away(what, e);
        }
    }

    /** Work in one transaction during which no generation ends. */
    <T> T whileGenerationsStay(String what, Work<T> work) {
        return with(
                what,
                connection -> transaction(connection, () -> {
                    execute(connection, "select pg_advisory_xact_lock_shared" + KEY);
                    return work.on(connection);
                }));
    }

    /** Work during which nobody else makes keys; what it does in between it commits by itself. */
    <T> T alone(String what, Work<T> work) {
        return with(what, connection -> {
            execute(connection, "select pg_advisory_lock" + KEY);
            try {
                return work.on(connection);
            } finally {
                execute(connection, "select pg_advisory_unlock" + KEY);
            }
        });
    }

    /** Something that may fail. */
    interface Step<T> {
        /** Does it. */
        T run() throws SQLException;
    }

    static <T> T transaction(Connection connection, Step<T> step) throws SQLException {
        connection.setAutoCommit(false);
        boolean done = false;
        try {
            T result = step.run();
            connection.commit();
            done = true;
            return result;
        } finally {
            if (!done) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        }
    }

    @Override
    public void close() {
        connections.close();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static LogUnavailable away(String what, SQLException e) {
        return new LogUnavailable("Expected to " + what + ", but " + e.getMessage(), e);
    }
}
