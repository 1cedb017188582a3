package aether.embedded.postgres;

import aether.embedded.process.Children;
import aether.embedded.process.Obstacle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Ends what a killed predecessor left running on a data directory. Ended rather than adopted: a fresh server has the
 * wished port and configuration, is our own child, and costs a fifth of a second.
 */
final class Leftovers {

    private static final Duration SERVER_BOUND = Duration.ofSeconds(10); // a fast shutdown writes one checkpoint
    private static final Duration BACKEND_BOUND = Duration.ofSeconds(3); // an idle backend notices within milliseconds

    private final DatabaseCluster cluster;
    private final PostgresPrograms programs;

    Leftovers(DatabaseCluster cluster, PostgresPrograms programs) {
        this.cluster = cluster;
        this.programs = programs;
    }

    void end() {
        try {
            Optional<ProcessHandle> server = server();
            if (server.isPresent()) {
                Shutdown.fast(programs, server.get(), SERVER_BOUND);
            }
            endBackends();
            forgetUnreaped();
        } catch (IOException e) {
            throw Obstacle.of(e, cluster.directory());
        }
    }

    /** The living server named by the pid file, when that process really serves this data directory. */
    private Optional<ProcessHandle> server() throws IOException {
        if (!Files.exists(cluster.pidFile())) {
            return Optional.empty();
        }
        return PidFile.read(cluster.pidFile())
                .flatMap(file -> ProcessHandle.of(file.pid()))
                .filter(this::servesThisCluster);
    }

    private boolean servesThisCluster(ProcessHandle process) {
        List<String> arguments = List.of(process.info().arguments().orElse(new String[0]));
        return !Children.hasEnded(process) && arguments.contains(cluster.data().toString());
    }

    /** Backends of a killed server keep its shared memory, and no new server may start beside them. */
    private void endBackends() throws IOException {
        if (!Files.isDirectory(cluster.data())) {
            return;
        }
        Path real = cluster.data().toRealPath();
        long deadline = System.nanoTime() + BACKEND_BOUND.toNanos();
        for (ProcessHandle backend : Children.workingIn(real)) {
            if (!Children.awaitEnd(backend, Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
                backend.destroyForcibly(); // its server is gone: recovery at the next start makes up for it
                Children.awaitEnd(backend, BACKEND_BOUND);
            }
        }
    }

    /**
     * PostgreSQL takes any process number that exists for a living server. One that has ended and only waits for its
     * parent to ask how serves nothing, and its backends have ended above.
     */
    private void forgetUnreaped() throws IOException {
        Optional<PidFile> file = PidFile.read(cluster.pidFile());
        if (file.isPresent() && Children.isUnreaped(file.get().pid())) {
            Files.delete(cluster.pidFile());
        }
    }
}
