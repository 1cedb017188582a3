package aether.archive.intake;

import aether.archive.seal.KafkaOffsets;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All partitions of the event topic, from the offsets of the newest seal. */
public final class KafkaTopicReader implements RecordSource {

    /** A broker that has not described a topic by then is down; the caller tries again. */
    private static final Duration ADMIN_BOUND = Duration.ofSeconds(10);

    /** Two appends' worth: small enough that seals stay punctual while catching up. */
    private static final int MAX_POLL_RECORDS = 512;

    /** Together with the window this bounds the memory of the intake. */
    private static final int MAX_FETCH_BYTES = 16 << 20;

    /** Leaving must not wait for a broker that is gone. */
    private static final Duration CLOSE_BOUND = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(KafkaTopicReader.class);

    private final String topic;
    private final String topicId;
    private final Consumer<byte[], byte[]> consumer;

    private KafkaTopicReader(String topic, String topicId, Consumer<byte[], byte[]> consumer) {
        this.topic = topic;
        this.topicId = topicId;
        this.consumer = consumer;
    }

    /**
     * Opens the topic.
     *
     * @param sealed where the newest seal says to go on; without a word on this very topic, at its beginning
     * @throws IOException when Kafka does not answer or the topic does not exist yet
     */
    public static KafkaTopicReader open(String bootstrapServers, String topic, KafkaOffsets sealed) throws IOException {
        TopicDescription description = describe(bootstrapServers, topic);
        String topicId = description.topicId().toString();
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                properties(bootstrapServers), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = description.partitions().stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        boolean known = sealed.topic().equals(topic) && sealed.topicId().equals(topicId);
        if (!known && !sealed.topicId().isEmpty()) {
            LOG.warn(
                    "Topic {} is not the one of the newest seal (id {}, now {}): reading all of it.",
                    topic,
                    sealed.topicId(),
                    topicId);
        }
        for (TopicPartition partition : partitions) {
            Long next = known ? sealed.next().get(partition.partition()) : null;
            if (next == null) {
                consumer.seekToBeginning(List.of(partition));
            } else {
                consumer.seek(partition, next);
            }
        }
        return new KafkaTopicReader(topic, topicId, consumer);
    }

    private static TopicDescription describe(String bootstrapServers, String topic) throws IOException {
        Map<String, Object> properties = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ADMIN_BOUND.toMillis(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ADMIN_BOUND.toMillis());
        try (Admin admin = Admin.create(properties)) {
            TopicDescription description = admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get(ADMIN_BOUND.toMillis(), TimeUnit.MILLISECONDS)
                    .get(topic);
            if (description == null) {
                throw new IOException("Expected a description of topic " + topic + ", but Kafka gave none.");
            }
            return description;
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("Expected topic " + topic + " at " + bootstrapServers + ", but " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Expected to describe topic " + topic + ", but was told to stop.", e);
        }
    }

    private static Map<String, Object> properties(String bootstrapServers) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, Intake.CONSUMER);
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, Intake.CONSUMER);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL_RECORDS);
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, MAX_FETCH_BYTES);
        return properties;
    }

    @Override
    public List<EventRecord> poll(Duration timeout) throws IOException {
        try {
            List<EventRecord> events = new ArrayList<>();
            for (ConsumerRecord<byte[], byte[]> found : consumer.poll(timeout)) {
                Header sequence = found.headers().lastHeader(Envelope.SEQUENCE_HEADER);
                long position = Envelope.position(sequence == null ? null : sequence.value(), found.value());
                events.add(new EventRecord(found.partition(), found.offset(), position, found.value()));
            }
            return events;
        } catch (KafkaException e) {
            throw new IOException("Expected events of " + topic + ", but " + e.getMessage(), e);
        }
    }

    @Override
    public void pause(int partition) {
        consumer.pause(List.of(new TopicPartition(topic, partition)));
    }

    @Override
    public void resume(int partition) {
        consumer.resume(List.of(new TopicPartition(topic, partition)));
    }

    @Override
    public void seek(int partition, long offset) {
        consumer.seek(new TopicPartition(topic, partition), offset);
    }

    @Override
    public KafkaOffsets offsets(Map<Integer, Long> next) {
        return KafkaOffsets.of(topic, topicId, next);
    }

    @Override
    public void commit(KafkaOffsets offsets) {
        Map<TopicPartition, OffsetAndMetadata> hint = new HashMap<>();
        offsets.next()
                .forEach((partition, offset) ->
                        hint.put(new TopicPartition(topic, partition), new OffsetAndMetadata(offset)));
        consumer.commitAsync(hint, (ignored, failure) -> {
            if (failure != null) {
                LOG.info("Kafka did not take the offsets, which are only a hint: {}", failure.getMessage());
            }
        });
    }

    @Override
    public void close() {
        consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(CLOSE_BOUND));
    }
}
