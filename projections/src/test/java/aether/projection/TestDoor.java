package aether.projection;

import aether.format.KafkaRecordFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes what a test tells it to, as the command service's door would. */
public final class TestDoor implements AutoCloseable {

    private final String topic;
    private final Producer<String, byte[]> producer;

    public TestDoor(String bootstrapServers, String topic) {
        this.topic = topic;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), new ByteArraySerializer());
    }

    /** Publishes positions in the given order. */
    public void publish(TestLog log, Iterable<Long> positions) {
        publish(log, positions, null);
    }

    /** Publishes positions into one partition, whatever their key. */
    public void publish(TestLog log, Iterable<Long> positions, @org.jspecify.annotations.Nullable Integer partition) {
        List<Future<?>> sent = new ArrayList<>();
        for (long position : positions) {
            KafkaRecordFields fields = log.record(position);
            ProducerRecord<String, byte[]> record =
                    new ProducerRecord<>(topic, partition, fields.key(), fields.value());
            fields.headers().forEach((name, value) -> record.headers().add(name, value));
            sent.add(producer.send(record));
        }
        for (Future<?> one : sent) {
            try {
                one.get();
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
