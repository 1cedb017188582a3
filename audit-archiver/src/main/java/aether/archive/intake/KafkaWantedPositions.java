package aether.archive.intake;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringSerializer;

/** States wanted positions in a compacted topic: the key says who, the value is the position in decimal digits. */
public final class KafkaWantedPositions implements WantedPositions {

    /** Stating is rare and may fail; it must not hold up the archive for longer. */
    private static final int BOUND_MILLIS = 5_000;

    private final String bootstrapServers;
    private final String topic;

    /** Wanted positions in this topic, which is made if it is not there. */
    public KafkaWantedPositions(String bootstrapServers, String topic) {
        this.bootstrapServers = bootstrapServers;
        this.topic = topic;
    }

    @Override
    public void state(String consumer, long position) throws IOException {
        try {
            ensureTopic();
            send(consumer, position);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new IOException(
                    "Expected to state position " + position + " in " + topic + ", but " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Expected to state position " + position + ", but was told to stop.", e);
        }
    }

    private void send(String consumer, long position)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<String, Object> properties = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.CLIENT_ID_CONFIG,
                consumer + "-wanted",
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                BOUND_MILLIS,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                BOUND_MILLIS / 2,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                BOUND_MILLIS);
        try (Producer<String, String> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, consumer, Long.toString(position)))
                    .get(BOUND_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void ensureTopic() throws ExecutionException, InterruptedException, TimeoutException {
        NewTopic compacted = new NewTopic(topic, Optional.of(1), Optional.empty())
                .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
        try (Admin admin = Admin.create(Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                "default.api.timeout.ms",
                BOUND_MILLIS,
                "request.timeout.ms",
                BOUND_MILLIS))) {
            admin.createTopics(List.of(compacted)).all().get(BOUND_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }
}
