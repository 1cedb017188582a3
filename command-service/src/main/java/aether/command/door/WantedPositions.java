package aether.command.door;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;

/**
 * What consumers state on the wanted topic: key is the consumer's name, value the next position it wants, in decimal;
 * no value takes the statement back. A record with the header {@value #AGAIN} asks the door to go back now; others only
 * count when the door starts, because a consumer that merely lags will get what it wants from Kafka.
 */
final class WantedPositions implements AutoCloseable {

    /** The header that asks for a resend now. */
    static final String AGAIN = "aether-resend";

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** The topic is compacted and has a handful of keys; more than this is not ours. */
    private static final int MAX_CONSUMERS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(WantedPositions.class);

    private final DefaultKafkaConsumerFactory<String, byte[]> consumers;

    private final String topic;

    private final Map<String, Long> statements = new HashMap<>();

    private @Nullable Consumer<String, byte[]> consumer;

    private @Nullable Long again;

    WantedPositions(String bootstrapServers, String topic) {
        this.topic = topic;
        this.consumers = new DefaultKafkaConsumerFactory<>(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                StringDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) TIMEOUT.toMillis()));
    }

    /** Reads the topic to its end and answers the smallest statement. */
    OptionalLong smallest() {
        try {
            Consumer<String, byte[]> open = open();
            Map<TopicPartition, Long> ends = open.endOffsets(open.assignment(), TIMEOUT);
            long deadline = System.nanoTime() + TIMEOUT.toNanos();
            while (ends.entrySet().stream().anyMatch(end -> open.position(end.getKey()) < end.getValue())) {
                if (System.nanoTime() > deadline) {
                    throw new DoorException("Expected to read what consumers want, but Kafka is too slow", null);
                }
                take(open, Duration.ofMillis(200));
            }
            again = null;
            return statements.values().stream().mapToLong(Long::longValue).min();
        } catch (KafkaException e) {
            close();
            throw new DoorException("Expected to read what consumers want, but " + e.getMessage(), e);
        }
    }

    /** What was asked for since the last call; looks without waiting. */
    OptionalLong askedAgain() {
        try {
            take(open(), Duration.ZERO);
        } catch (KafkaException e) {
            close();
            throw new DoorException("Expected to read what consumers want, but " + e.getMessage(), e);
        }
        Long asked = again;
        again = null;
        return asked == null ? OptionalLong.empty() : OptionalLong.of(asked);
    }

    @Override
    public void close() {
        if (consumer != null) {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
            consumer = null;
            statements.clear();
        }
    }

    private Consumer<String, byte[]> open() {
        if (consumer == null) {
            Consumer<String, byte[]> opened = consumers.createConsumer();
            consumer = opened;
            List<TopicPartition> partitions = new ArrayList<>();
            opened.partitionsFor(topic, TIMEOUT)
                    .forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition())));
            opened.assign(partitions);
            opened.seekToBeginning(partitions);
        }
        return consumer;
    }

    private void take(Consumer<String, byte[]> open, Duration wait) {
        for (ConsumerRecord<String, byte[]> statement : open.poll(wait)) {
            if (statement.key() == null) {
                continue;
            }
            if (statement.value() == null) {
                statements.remove(statement.key());
                continue;
            }
            String text = new String(statement.value(), StandardCharsets.US_ASCII);
            try {
                state(statement.key(), Long.parseLong(text), statement.headers().lastHeader(AGAIN) != null);
            } catch (NumberFormatException e) {
                LOG.warn("Expected the position that consumer '{}' wants, but got something else", statement.key());
            }
        }
    }

    private void state(String name, long position, boolean now) {
        if (position < 0 || (statements.size() >= MAX_CONSUMERS && !statements.containsKey(name))) {
            return;
        }
        statements.put(name, position);
        if (now) {
            LOG.info("Consumer '{}' asks for position {} again", name, position);
            again = again == null ? position : Math.min(again, position);
        }
    }
}
