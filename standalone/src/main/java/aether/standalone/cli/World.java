package aether.standalone.cli;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/**
 * What a command finds around it.
 *
 * @param environment the environment's variables
 * @param home the user's home directory
 * @param input standard input
 * @param clock the time
 * @param pause how a command waits
 */
public record World(Map<String, String> environment, Path home, InputStream input, InstantSource clock, Pause pause) {

    /** Waits; tests do not. */
    @FunctionalInterface
    public interface Pause {
        /** Waits so long. */
        void millis(long millis) throws InterruptedException;
    }

    /** What this process finds. */
    public static World ofProcess() {
        return new World(
                System.getenv(),
                Path.of(System.getProperty("user.home")),
                System.in,
                InstantSource.system(),
                Thread::sleep);
    }

    /** Where contexts are kept. */
    public Path contextFile() {
        String named = environment.get("AETHER_CONFIG");
        return named == null || named.isBlank() ? home.resolve(".config/aether/config.yaml") : Path.of(named);
    }
}
