package aether.format;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one event's Kafka record consists of, without a Kafka class in sight.
 *
 * @param key the tenant's id, else the stream; events with the same key keep their order
 * @param headers a copy of what a consumer may want to know before it parses the value
 * @param value the CloudEvent's bytes
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way to Kafka, never compared by equals
public record KafkaRecordFields(String key, Map<String, byte[]> headers, byte[] value) {

    /** The topic of all events. */
    public static final String TOPIC = "aether.events.v1";

    /** How a structured CloudEvent announces itself (CloudEvents Kafka binding §3.3). */
    public static final String CONTENT_TYPE = "application/cloudevents+json; charset=UTF-8";

    static KafkaRecordFields of(String key, String id, String type, String sequence, byte[] value) {
        Map<String, byte[]> headers = new TreeMap<>();
        headers.put("content-type", utf8(CONTENT_TYPE));
        headers.put("ce_id", utf8(id));
        headers.put("ce_type", utf8(type));
        headers.put("ce_sequence", utf8(sequence));
        return new KafkaRecordFields(key, headers, value);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
