package aether.embedded.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Makes topics that keep every record for ever. */
public final class KafkaTopics {

    private static final long BOUND_SECONDS = 30; // a broker that just started elects its leaders first

    private static final long POLL_MILLIS = 50;

    private KafkaTopics() {}

    /**
     * Creates the topic unless it is there: retention unlimited, never compacted. An existing one keeps its partitions.
     * Returns when each partition has a leader, which alone knows its end.
     */
    public static void ensure(String bootstrapServers, String topic, int partitions) {
        NewTopic wanted = new NewTopic(topic, partitions, (short) 1)
                .configs(Map.of("retention.ms", "-1", "retention.bytes", "-1", "cleanup.policy", "delete"));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            create(admin, wanted);
            Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
            described(admin, topic)
                    .partitions()
                    .forEach(partition ->
                            ends.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest()));
            var unused = admin.listOffsets(ends).all().get(BOUND_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw failure(topic, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(topic, e);
        }
    }

    private static void create(Admin admin, NewTopic wanted)
            throws ExecutionException, TimeoutException, InterruptedException {
        try {
            admin.createTopics(List.of(wanted)).all().get(BOUND_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    /** Between its creation and its description, a busy broker may not have heard of the topic yet. */
    private static TopicDescription described(Admin admin, String topic)
            throws ExecutionException, TimeoutException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(BOUND_SECONDS);
        while (true) {
            try {
                return admin.describeTopics(List.of(topic))
                        .allTopicNames()
                        .get(BOUND_SECONDS, TimeUnit.SECONDS)
                        .values()
                        .iterator()
                        .next();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.sleep(POLL_MILLIS);
            }
        }
    }

    private static IllegalStateException failure(String topic, Exception cause) {
        return new IllegalStateException("Expected to create topic %s, but the broker did not".formatted(topic), cause);
    }
}
