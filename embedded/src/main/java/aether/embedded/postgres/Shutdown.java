package aether.embedded.postgres;

import aether.embedded.process.Children;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Ends a server: politely, then firmly, then by force. */
final class Shutdown {

    private static final Duration IMMEDIATE_BOUND = Duration.ofSeconds(5);

    private Shutdown() {}

    /** Rolls back what is open, writes a checkpoint and ends; without one when that takes too long. */
    static void fast(PostgresPrograms programs, ProcessHandle server, Duration bound) throws IOException {
        signal(programs, "INT", server);
        if (Children.awaitEnd(server, bound)) {
            return;
        }
        signal(programs, "QUIT", server);
        if (!Children.awaitEnd(server, IMMEDIATE_BOUND)) {
            server.destroyForcibly();
            Children.awaitEnd(server, IMMEDIATE_BOUND);
        }
    }

    private static void signal(PostgresPrograms programs, String name, ProcessHandle server) throws IOException {
        Process sender = programs.command("pg_ctl", List.of("kill", name, Long.toString(server.pid())))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Children.awaitEnd(sender.toHandle(), IMMEDIATE_BOUND);
    }
}
