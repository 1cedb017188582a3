package aether.archive.intake;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The little that an archiver reads of an envelope: which position it claims, outside and inside. */
final class Envelope {

    /** The header that carries the position. */
    static final String SEQUENCE_HEADER = "ce_sequence";

    /** Nineteen digits after a zero always fit a long. */
    private static final Pattern SEQUENCE = Pattern.compile("0\\d{19}");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Envelope() {}

    /**
     * The position that header and body agree on. Anything else is foreign: was it an event of ours, its position is
     * missed and the log waits.
     */
    static long position(byte @Nullable [] header, byte @Nullable [] value) {
        if (header == null || value == null) {
            return EventRecord.FOREIGN;
        }
        String sequence = new String(header, StandardCharsets.US_ASCII);
        if (!SEQUENCE.matcher(sequence).matches() || !sequence.equals(bodySequence(value))) {
            return EventRecord.FOREIGN;
        }
        try {
            return Long.parseLong(sequence);
        } catch (NumberFormatException e) {
            return EventRecord.FOREIGN; // beyond 2^63
        }
    }

    private static String bodySequence(byte[] value) {
        try {
            JsonNode sequence = JSON.readTree(value).path("sequence");
            return sequence.isString() ? sequence.asString() : "";
        } catch (JacksonException e) {
            return "";
        }
    }
}
