package aether.store.schema;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a database to the schema this version of the code wants, and its roles with it.
 *
 * <p>Running it again changes nothing but the passwords; processes that start together wait for each other.
 */
public final class LogSchema {

    /** May append to the log and read it: command-service, and nobody else (law 1). */
    public static final String APPENDER = "aether_appender";

    /** May read the log. */
    public static final String READER = "aether_reader";

    /** Owns what sagas, tokens, deadlines and leases write, and may read the log. */
    public static final String SAGA = "aether_saga";

    private static final Logger LOG = LoggerFactory.getLogger(LogSchema.class);

    /** Ours alone: advisory keys are shared by everything in the database ("Aeth", 2; the log's own lock is 1). */
    private static final String LOCK = "select pg_advisory_lock(1097168978, 2)";

    /** Roles are shared by all databases of a server while the lock is not, so two databases may collide on them. */
    private static final int ROLE_ATTEMPTS = 10;

    private static final long ROLE_PAUSE_MS = 50;

    /** duplicate_object, unique_violation, and internal_error ("tuple concurrently updated"). */
    private static final Set<String> ROLE_COLLISIONS = Set.of("42710", "23505", "XX000");

    private LogSchema() {}

    /**
     * Creates or upgrades schemas {@code log} and {@code process} and the three roles.
     *
     * @param owner the role that will own the tables; it may create roles, or the roles exist
     * @throws SQLException when the database cannot be reached or refuses
     */
    public static void migrate(DatabaseSettings owner, RolePasswords passwords) throws SQLException {
        try (Connection connection = DriverManager.getConnection(owner.url(), owner.user(), owner.password());
                Statement statement = connection.createStatement()) {
            statement.execute(LOCK); // ends with this connection
            createRole(connection, APPENDER, passwords.appender());
            createRole(connection, READER, passwords.reader());
            createRole(connection, SAGA, passwords.saga());
            var result = Flyway.configure(LogSchema.class.getClassLoader())
                    .dataSource(owner.url(), owner.user(), owner.password())
                    .locations("classpath:aether/store/schema")
                    .schemas("log", "process")
                    .defaultSchema("log")
                    .table("schema_history")
                    .createSchemas(true)
                    .placeholderReplacement(false)
                    .load()
                    .migrate();
            LOG.info(
                    "Event log schema is at version {}, {} migrations ran now",
                    result.targetSchemaVersion,
                    result.migrationsExecuted);
        }
    }

    private static void createRole(Connection connection, String role, String password) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                if (!exists(connection, role)) {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("create role " + role + " login");
                    }
                }
                // Hashed on our side, so that the password is in no statement and in no server log.
                connection.unwrap(PGConnection.class).alterUserPassword(role, password.toCharArray(), "scram-sha-256");
                return;
            } catch (SQLException e) {
                if (attempt == ROLE_ATTEMPTS || !ROLE_COLLISIONS.contains(String.valueOf(e.getSQLState()))) {
                    throw e;
                }
                pause();
            }
        }
    }

    private static boolean exists(Connection connection, String role) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select 1 from pg_roles where rolname = ?")) {
            select.setString(1, role);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void pause() throws SQLException {
        try {
            Thread.sleep(ROLE_PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("Expected to create roles, but was interrupted", e);
        }
    }

    /** The roles, for tests that walk them. */
    static List<String> roles() {
        return List.of(APPENDER, READER, SAGA);
    }
}
