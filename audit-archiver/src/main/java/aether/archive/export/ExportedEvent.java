package aether.archive.export;

import aether.archive.log.Hash;
import aether.archive.log.MerkleTree;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** One entry of the log with what tables and reports show of it. */
final class ExportedEvent {

    private static final String CLUSTER_STREAM = "cluster-";
    private static final String PREFIX_OF_TYPE = "cloud.aetherplatform.";
    private static final String VERSION_OF_TYPE = ".v"; // and digits

    private final long position;
    private final byte[] bytes;
    private final EnvelopeFields fields;
    private final Hash leaf;
    private final Instant recorded;
    private @Nullable String action; // null until it is asked for; every form asks
    private @Nullable EventRow row; // null until a table asks for it; there is more than one

    private ExportedEvent(long position, byte[] bytes, EnvelopeFields fields) {
        this.position = position;
        this.bytes = bytes;
        this.fields = fields;
        this.leaf = MerkleTree.leaf(bytes);
        this.recorded = time(fields.recordedTime);
    }

    /**
     * The entry at a position.
     *
     * @throws IllegalStateException when it is no event
     */
    static ExportedEvent of(long position, byte[] bytes) {
        try {
            EnvelopeFields fields = EnvelopeFields.read(bytes);
            if (fields == null) {
                throw new IllegalStateException(
                        "Expected entry " + position + " to be an event in JSON, but it is no object.");
            }
            ExportedEvent exported = new ExportedEvent(position, bytes, fields);
            if (exported.recorded().equals(Instant.MIN)) {
                throw new IllegalStateException("Expected entry " + position + " to have a recordedtime, but it has '"
                        + fields.recordedTime + "'.");
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
            EnvelopeFields fields = EnvelopeFields.read(line);
            String sequence = fields == null ? "" : fields.sequence;
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

    /** Whether the entry has no line feed in it; the envelope's JSON has none. */
    boolean isOneLine() {
        return new String(bytes, StandardCharsets.ISO_8859_1).indexOf('\n') < 0; // many bytes at a time, unlike a loop
    }

    /** Writes the exact bytes of the entry. */
    void writeTo(OutputStream out) throws IOException {
        out.write(bytes);
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
        return fields.id;
    }

    /** The type without version and prefix: {@code cluster.requested}. */
    String action() {
        String made = action;
        if (made == null) {
            made = withoutVersion(
                    type().startsWith(PREFIX_OF_TYPE) ? type().substring(PREFIX_OF_TYPE.length()) : type());
            action = made;
        }
        return made;
    }

    private static String withoutVersion(String type) {
        int first = type.length();
        while (first > 0 && Character.isDigit(type.charAt(first - 1))) {
            first--;
        }
        boolean versioned = first < type.length() && type.startsWith(VERSION_OF_TYPE, first - VERSION_OF_TYPE.length());
        return versioned ? type.substring(0, first - VERSION_OF_TYPE.length()) : type;
    }

    String type() {
        return fields.type;
    }

    String time() {
        return fields.time;
    }

    /** When the log took it; the distant past when it does not say. */
    Instant recorded() {
        return recorded;
    }

    private static Instant time(String text) {
        try {
            return QuickTime.parse(text);
        } catch (DateTimeException e) {
            return Instant.MIN;
        }
    }

    String organization() {
        return fields.organization;
    }

    String subject() {
        return fields.subject;
    }

    String version() {
        String digits = fields.streamSequence;
        int first = 0;
        while (first < digits.length() - 1 && digits.charAt(first) == '0') {
            first++;
        }
        return digits.substring(first);
    }

    String actorType() {
        return fields.authType;
    }

    String actor() {
        return fields.authId;
    }

    String sourceAddress() {
        return fields.sourceAddress;
    }

    String requestId() {
        return fields.requestId;
    }

    String cause() {
        return fields.causationId;
    }

    String correlation() {
        return fields.correlationId;
    }

    String data() {
        return fields.data;
    }

    /** Whether the event is one of the cluster's own, or names the cluster in its data. */
    boolean isAbout(String cluster) {
        return subject().equals(CLUSTER_STREAM + cluster)
                || fields.textInData("cluster_id").equals(cluster);
    }

    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
