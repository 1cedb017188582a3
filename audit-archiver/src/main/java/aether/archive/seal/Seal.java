package aether.archive.seal;

import aether.archive.log.Hash;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is kept about a size for as long as the log itself.
 *
 * @param size the number of entries
 * @param root the root over them
 * @param time when it was sealed, never before the previous seal
 * @param clock how the time came about: {@code steady}, {@code clamped} or {@code leapt}
 * @param previous the SHA-256 of the previous seal, all zeros for the first
 * @param kafka where reading goes on
 */
public record Seal(long size, Hash root, Instant time, String clock, Hash previous, KafkaOffsets kafka) {

    private static final int VERSION = 1;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The seal's bytes: keys sorted, no white space, the same for ever. */
    public byte[] encode() {
        ObjectNode next = JSON.createObjectNode();
        kafka.next().forEach((partition, offset) -> next.put(partition.toString(), offset));
        ObjectNode from = JSON.createObjectNode();
        from.set("next", next);
        from.put("topic", kafka.topic());
        from.put("topic_id", kafka.topicId());
        ObjectNode seal = JSON.createObjectNode();
        seal.put("clock", clock);
        seal.set("kafka", from);
        seal.put("previous", previous.base64());
        seal.put("root", root.base64());
        seal.put("size", size);
        seal.put("time", time.toString());
        seal.put("version", VERSION);
        return JSON.writeValueAsString(seal).getBytes(StandardCharsets.UTF_8);
    }

    /** Reads a seal. */
    public static Seal decode(byte[] bytes) {
        try {
            JsonNode seal = JSON.readTree(bytes);
            if (seal.required("version").asInt() != VERSION) {
                throw new IllegalArgumentException(
                        "Expected a seal of version 1, but it has version " + seal.required("version") + ".");
            }
            JsonNode from = seal.required("kafka");
            Map<Integer, Long> next = new TreeMap<>();
            from.required("next")
                    .properties()
                    .forEach(entry -> next.put(
                            Integer.valueOf(entry.getKey()), entry.getValue().asLong()));
            return new Seal(
                    seal.required("size").asLong(),
                    Hash.fromBase64(seal.required("root").asString()),
                    Instant.parse(seal.required("time").asString()),
                    seal.required("clock").asString(),
                    Hash.fromBase64(seal.required("previous").asString()),
                    KafkaOffsets.of(
                            from.required("topic").asString(),
                            from.required("topic_id").asString(),
                            next));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("Expected a seal as JSON, but it does not parse.", e);
        }
    }
}
