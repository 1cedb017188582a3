package aether.embedded.postgres;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * How a {@link LocalPostgres} is run.
 *
 * @param directory everything it keeps lies in here
 * @param port the loopback port; 0 for a free one, remembered for the next start
 * @param supervised whether the server is started again when it dies while we live
 * @param outlivesUs whether the server goes on when this process is killed, to be found and ended at the next start
 * @param server configuration parameters of the server beyond ours
 */
public record PostgresSettings(
        Path directory, int port, boolean supervised, boolean outlivesUs, Map<String, String> server) {

    public PostgresSettings {
        directory = directory.toAbsolutePath().normalize();
        server = Map.copyOf(server);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("Expected a port from 0 to 65535, but got " + port);
        }
    }

    /** A supervised server on a free port that ends when we do. */
    public static PostgresSettings in(Path directory) {
        return new PostgresSettings(directory, 0, true, false, Map.of());
    }

    public PostgresSettings withPort(int wished) {
        return new PostgresSettings(directory, wished, supervised, outlivesUs, server);
    }

    public PostgresSettings unsupervised() {
        return new PostgresSettings(directory, port, false, outlivesUs, server);
    }

    /** Leaves the server running when this process is killed. */
    public PostgresSettings outlivingUs() {
        return new PostgresSettings(directory, port, supervised, true, server);
    }

    /** Adds a configuration parameter, such as {@code max_connections}. */
    public PostgresSettings with(String parameter, String value) {
        Map<String, String> more = new HashMap<>(server);
        more.put(parameter, value);
        return new PostgresSettings(directory, port, supervised, outlivesUs, more);
    }
}
