package aether.projection.intake;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.event.ConsumerStoppedEvent;
import org.springframework.kafka.event.ListenerContainerIdleEvent;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.CommonContainerStoppingErrorHandler;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.support.TopicPartitionOffset;

/**
 * The events topic in Kafka. Every partition is assigned by us and sought to where the view database says; nothing is
 * ever committed to Kafka.
 */
final class KafkaFeed implements Feed {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaFeed.class);

    /** What one poll may bring; with the waiting records of all partitions this bounds the memory of a reading. */
    private static final int POLL_RECORDS = 500;

    private static final int FETCH_BYTES = 8 * 1024 * 1024;

    private static final Duration POLL = Duration.ofMillis(500);

    /** Long enough that records of one door batch in different partitions have arrived. */
    private static final Duration IDLE = Duration.ofSeconds(1);

    private static final Duration METADATA_WAIT = Duration.ofSeconds(10);

    private static final Duration STOP_WAIT = Duration.ofSeconds(10);

    private final String topic;
    private final DefaultKafkaConsumerFactory<String, byte[]> consumers;

    KafkaFeed(KafkaSettings settings) {
        this.topic = settings.eventsTopic();
        Map<String, Object> config = new HashMap<>();
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"); // a topic made anew begins before our offset
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL_RECORDS);
        config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        this.consumers =
                new DefaultKafkaConsumerFactory<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Set<Integer> partitions() {
        try (Consumer<String, byte[]> consumer = consumers.createConsumer()) {
            List<PartitionInfo> found = consumer.partitionsFor(topic, METADATA_WAIT);
            if (found.isEmpty()) {
                throw new FeedEndedException(
                        "Expected topic %s to exist, but Kafka does not know it yet.".formatted(topic));
            }
            return found.stream().map(PartitionInfo::partition).collect(Collectors.toSet());
        }
    }

    @Override
    public Session open(Map<Integer, Long> offsets, FeedListener listener) {
        TopicPartitionOffset[] starts = offsets.entrySet().stream()
                .map(start -> new TopicPartitionOffset(topic, start.getKey(), start.getValue()))
                .toArray(TopicPartitionOffset[]::new);
        ContainerProperties properties = new ContainerProperties(starts);
        properties.setClientId("aether-projections");
        properties.setAckMode(ContainerProperties.AckMode.MANUAL);
        properties.setAssignmentCommitOption(ContainerProperties.AssignmentCommitOption.NEVER);
        properties.setPollTimeout(POLL.toMillis());
        properties.setIdleEventInterval(IDLE.toMillis());
        properties.setIdleBeforeDataMultiplier(1.0);
        properties.setShutdownTimeout(STOP_WAIT.toMillis());
        List<TopicPartition> partitions = offsets.keySet().stream()
                .map(partition -> new TopicPartition(topic, partition))
                .toList();
        return new KafkaSession(properties, partitions, listener);
    }

    private final class KafkaSession implements Session {

        private final KafkaMessageListenerContainer<String, byte[]> container;
        private final FeedListener listener;
        private final BlockingQueue<Exception> end = new ArrayBlockingQueue<>(1);
        private volatile boolean ended;
        private final List<TopicPartition> partitions;

        KafkaSession(ContainerProperties properties, List<TopicPartition> partitions, FeedListener listener) {
            this.listener = listener;
            this.partitions = partitions;
            properties.setMessageListener((BatchMessageListener<String, byte[]>) this::take);
            this.container = new KafkaMessageListenerContainer<>(consumers, properties);
            container.setBeanName("projections-intake");
            container.setCommonErrorHandler(new CommonContainerStoppingErrorHandler());
            container.setApplicationEventPublisher(this::onContainerEvent);
            container.start();
        }

        @Override
        public void await() throws InterruptedException {
            Exception failure = end.take();
            throw new FeedEndedException(sentence(failure), failure);
        }

        @Override
        public void close() {
            container.stop();
        }

        private void onContainerEvent(Object event) {
            switch (event) {
                case ListenerContainerIdleEvent unused -> guarded(listener::idle);
                case ConsumerStoppedEvent stopped ->
                    ended(new FeedEndedException(
                            "Expected the consumer to read on, but it stopped: " + stopped.getReason() + "."));
                default -> {}
            }
        }

        private void take(List<ConsumerRecord<String, byte[]>> records) {
            List<FeedRecord> batch = new ArrayList<>(records.size());
            for (ConsumerRecord<String, byte[]> record : records) {
                long position = position(record);
                if (position >= 0) {
                    batch.add(new FeedRecord(
                            record.partition(), record.offset(), position, record.key(), record.value()));
                }
            }
            guarded(() -> listener.records(batch));
        }

        private interface Step {
            Set<Integer> take() throws Exception;
        }

        /** An edge: whatever goes wrong ends this session, and the next begins from the database. */
        private void guarded(Step step) {
            if (ended) {
                return;
            }
            try {
                hold(step.take());
            } catch (Exception e) {
                ended(e);
            }
        }

        private void ended(Exception failure) {
            ended = true;
            boolean first = end.offer(failure);
            if (!first) {
                LOG.debug("Another failure of a session that has ended.", failure);
            }
        }

        private void hold(Set<Integer> held) {
            for (TopicPartition partition : partitions) {
                if (held.contains(partition.partition())) {
                    container.pausePartition(partition);
                } else if (container.isPartitionPauseRequested(partition)) {
                    container.resumePartition(partition);
                }
            }
        }
    }

    private long position(ConsumerRecord<String, byte[]> record) {
        Header header = record.headers().lastHeader("ce_sequence");
        if (header == null || record.key() == null || record.value() == null) {
            LOG.warn(
                    "Expected an event at {}-{} offset {}, but it is none; passing it over.",
                    topic,
                    record.partition(),
                    record.offset());
            return -1;
        }
        String digits = new String(header.value(), StandardCharsets.US_ASCII);
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            LOG.warn(
                    "Expected a position in ce_sequence at {}-{} offset {}, but it is no number; passing it over.",
                    topic,
                    record.partition(),
                    record.offset());
            return -1;
        }
    }

    private static String sentence(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
