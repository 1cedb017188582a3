package aether.benchmarks;

import aether.embedded.postgres.LocalPostgres;
import aether.embedded.postgres.PostgresSettings;
import aether.store.schema.DatabaseSettings;
import aether.store.schema.LogSchema;
import aether.store.schema.RolePasswords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.stream.Stream;

/** A PostgreSQL of the benchmark's own, durable as in production (fsync on), with the log's schema and a twin table. */
final class BenchServer implements AutoCloseable {

    static final RolePasswords PASSWORDS = new RolePasswords("bench-append", "bench-read", "bench-saga");

    private final Path directory;

    private final LocalPostgres postgres;

    private final DatabaseSettings owner;

    BenchServer() throws IOException, SQLException {
        directory = Files.createTempDirectory("aether-benchmark-");
        postgres = LocalPostgres.start(PostgresSettings.in(directory).with("max_connections", "300"));
        owner = new DatabaseSettings(
                postgres.jdbcUrl("postgres"),
                postgres.owner().user(),
                postgres.owner().password());
        LogSchema.migrate(owner, PASSWORDS);
        // The same columns and indexes as the log; the position comes from a sequence, for a plain insert has no other.
        execute("create schema bench; create table bench.events (like log.events including all);"
                + " create sequence bench.position cache 1");
    }

    DatabaseSettings owner() {
        return owner;
    }

    DatabaseSettings appender() {
        return owner.as(LogSchema.APPENDER, PASSWORDS.appender());
    }

    DatabaseSettings reader() {
        return owner.as(LogSchema.READER, PASSWORDS.reader());
    }

    DatabaseSettings saga() {
        return owner.as(LogSchema.SAGA, PASSWORDS.saga());
    }

    int port() {
        return postgres.port();
    }

    /** Empties both tables, so that every measurement starts alike. */
    void clear() throws SQLException {
        execute("truncate log.events, bench.events");
        execute("checkpoint");
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    long number(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(owner.url(), owner.user(), owner.password());
    }

    /** Acknowledged = stored, dense, contiguous; a sentence for the report, or an exception. */
    String check(long acknowledgedEvents) throws SQLException {
        long rows = number("select count(*) from log.events");
        long dense = number("select coalesce(max(position) + 1, 0) from log.events");
        long broken = number("select count(*) from (select stream from log.events group by stream"
                + " having count(*) <> max(sequence) + 1) b");
        if (rows != acknowledgedEvents || dense != rows || broken != 0) {
            throw new IllegalStateException("Expected rows = acknowledged = highest position + 1 and no broken stream,"
                    + " but rows " + rows + ", acknowledged " + acknowledgedEvents + ", highest + 1 " + dense
                    + ", broken streams " + broken);
        }
        return "rows " + rows + " = acknowledged, dense, contiguous";
    }

    @Override
    public void close() throws IOException {
        postgres.close();
        delete(directory);
    }

    /** Deletes a directory with all that is in it. */
    static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
