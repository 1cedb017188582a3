package aether.embedded.kafka;

import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** The Docker engine of this machine, if it has one. */
final class DockerEngine {

    private static final Path SOCKET = Path.of("/var/run/docker.sock");
    private static final String IMAGE = "apache/kafka:4.2.2"; // the version of the clients

    private DockerEngine() {}

    /** Asks Testcontainers only where an engine is likely: it searches for seconds where there is none. */
    static boolean answers() {
        boolean likely = System.getenv("DOCKER_HOST") != null || Files.exists(SOCKET);
        return likely && DockerClientFactory.instance().isDockerAvailable();
    }

    /** Starts a container that Testcontainers removes when this JVM is gone. */
    static String startKafka() {
        @SuppressWarnings("resource") // lives as long as the JVM
        KafkaContainer container =
                new KafkaContainer(DockerImageName.parse(IMAGE)).withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
        container.start();
        return container.getBootstrapServers();
    }
}
