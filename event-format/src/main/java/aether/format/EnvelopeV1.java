package aether.format;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Version 1 of the envelope, written by hand so that no library can change its bytes. FROZEN: the archive holds hashes
 * of what this class wrote; another form needs another version beside it.
 */
final class EnvelopeV1 {

    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final long MICROS_PER_SECOND = 1_000_000L;

    private static final int POSITION_DIGITS = 20;

    private static final String ZEROS = "0".repeat(POSITION_DIGITS);

    /** What an envelope is long without its payload, most of the time. */
    private static final int USUAL_LENGTH = 768;

    private EnvelopeV1() {}

    /** Attributes in the order of RFC 8785; absent ones left out; the payload's bytes as they were stored. */
    static byte[] render(String source, StoredEvent event, EventMetadata metadata) {
        StringBuilder head = new StringBuilder(USUAL_LENGTH).append('{');
        attribute(head, "authid", metadata.actor());
        attribute(head, "authtype", metadata.actorType());
        attribute(head, "causationid", metadata.causationId());
        attribute(head, "commandid", metadata.commandId());
        attribute(head, "correlationid", metadata.correlationId());
        head.append(",\"data\":");
        StringBuilder tail = new StringBuilder(USUAL_LENGTH);
        attribute(tail, "datacontenttype", "application/json");
        attribute(tail, "id", event.eventId());
        attribute(tail, "organization", metadata.organization());
        attribute(tail, "recordedtime", time(event.recordedMicros()));
        attribute(tail, "requestid", metadata.requestId());
        attribute(tail, "sequence", digits(event.position()));
        attribute(tail, "source", source);
        attribute(tail, "sourceaddress", metadata.sourceAddress());
        attribute(tail, "specversion", "1.0");
        attribute(tail, "streamsequence", digits(event.sequence()));
        attribute(tail, "subject", event.stream());
        attribute(tail, "time", time(metadata.decidedAtMicros()));
        attribute(tail, "traceparent", metadata.traceparent());
        attribute(tail, "type", type(event));
        tail.append('}');
        byte[] before = head.toString().getBytes(StandardCharsets.UTF_8);
        byte[] after = tail.toString().getBytes(StandardCharsets.UTF_8);
        byte[] whole = new byte[before.length + event.payload().length + after.length];
        System.arraycopy(before, 0, whole, 0, before.length);
        System.arraycopy(event.payload(), 0, whole, before.length, event.payload().length);
        System.arraycopy(after, 0, whole, before.length + event.payload().length, after.length);
        return whole;
    }

    static String type(StoredEvent event) {
        return event.type() + ".v" + event.revision();
    }

    /** Padded, so that the order of the text is the order of the numbers. */
    static String digits(long number) {
        String text = Long.toString(number);
        return ZEROS.substring(text.length()) + text;
    }

    static String time(long micros) {
        return MICROS.format(Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS_PER_SECOND), Math.floorMod(micros, MICROS_PER_SECOND) * 1_000));
    }

    private static void attribute(StringBuilder json, String name, @Nullable Object value) {
        if (value == null) {
            return;
        }
        if (json.isEmpty() || json.charAt(json.length() - 1) != '{') {
            json.append(',');
        }
        json.append('"').append(name).append("\":\"");
        escape(json, value.toString());
        json.append('"');
    }

    /** RFC 8785 §3.2.2.2: the short escapes, lower-case hex for other controls, everything else as it is. */
    private static void escape(StringBuilder json, String text) {
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            switch (character) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\b' -> json.append("\\b");
                case '\t' -> json.append("\\t");
                case '\n' -> json.append("\\n");
                case '\f' -> json.append("\\f");
                case '\r' -> json.append("\\r");
                default -> {
                    if (character < ' ') {
                        json.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
                    } else {
                        json.append(character);
                    }
                }
            }
        }
    }
}
