package aether.embedded.kafka;

import aether.embedded.process.Port;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** One broker that is its own controller, from format to shutdown. */
final class Broker implements AutoCloseable {

    private static final int NODE = 1;

    private final KafkaRaftServer server;

    private Broker(KafkaRaftServer server) {
        this.server = server;
    }

    /** Starts a broker on the files below {@code directory} and returns when it answers. */
    static Broker start(Path directory, int port, Map<String, String> more) throws IOException {
        Path logs = directory.resolve("logs");
        if (!Files.isDirectory(logs)) {
            format(directory.resolve("logs.unfinished"));
            Files.move(directory.resolve("logs.unfinished"), logs, StandardCopyOption.ATOMIC_MOVE);
        }
        Map<String, Object> properties = new HashMap<>(BrokerDefaults.PROPERTIES);
        properties.putAll(more);
        properties.putAll(addresses(port, Port.unused()));
        properties.put("node.id", Integer.toString(NODE));
        properties.put("log.dirs", logs.toString());
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
        server.startup();
        return new Broker(server);
    }

    /** The controller's port is new at each start: only this process ever speaks to it. */
    private static Map<String, String> addresses(int port, int controllerPort) {
        return Map.of(
                "process.roles", "broker,controller",
                "listeners", "BROKER://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controllerPort),
                "advertised.listeners", "BROKER://127.0.0.1:" + port,
                "listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "inter.broker.listener.name", "BROKER",
                "controller.listener.names", "CONTROLLER",
                "controller.quorum.voters", "%d@127.0.0.1:%d".formatted(NODE, controllerPort));
    }

    /** A kill half way leaves only the unfinished directory, which the next format writes over. */
    private static void format(Path target) throws IOException {
        Files.createDirectories(target);
        Formatter formatter = new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(NODE)
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(target.toString())
                .addDirectory(target.toString())
                .setIgnoreFormatted(true);
        runChecked(formatter);
    }

    private static void runChecked(Formatter formatter) throws IOException {
        try {
            formatter.run();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
