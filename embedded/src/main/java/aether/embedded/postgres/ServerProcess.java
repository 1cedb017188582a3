package aether.embedded.postgres;

import aether.embedded.process.Children;
import aether.embedded.process.LogFile;
import aether.embedded.process.Obstacle;
import aether.embedded.process.ParentWatch;
import aether.embedded.process.StartFailure;
import aether.embedded.process.StartFailure.Reason;
import aether.embedded.process.Supervisor;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One run of the server, from its launch to its end. */
final class ServerProcess implements Supervisor.Run {

    private static final Duration READY_BOUND = Duration.ofMinutes(2); // recovery replays at most max_wal_size
    private static final Duration STOP_BOUND = Duration.ofSeconds(20); // one checkpoint of at most shared_buffers
    private static final long POLL_MILLIS = 10; // the pid file is a page in memory: a read costs microseconds

    private final PostgresPrograms programs;
    private final Process process;
    private final @Nullable ParentWatch watch;

    private ServerProcess(PostgresPrograms programs, Process process, @Nullable ParentWatch watch) {
        this.programs = programs;
        this.process = process;
        this.watch = watch;
    }

    static ServerProcess launch(
            PostgresPrograms programs, DatabaseCluster cluster, PostgresSettings settings, int port) {
        LogFile log = new LogFile(cluster.logFile()).trimmed();
        long logBegin = log.size();
        try {
            Process process = programs.commandInOwnSession("postgres", arguments(cluster, settings, port))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.path().toFile()))
                    .start();
            process.getOutputStream().close();
            ParentWatch watch = settings.outlivesUs() ? null : ParentWatch.over(process.pid());
            ServerProcess server = new ServerProcess(programs, process, watch);
            server.awaitReady(cluster, log, logBegin);
            return server;
        } catch (IOException e) {
            throw Obstacle.of(e, cluster.directory());
        }
    }

    private static List<String> arguments(DatabaseCluster cluster, PostgresSettings settings, int port) {
        Map<String, String> parameters = new TreeMap<>(Map.of(
                "listen_addresses", "127.0.0.1",
                "unix_socket_directories", "",
                "port", Integer.toString(port),
                "fsync", "on",
                "synchronous_commit", "on",
                "shared_buffers", "64MB", // the whole platform shares one laptop
                "max_connections", "200",
                "jit", "off", // its library is not in the archive
                "log_timezone", "UTC",
                "timezone", "UTC"));
        parameters.putAll(settings.server());
        List<String> arguments = new ArrayList<>(List.of("-D", cluster.data().toString()));
        parameters.forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
        return arguments;
    }

    private void awaitReady(DatabaseCluster cluster, LogFile log, long logBegin) throws IOException {
        long deadline = System.nanoTime() + READY_BOUND.toNanos();
        while (!isReady(cluster)) {
            if (endedWithin(POLL_MILLIS)) {
                end();
                throw Obstacle.of("PostgreSQL", cluster.directory(), log.path(), log.since(logBegin));
            }
            if (System.nanoTime() > deadline) {
                end();
                throw new StartFailure(
                        Reason.BROKEN,
                        "Expected PostgreSQL on %s to be ready within %s, but it is not; see %s"
                                .formatted(cluster.directory(), READY_BOUND, log.path()));
            }
        }
    }

    private boolean isReady(DatabaseCluster cluster) throws IOException {
        return PidFile.read(cluster.pidFile())
                .filter(file -> file.pid() == process.pid() && file.ready())
                .isPresent();
    }

    private boolean endedWithin(long millis) throws IOException {
        try {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            end();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while PostgreSQL was starting", e);
        }
    }

    @Override
    public ProcessHandle process() {
        return process.toHandle();
    }

    @Override
    public void end() {
        try {
            if (process.isAlive()) {
                Shutdown.fast(programs, process.toHandle(), STOP_BOUND);
            }
        } catch (IOException e) {
            process.destroyForcibly();
            Children.awaitEnd(process.toHandle(), STOP_BOUND);
        } finally {
            if (watch != null) {
                watch.close();
            }
        }
    }
}
