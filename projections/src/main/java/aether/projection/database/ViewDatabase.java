package aether.projection.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The database of the views. Every transaction first takes a shared lock on the guard, a table outside the schema; a
 * rebuild takes it alone while it renames schemas, so that no transaction sees half of the old and half of the new.
 */
public final class ViewDatabase implements ViewStore, AutoCloseable {

    /** Queries are short and one writer writes: more connections would only queue inside PostgreSQL. */
    private static final int CONNECTIONS = 10;

    /** How long a request may wait for a connection before it is told that the views are away. */
    private static final Duration CONNECTION_WAIT = Duration.ofSeconds(3);

    /** A server that has gone silent is given up after this; no query of ours takes nearly as long. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final DatabaseSettings settings;
    private final String guard;
    private final HikariDataSource pool;

    public ViewDatabase(DatabaseSettings settings) {
        this(settings, controlSchema(settings) + ".guard");
    }

    private ViewDatabase(DatabaseSettings settings, String guard) {
        this.settings = settings;
        this.guard = guard;
        this.pool = pool(settings);
    }

    /** Creates the guard and brings the live schema to the newest version; a repeat changes nothing. */
    public void migrate() throws SQLException {
        try (Connection connection = direct();
                Statement statement = connection.createStatement()) {
            statement.execute("create schema if not exists " + controlSchema(settings));
            statement.execute("create table if not exists " + guard + " ()");
        }
        migrate(settings.schema());
    }

    @Override
    public <T> T write(SqlWork<T> work) throws SQLException {
        return transaction(Connection.TRANSACTION_READ_COMMITTED, false, work);
    }

    @Override
    public <T> T read(SqlWork<T> work) throws SQLException {
        return transaction(Connection.TRANSACTION_REPEATABLE_READ, true, work);
    }

    @Override
    public void close() {
        pool.close();
    }

    /** The same database with another schema, made from zero, under the same guard. */
    public ViewDatabase beside(String schema) throws SQLException {
        drop(schema);
        migrate(schema);
        return new ViewDatabase(
                new DatabaseSettings(settings.jdbcUrl(), settings.user(), settings.password(), schema), guard);
    }

    /** Removes a schema with everything in it. */
    public void drop(String schema) throws SQLException {
        try (Connection connection = direct();
                Statement statement = connection.createStatement()) {
            statement.execute("drop schema if exists " + schema + " cascade");
        }
    }

    /** A connection outside the pool, without a time limit, in the live schema. */
    public Connection direct() throws SQLException {
        return source(settings.schema(), false).getConnection();
    }

    /** The table whose lock keeps transactions and the swap apart. */
    public String guard() {
        return guard;
    }

    /** The live schema. */
    public String schema() {
        return settings.schema();
    }

    private static String controlSchema(DatabaseSettings settings) {
        return settings.schema() + "_control";
    }

    private void migrate(String schema) {
        Flyway.configure()
                .dataSource(source(schema, false))
                .schemas(schema)
                .defaultSchema(schema)
                .locations("classpath:aether/projection/migrations")
                .load()
                .migrate();
    }

    private <T> T transaction(int isolation, boolean readOnly, SqlWork<T> work) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setTransactionIsolation(isolation);
            connection.setReadOnly(readOnly);
            connection.setAutoCommit(false);
            boolean done = false;
            try {
                try (Statement guarded = connection.createStatement()) {
                    // LOCK TABLE takes no snapshot, so what follows sees the schema that the lock protects.
                    guarded.execute("lock table " + guard + " in access share mode");
                }
                T answer = work.in(connection);
                connection.commit();
                done = true;
                return answer;
            } finally {
                if (!done) {
                    connection.rollback();
                }
            }
        }
    }

    private static HikariDataSource pool(DatabaseSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("views-" + settings.schema());
        config.setDataSource(source(settings, settings.schema(), true));
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECTION_WAIT.toMillis());
        config.setInitializationFailTimeout(-1); // PostgreSQL may come later than we do
        return new HikariDataSource(config);
    }

    private PGSimpleDataSource source(String schema, boolean bounded) {
        return source(settings, schema, bounded);
    }

    private static PGSimpleDataSource source(DatabaseSettings settings, String schema, boolean bounded) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(settings.jdbcUrl());
        source.setUser(settings.user());
        source.setPassword(settings.password());
        source.setCurrentSchema(schema);
        source.setApplicationName("aether-projections");
        source.setConnectTimeout((int) CONNECT.toSeconds());
        source.setTcpKeepAlive(true);
        if (bounded) {
            source.setSocketTimeout((int) SILENCE.toSeconds());
        }
        return source;
    }
}
