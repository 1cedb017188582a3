package aether.benchmarks;

import aether.embedded.kafka.KafkaProcess;
import aether.embedded.kafka.KafkaSettings;
import aether.embedded.kafka.KafkaTopics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** A Kafka of the benchmark's own, a process beside us as in standalone. */
final class BenchBroker implements AutoCloseable {

    /** Far longer than a broker on this machine takes to say where its partitions end. */
    private static final long ANSWER_SECONDS = 30;

    private final Path directory;

    private final KafkaProcess kafka;

    BenchBroker() throws IOException {
        directory = Files.createTempDirectory("aether-benchmark-kafka-");
        kafka = KafkaProcess.start(KafkaSettings.in(directory).unsupervised());
    }

    String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    void create(String topic, int partitions) {
        KafkaTopics.ensure(bootstrapServers(), topic, partitions);
    }

    /** How many records a topic holds; exact, because nobody writes transactions and nothing is ever deleted. */
    long records(String topic, int partitions) throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()))) {
            return admin.listOffsets(ends).all().get(ANSWER_SECONDS, TimeUnit.SECONDS).values().stream()
                    .mapToLong(ListOffsetsResultInfo::offset)
                    .sum();
        }
    }

    @Override
    public void close() throws IOException {
        kafka.close();
        BenchServer.delete(directory);
    }
}
