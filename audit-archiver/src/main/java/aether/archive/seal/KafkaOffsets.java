package aether.archive.seal;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where to go on reading: everything before these offsets is archived.
 *
 * @param topic the topic
 * @param topicId Kafka's id of the topic; a topic made anew has another one and is read from its beginning
 * @param next the next offset of each partition
 */
public record KafkaOffsets(String topic, String topicId, SortedMap<Integer, Long> next) {

    /** Nothing was read yet. */
    public static final KafkaOffsets NONE = new KafkaOffsets("", "", new TreeMap<>());

    /** Keeps its own map. */
    public KafkaOffsets {
        next = Collections.unmodifiableSortedMap(new TreeMap<>(next));
    }

    /** The offsets of a topic. */
    public static KafkaOffsets of(String topic, String topicId, Map<Integer, Long> next) {
        return new KafkaOffsets(topic, topicId, new TreeMap<>(next));
    }
}
