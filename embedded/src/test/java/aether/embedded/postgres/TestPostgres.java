package aether.embedded.postgres;

import aether.embedded.process.DirectoryLock;
import aether.embedded.process.StartFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/** One real server per test JVM, shared by all test classes; each takes a database of its own. */
public final class TestPostgres {

    private static final String PREFIX = "aether-test-postgres-";
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private TestPostgres() {}

    /** An empty database, and the owner to reach it as. */
    public record Database(String name, String jdbcUrl, Owner owner) {

        /** A source of plain connections without a pool. */
        public PGSimpleDataSource dataSource() {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl(jdbcUrl);
            source.setUser(owner.user());
            source.setPassword(owner.password());
            return source;
        }
    }

    private static final class Shared {
        static final LocalPostgres SERVER = begin();
    }

    /** The shared server; stop or kill one of your own instead of this one. */
    public static LocalPostgres server() {
        return Shared.SERVER;
    }

    /** A new, empty database. */
    public static Database createDatabase() {
        String name = "test_" + DATABASES.incrementAndGet();
        try {
            server().createDatabaseIfAbsent(name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new Database(name, server().jdbcUrl(name), server().owner());
    }

    private static LocalPostgres begin() {
        try {
            Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
            removeOrphans(temporary);
            Path directory = Files.createTempDirectory(temporary, PREFIX);
            LocalPostgres server =
                    LocalPostgres.start(PostgresSettings.in(directory).unsupervised());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, directory)));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void end(LocalPostgres server, Path directory) {
        server.close();
        remove(directory);
    }

    /** Directories of test runs that were killed: nobody holds them any more. */
    private static void removeOrphans(Path temporary) throws IOException {
        List<Path> found;
        try (Stream<Path> entries = Files.list(temporary)) {
            found = entries.filter(entry -> entry.getFileName().toString().startsWith(PREFIX))
                    .filter(entry -> Files.exists(entry.resolve("data")))
                    .toList();
        }
        for (Path orphan : found) {
            try {
                DirectoryLock held = DirectoryLock.take(orphan);
                if (Files.notExists(orphan.resolve("data/postmaster.pid"))) {
                    remove(orphan);
                }
                held.close();
            } catch (StartFailure e) {
                // A test run that is still alive keeps its own.
            }
        }
    }

    private static void remove(Path directory) {
        try {
            Directories.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
