package aether.archive.export;

import aether.archive.log.Hash;
import aether.archive.log.MerkleTree;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One entry of the log with what tables and reports show of it. */
final class ExportedEvent {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String CLUSTER_STREAM = "cluster-";

    private final long position;
    private final byte[] bytes;
    private final JsonNode event;

    private ExportedEvent(long position, byte[] bytes, JsonNode event) {
        this.position = position;
        this.bytes = bytes;
        this.event = event;
    }

    /**
     * The entry at a position.
     *
     * @throws IllegalStateException when it is no event
     */
    static ExportedEvent of(long position, byte[] bytes) {
        try {
            JsonNode event = JSON.readTree(bytes);
            ExportedEvent exported = new ExportedEvent(position, bytes, event);
            if (!event.isObject() || exported.recorded().equals(Instant.MIN)) {
                throw new IllegalStateException("Expected entry " + position + " to have a recordedtime, but it has "
                        + event.path("recordedtime") + ".");
            }
            return exported;
        } catch (JacksonException e) {
            throw new IllegalStateException(
                    "Expected entry " + position + " to be an event in JSON, but it is not. " + e.getOriginalMessage(),
                    e);
        }
    }

    /** The entry in a line of {@code events.jsonl}, at the position it says itself. */
    static ExportedEvent ofLine(byte[] line) {
        try {
            String sequence = JSON.readTree(line).path("sequence").asString("");
            if (!sequence.matches("0\\d{19}")) {
                throw new IllegalStateException("Expected a sequence of 20 digits, but got '" + sequence + "'.");
            }
            return of(Long.parseLong(sequence), line);
        } catch (JacksonException e) {
            throw new IllegalStateException("Expected an event in JSON, but got none. " + e.getOriginalMessage(), e);
        }
    }

    long position() {
        return position;
    }

    byte[] bytes() {
        return bytes.clone();
    }

    Hash leaf() {
        return MerkleTree.leaf(bytes);
    }

    String id() {
        return text("id");
    }

    /** The type without version and prefix: {@code cluster.requested}. */
    String action() {
        String type = type().replaceFirst("^cloud\\.aetherplatform\\.", "");
        return type.replaceFirst("\\.v\\d+$", "");
    }

    String type() {
        return text("type");
    }

    String time() {
        return text("time");
    }

    Instant recorded() {
        try {
            return Instant.parse(text("recordedtime"));
        } catch (DateTimeException e) {
            return Instant.MIN;
        }
    }

    String organization() {
        return text("organization");
    }

    String subject() {
        return text("subject");
    }

    String version() {
        return text("streamsequence").replaceFirst("^0+(?=.)", "");
    }

    String actorType() {
        return text("authtype");
    }

    String actor() {
        return text("authid");
    }

    String sourceAddress() {
        return text("sourceaddress");
    }

    String requestId() {
        return text("requestid");
    }

    String cause() {
        return text("causationid");
    }

    String correlation() {
        return text("correlationid");
    }

    String data() {
        return JSON.writeValueAsString(event.path("data"));
    }

    /** Whether the event is one of the cluster's own, or names the cluster in its data. */
    boolean isAbout(String cluster) {
        return subject().equals(CLUSTER_STREAM + cluster)
                || event.path("data").path("cluster_id").asString("").equals(cluster);
    }

    private String text(String name) {
        return event.path(name).asString("");
    }

    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
