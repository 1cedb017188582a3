package aether.embedded.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * One broker per test JVM, shared by all test classes; each takes topics of its own. A container when a Docker engine
 * answers, and this JVM's own broker when not; which one it was is printed once.
 */
public final class TestKafka {

    private static final AtomicInteger TOPICS = new AtomicInteger();

    private TestKafka() {}

    private static final class Shared {
        static final String BOOTSTRAP_SERVERS = begin();
    }

    /** What a client is configured with. */
    public static String bootstrapServers() {
        return Shared.BOOTSTRAP_SERVERS;
    }

    /** A new, empty topic; answers its name. */
    public static String createTopic(int partitions) {
        String topic = "test-" + TOPICS.incrementAndGet();
        KafkaTopics.ensure(bootstrapServers(), topic, partitions);
        return topic;
    }

    private static String begin() {
        if (DockerEngine.answers()) {
            String address = DockerEngine.startKafka();
            System.out.println("Kafka for tests: Testcontainers, " + address);
            return address;
        }
        InJvmKafka kafka = inThisJvm();
        System.out.println("Kafka for tests: in this JVM (no Docker engine answers), " + kafka.bootstrapServers());
        return kafka.bootstrapServers();
    }

    private static InJvmKafka inThisJvm() {
        try {
            Path directory = Files.createTempDirectory("aether-test-kafka-");
            InJvmKafka kafka = InJvmKafka.start(KafkaSettings.in(directory));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(kafka, directory)));
            return kafka;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void end(InJvmKafka kafka, Path directory) {
        kafka.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
