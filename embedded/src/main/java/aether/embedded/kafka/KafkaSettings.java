package aether.embedded.kafka;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * How a {@link LocalKafka} is run.
 *
 * @param directory everything it keeps lies in here
 * @param port the loopback port; 0 for a free one, remembered for the next start
 * @param supervised whether a broker process is started again when it dies while we live
 * @param broker configuration properties of the broker beyond ours
 */
public record KafkaSettings(Path directory, int port, boolean supervised, Map<String, String> broker) {

    public KafkaSettings {
        directory = directory.toAbsolutePath().normalize();
        broker = Map.copyOf(broker);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("Expected a port from 0 to 65535, but got " + port);
        }
    }

    /** A supervised broker on a free port. */
    public static KafkaSettings in(Path directory) {
        return new KafkaSettings(directory, 0, true, Map.of());
    }

    public KafkaSettings withPort(int wished) {
        return new KafkaSettings(directory, wished, supervised, broker);
    }

    public KafkaSettings unsupervised() {
        return new KafkaSettings(directory, port, false, broker);
    }

    /** Adds a configuration property of the broker. */
    public KafkaSettings with(String property, String value) {
        Map<String, String> more = new HashMap<>(broker);
        more.put(property, value);
        return new KafkaSettings(directory, port, supervised, more);
    }

    Path portFile() {
        return directory.resolve("port");
    }
}
