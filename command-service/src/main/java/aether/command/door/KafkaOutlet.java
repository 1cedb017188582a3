package aether.command.door;

import aether.format.KafkaRecordFields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/** Kafka, reached with one idempotent producer that waits for all replicas. Used by the door's thread only. */
final class KafkaOutlet implements Outlet {

    /** A batch that takes longer is taken for failed and sent again. */
    private static final Duration DELIVERY = Duration.ofSeconds(20);

    private static final Duration REQUEST = Duration.ofSeconds(5);

    /** The record with the largest payload the log takes, and its envelope. */
    private static final int MAX_REQUEST_BYTES = 8 << 20;

    /** Gathers a batch's records by partition; the door flushes at the end of a batch anyway. */
    private static final int LINGER_MILLIS = 5;

    private static final int BATCH_BYTES = 256 * 1024;

    private final DoorSettings settings;

    private final DefaultKafkaProducerFactory<String, byte[]> producers;

    private final KafkaTemplate<String, byte[]> template;

    private final WantedPositions wanted;

    KafkaOutlet(DoorSettings settings) {
        this.settings = settings;
        this.producers = new DefaultKafkaProducerFactory<>(
                producer(settings.bootstrapServers()), new StringSerializer(), new ByteArraySerializer());
        this.template = new KafkaTemplate<>(producers);
        this.wanted = new WantedPositions(settings.bootstrapServers(), settings.wantedTopic());
    }

    @Override
    public boolean prepare() {
        return new DoorTopics(settings, REQUEST).prepare();
    }

    @Override
    public void send(List<KafkaRecordFields> batch) {
        List<CompletableFuture<?>> answers = new ArrayList<>(batch.size());
        try {
            for (KafkaRecordFields fields : batch) {
                ProducerRecord<String, byte[]> kafkaRecord =
                        new ProducerRecord<>(settings.topic(), fields.key(), fields.value());
                fields.headers().forEach(kafkaRecord.headers()::add);
                answers.add(template.send(kafkaRecord));
            }
            template.flush();
            for (CompletableFuture<?> answer : answers) {
                var unused = answer.get(DELIVERY.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            // A producer that failed may have sent a later record but not an earlier one; a new one starts clean.
            producers.reset();
            throw new DoorException("Expected Kafka to take " + batch.size() + " events, but " + reason(e), e);
        } catch (InterruptedException e) {
            producers.reset();
            throw interrupted(e);
        }
    }

    @Override
    public OptionalLong smallestWanted() {
        return wanted.smallest();
    }

    @Override
    public OptionalLong newlyWanted() {
        return wanted.newlyWanted();
    }

    @Override
    public void close() {
        wanted.close();
        producers.destroy();
    }

    private static DoorException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new DoorException("Expected Kafka to answer, but the door is closing", e);
    }

    private static String reason(Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? "it did not within " + DELIVERY.toSeconds() + " s" : cause.getMessage();
    }

    private static int millis(Duration duration) {
        return (int) duration.toMillis();
    }

    private static Map<String, Object> producer(String bootstrapServers) {
        return Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.CLIENT_ID_CONFIG,
                "aether-door",
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                MAX_REQUEST_BYTES,
                ProducerConfig.BATCH_SIZE_CONFIG,
                BATCH_BYTES,
                ProducerConfig.LINGER_MS_CONFIG,
                LINGER_MILLIS,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                millis(REQUEST),
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                millis(REQUEST),
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                millis(DELIVERY));
    }
}
