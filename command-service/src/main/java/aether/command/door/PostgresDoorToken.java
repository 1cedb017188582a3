package aether.command.door;

import aether.store.schema.DatabaseSettings;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * The token as a row of the store's token table, and the door as an advisory lock of the session that writes it: a
 * process that loses its session loses both, so that two can never move the token. Used by the door's thread only.
 */
final class PostgresDoorToken implements DoorToken {

    /** Ours alone ("Aeth", 3): the log's own lock is 1, its schema's is 2. */
    private static final String LOCK = "select pg_try_advisory_lock(1097168978, 3)";

    private static final String PROCESSOR = "kafka-door";

    private static final String NEXT =
            "select token from process.tokens where processor_name = '" + PROCESSOR + "' and segment = 0";

    private static final String MOVE =
            "insert into process.tokens (processor_name, segment, token, token_type) values ('" + PROCESSOR
                    + "', 0, ?, 'position') on conflict (processor_name, segment) do update set token = excluded.token";

    private static final String TIMEOUT_SECONDS = "5";

    private final DatabaseSettings database;

    private @Nullable Connection held;

    /** A token in a database, as a role that may write tokens. */
    PostgresDoorToken(DatabaseSettings database) {
        this.database = database;
    }

    @Override
    public boolean take() {
        if (held != null) {
            return true;
        }
        Connection connection = null;
        try {
            connection = connect();
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(LOCK)) {
                if (row.next() && row.getBoolean(1)) {
                    held = connection;
                    return true;
                }
            }
            connection.close();
            return false;
        } catch (SQLException e) {
            quietly(connection);
            throw new DoorException("Expected to take the door, but the database did not let us: " + e.getMessage(), e);
        }
    }

    @Override
    public long next() {
        try (PreparedStatement select = holding().prepareStatement(NEXT);
                ResultSet row = select.executeQuery()) {
            return row.next() ? Long.parseLong(new String(row.getBytes(1), StandardCharsets.US_ASCII)) : 0;
        } catch (SQLException e) {
            throw lost("read", e);
        }
    }

    @Override
    public void move(long next) {
        try (PreparedStatement upsert = holding().prepareStatement(MOVE)) {
            upsert.setBytes(1, Long.toString(next).getBytes(StandardCharsets.US_ASCII));
            upsert.executeUpdate();
        } catch (SQLException e) {
            throw lost("move", e);
        }
    }

    @Override
    public void close() {
        quietly(held);
        held = null;
    }

    private Connection holding() {
        if (held == null) {
            throw new DoorException("Expected to hold the door, but it was given back or lost", null);
        }
        return held;
    }

    private DoorException lost(String what, SQLException e) {
        close();
        return new DoorException("Expected to " + what + " the door's token, but " + e.getMessage(), e);
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", database.user());
        properties.setProperty("password", database.password());
        properties.setProperty("ApplicationName", "aether-door");
        properties.setProperty("connectTimeout", TIMEOUT_SECONDS);
        properties.setProperty("socketTimeout", TIMEOUT_SECONDS);
        properties.setProperty("tcpKeepAlive", "true");
        Connection connection = new Driver().connect(database.url(), properties);
        if (connection == null) {
            throw new SQLException("Expected a PostgreSQL URL, but the driver refused " + database.url());
        }
        return connection;
    }

    private static void quietly(@Nullable Connection connection) {
        if (connection == null) {
            return;
        }
        try {
            connection.close();
        } catch (SQLException e) {
            // It is gone already, and the lock with it.
        }
    }
}
