package aether.projection.intake;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** States what is wanted on a topic in Kafka, under the key of this room. */
final class KafkaWanted implements Wanted, AutoCloseable {

    /** The key of this room's statements. */
    static final String KEY = "projections";

    /** The header that asks the door to go back now. */
    static final String AGAIN = "aether-resend";

    private static final Logger LOG = LoggerFactory.getLogger(KafkaWanted.class);

    /** The statement is repeated anyway; the consumer's thread does not wait longer for one. */
    private static final Duration BOUND = Duration.ofSeconds(5);

    private final String topic;
    private final Producer<String, String> producer;

    KafkaWanted(KafkaSettings settings) {
        this.topic = settings.wantedTopic();
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers(),
                        ProducerConfig.CLIENT_ID_CONFIG, "aether-projections-wanted",
                        ProducerConfig.MAX_BLOCK_MS_CONFIG, Math.toIntExact(BOUND.toMillis()),
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(BOUND.toMillis() / 2),
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(BOUND.toMillis()),
                        ProducerConfig.LINGER_MS_CONFIG, 0),
                new StringSerializer(),
                new StringSerializer());
    }

    @Override
    public boolean state(long nextWanted, boolean again) {
        ProducerRecord<String, String> statement = new ProducerRecord<>(topic, KEY, Long.toString(nextWanted));
        if (again) {
            statement.headers().add(AGAIN, KEY.getBytes(StandardCharsets.US_ASCII));
        }
        try {
            producer.send(statement).get(BOUND.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            LOG.warn(
                    "Expected to state position {} on {}, but {}; saying it again later.",
                    nextWanted,
                    topic,
                    e.getMessage());
            return false;
        }
    }

    @Override
    public void close() {
        producer.close(BOUND);
    }
}
