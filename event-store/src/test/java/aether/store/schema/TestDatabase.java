package aether.store.schema;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A fresh, migrated database for one test, on one real PostgreSQL for all tests of this JVM. */
public final class TestDatabase {

    public static final RolePasswords PASSWORDS = new RolePasswords("append-secret", "read-secret", "saga-secret");

    private static final AtomicInteger NUMBERS = new AtomicInteger();

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

    /** A new database with nothing in it. */
    public static TestDatabase createEmpty() throws SQLException {
        String name = "t" + NUMBERS.incrementAndGet();
        DatabaseSettings server = settings(Server.POSTGRES.getPort(), "postgres");
        new TestDatabase(server).execute("create database " + name);
        return new TestDatabase(settings(Server.POSTGRES.getPort(), name));
    }

    /** A database on a server of the test's own. */
    public static TestDatabase on(EmbeddedPostgres postgres) {
        return new TestDatabase(settings(postgres.getPort(), "postgres"));
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

    private static DatabaseSettings settings(int port, String name) {
        return new DatabaseSettings("jdbc:postgresql://localhost:" + port + "/" + name, "postgres", "");
    }

    private static final class Server {

        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("max_connections", "200")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
