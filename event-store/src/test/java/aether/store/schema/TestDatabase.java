package aether.store.schema;

import aether.embedded.postgres.LocalPostgres;
import aether.embedded.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A fresh, migrated database for one test, on one real PostgreSQL for all tests of this JVM. */
public final class TestDatabase {

    public static final RolePasswords PASSWORDS = new RolePasswords("append-secret", "read-secret", "saga-secret");

    private final DatabaseSettings owner;

    TestDatabase(DatabaseSettings owner) {
        this.owner = owner;
    }

    /** A new database with the schema in it. */
    public static TestDatabase create() throws SQLException {
        TestDatabase database = createEmpty();
        LogSchema.migrate(database.owner, PASSWORDS);
        return database;
    }

    /** The one database that tests share which leave nothing but rows; emptied for the caller. */
    public static TestDatabase cleared() throws SQLException {
        Shared.DATABASE.execute("truncate log.events, process.tokens, process.sagas, process.saga_associations,"
                + " process.scheduled_tasks, process.leases");
        return Shared.DATABASE;
    }

    /** A new database with nothing in it. */
    public static TestDatabase createEmpty() {
        TestPostgres.Database database = TestPostgres.createDatabase();
        return new TestDatabase(new DatabaseSettings(
                database.jdbcUrl(), database.owner().user(), database.owner().password()));
    }

    /** A database on a server of the test's own. */
    public static TestDatabase on(LocalPostgres postgres) {
        return new TestDatabase(new DatabaseSettings(
                postgres.jdbcUrl("postgres"),
                postgres.owner().user(),
                postgres.owner().password()));
    }

    public DatabaseSettings owner() {
        return owner;
    }

    public DatabaseSettings appender() {
        return owner.as(LogSchema.APPENDER, PASSWORDS.appender());
    }

    public DatabaseSettings reader() {
        return owner.as(LogSchema.READER, PASSWORDS.reader());
    }

    public DatabaseSettings saga() {
        return owner.as(LogSchema.SAGA, PASSWORDS.saga());
    }

    public Connection connect(DatabaseSettings as) throws SQLException {
        return DriverManager.getConnection(as.url(), as.user(), as.password());
    }

    public void execute(String sql) throws SQLException {
        execute(owner, sql);
    }

    public void execute(DatabaseSettings as, String sql) throws SQLException {
        try (Connection connection = connect(as);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of the first row. */
    public long number(String sql, Object... parameters) throws SQLException {
        try (Connection connection = connect(owner);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** How the query would run if scans of whole tables were out of the question. */
    public String plan(String query) throws SQLException {
        try (Connection connection = connect(owner);
                Statement statement = connection.createStatement()) {
            statement.execute("set enable_seqscan = off");
            StringBuilder plan = new StringBuilder();
            try (ResultSet lines = statement.executeQuery("explain " + query)) {
                while (lines.next()) {
                    plan.append(lines.getString(1)).append('\n');
                }
            }
            return plan.toString();
        }
    }

    private static final class Shared {

        static final TestDatabase DATABASE = migrated();

        private static TestDatabase migrated() {
            try {
                return create();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
