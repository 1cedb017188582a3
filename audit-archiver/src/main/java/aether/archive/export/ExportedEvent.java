package aether.archive.export;

import aether.archive.log.Hash;
import aether.archive.log.MerkleTree;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One entry of the log with what tables and reports show of it. */
final class ExportedEvent {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String CLUSTER_STREAM = "cluster-";
    private static final Pattern PREFIX_OF_TYPE = Pattern.compile("^cloud\\.aetherplatform\\.");
    private static final Pattern VERSION_OF_TYPE = Pattern.compile("\\.v\\d+$");
    private static final Pattern LEADING_ZEROS = Pattern.compile("^0+(?=.)");

    private final long position;
    private final byte[] bytes;
    private final JsonNode event;
    private final Hash leaf;
    private final Instant recorded;
    private @Nullable String action; // null until it is asked for; every form asks
    private @Nullable EventRow row; // null until a table asks for it; there is more than one

    private ExportedEvent(long position, byte[] bytes, JsonNode event) {
        this.position = position;
        this.bytes = bytes;
        this.event = event;
        this.leaf = MerkleTree.leaf(bytes);
        this.recorded = time(event.path("recordedtime").asString(""));
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
        return leaf;
    }

    /** This one, with its row made: so that threads which read it later all find it. */
    ExportedEvent withRow() {
        row = EventRow.of(this);
        return this;
    }

    EventRow row() {
        EventRow made = row;
        if (made == null) {
            made = EventRow.of(this);
            row = made;
        }
        return made;
    }

    String id() {
        return text("id");
    }

    /** The type without version and prefix: {@code cluster.requested}. */
    String action() {
        String made = action;
        if (made == null) {
            made = VERSION_OF_TYPE
                    .matcher(PREFIX_OF_TYPE.matcher(type()).replaceFirst(""))
                    .replaceFirst("");
            action = made;
        }
        return made;
    }

    String type() {
        return text("type");
    }

    String time() {
        return text("time");
    }

    /** When the log took it; the distant past when it does not say. */
    Instant recorded() {
        return recorded;
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
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
        return LEADING_ZEROS.matcher(text("streamsequence")).replaceFirst("");
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
