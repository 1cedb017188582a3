package aether.embedded.postgres;

import aether.embedded.process.Backoff;
import aether.embedded.process.DirectoryLock;
import aether.embedded.process.Port;
import aether.embedded.process.StartFailure;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A real PostgreSQL server on a directory of its own, reachable from this machine only. */
public final class LocalPostgres implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(LocalPostgres.class.getName());

    private final PostgresSettings settings;
    private final DirectoryLock held;
    private final DatabaseCluster cluster;
    private final PostgresPrograms programs;
    private final Owner owner;
    private final int port;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile @Nullable ServerProcess server; // null while stopped on purpose
    private boolean closed;

    private LocalPostgres(PostgresSettings settings, DirectoryLock held) {
        this.settings = settings;
        this.held = held;
        this.cluster = new DatabaseCluster(settings.directory());
        this.programs = PostgresPrograms.of(PostgresBinaries.unpacked());
        this.owner = cluster.prepared(programs);
        new Leftovers(cluster, programs).end();
        this.port = Port.choose("PostgreSQL", settings.port(), cluster.portFile());
        this.server = ServerProcess.launch(programs, cluster, settings, port);
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
            if (settings.supervised()) {
                Thread.ofVirtual().name("postgres-supervisor").start(postgres::supervise);
            }
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
        ServerProcess current = server;
        return current != null && current.process().isAlive();
    }

    /** The process number of the server; only while it is not stopped. */
    public long pid() {
        ServerProcess current = server;
        if (current == null) {
            throw new IllegalStateException("Expected a running server, but it was stopped");
        }
        return current.process().pid();
    }

    /** Stops the server in order and leaves it stopped until {@link #restart()}. */
    public void stop() {
        lock.lock();
        try {
            ServerProcess current = server;
            if (current != null) {
                current.close();
                server = null;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Stops the server when it runs and starts it on the same port. */
    public void restart() {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("Expected an open server, but it was closed");
            }
            stop();
            launch();
        } finally {
            lock.unlock();
        }
    }

    private void launch() {
        new Leftovers(cluster, programs).end();
        server = ServerProcess.launch(programs, cluster, settings, port);
        changed.signalAll();
    }

    /** Waits for each death of the server that nobody asked for, and starts it again. */
    private void supervise() {
        Backoff backoff = new Backoff();
        ServerProcess watched = nextRun(null);
        while (watched != null) {
            watched.process().onExit().join();
            watched = nextRun(reviveInsteadOf(watched, backoff));
        }
    }

    /** The run that died, to be skipped; revived already unless somebody stopped it on purpose. */
    private ServerProcess reviveInsteadOf(ServerProcess dead, Backoff backoff) {
        backoff.reset();
        lock.lock();
        try {
            while (server == dead && !closed) {
                LOG.log(System.Logger.Level.WARNING, "PostgreSQL died; starting it again");
                dead.close();
                try {
                    launch();
                } catch (StartFailure e) {
                    LOG.log(System.Logger.Level.WARNING, "PostgreSQL did not start again: {0}", e.getMessage());
                    changed.awaitNanos(backoff.next().toNanos());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        return dead;
    }

    /** The run after {@code previous}; null once closed. */
    private @Nullable ServerProcess nextRun(@Nullable ServerProcess previous) {
        lock.lock();
        try {
            while (!closed && (server == null || server == previous)) {
                changed.awaitUninterruptibly();
            }
            return closed ? null : server;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            stop();
            changed.signalAll();
            held.close();
        } finally {
            lock.unlock();
        }
    }
}
