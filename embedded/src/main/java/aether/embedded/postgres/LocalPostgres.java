package aether.embedded.postgres;

import aether.embedded.process.DirectoryLock;
import aether.embedded.process.Port;
import aether.embedded.process.StartFailure;
import aether.embedded.process.Supervisor;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A real PostgreSQL server on a directory of its own, reachable from this machine only. */
public final class LocalPostgres implements AutoCloseable {

    private final DirectoryLock held;
    private final Owner owner;
    private final int port;
    /** One for each predecessor that may have been killed in the same moment, and one to spare. */
    private static final int LAUNCH_ATTEMPTS = 3;

    private final Supervisor supervisor;

    private LocalPostgres(PostgresSettings settings, DirectoryLock held) {
        this.held = held;
        DatabaseCluster cluster = new DatabaseCluster(settings.directory());
        PostgresPrograms programs = PostgresPrograms.of(PostgresBinaries.unpacked());
        this.owner = cluster.prepared(programs);
        Leftovers leftovers = new Leftovers(cluster, programs);
        leftovers.end(); // before the port is chosen: it may be theirs
        this.port = Port.choose("PostgreSQL", settings.port(), cluster.portFile());
        this.supervisor = Supervisor.start(
                "PostgreSQL", settings.supervised(), () -> launch(leftovers, programs, cluster, settings));
    }

    /**
     * A predecessor that was killed while it started its server leaves one that has no pid file yet when we look; it
     * writes one before ours can, and then it is found.
     */
    private ServerProcess launch(
            Leftovers leftovers, PostgresPrograms programs, DatabaseCluster cluster, PostgresSettings settings) {
        for (int attempt = 1; ; attempt++) {
            leftovers.end();
            try {
                return ServerProcess.launch(programs, cluster, settings, port);
            } catch (StartFailure e) {
                boolean overtaken = String.valueOf(e.getMessage()).contains("postmaster.pid");
                if (!overtaken || attempt == LAUNCH_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /**
     * Starts the server and waits until it answers. What a killed predecessor left on the directory is ended first.
     *
     * @throws StartFailure when the directory is in use, the port is taken, the disk is full or the machine unsuited
     */
    public static LocalPostgres start(PostgresSettings settings) {
        DirectoryLock held = DirectoryLock.take(settings.directory());
        boolean started = false;
        try {
            LocalPostgres postgres = new LocalPostgres(settings, held);
            started = true;
            return postgres;
        } finally {
            if (!started) {
                held.close();
            }
        }
    }

    public int port() {
        return port;
    }

    public Owner owner() {
        return owner;
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
    }

    /** Creates the database unless it is there. */
    public void createDatabaseIfAbsent(String database) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl("postgres"), owner.user(), owner.password());
                PreparedStatement known = connection.prepareStatement("select 1 from pg_database where datname = ?");
                Statement create = connection.createStatement()) {
            known.setString(1, database);
            try (ResultSet found = known.executeQuery()) {
                if (!found.next()) {
                    create.execute("create database \"%s\"".formatted(database.replace("\"", "\"\"")));
                }
            }
        }
    }

    /** Whether the server process lives right now. */
    public boolean isAlive() {
        return supervisor.isAlive();
    }

    /** The process number of the server; only while it is not stopped. */
    public long pid() {
        return supervisor.pid();
    }

    /** Stops the server in order and leaves it stopped until {@link #restart()}. */
    public void stop() {
        supervisor.stop();
    }

    /** Stops the server when it runs and starts it on the same port. */
    public void restart() {
        supervisor.restart();
    }

    @Override
    public void close() {
        supervisor.close();
        held.close();
    }
}
