package aether.archive.verify;

import static aether.archive.verify.VerificationLevel.DOMAIN;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** L5: every entry is a CloudEvent (1.0.2) that says itself at which position it stands, so nothing can be moved. */
final class EntryCheck {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** What CloudEvents requires, and what every envelope of this log has. */
    private static final List<String> TEXTS = List.of("id", "source", "type", "subject");

    /** Nineteen digits after a zero always fit a long. */
    private static final Pattern DIGITS = Pattern.compile("0\\d{19}");

    private final Findings findings;

    EntryCheck(Findings findings) {
        this.findings = findings;
    }

    EntryPlace placeOf(long index, byte[] entry) {
        try {
            JsonNode event = JSON.readTree(entry);
            requireSequence(index, event.path("sequence"));
            for (String name : TEXTS) {
                if (event.path(name).asString("").isEmpty()) {
                    wrong(index, name, "a text", event.path(name));
                }
            }
            if (!event.path("specversion").asString("").equals("1.0")) {
                wrong(index, "specversion", "1.0", event.path("specversion"));
            }
            requireTime(index, event.path("time"));
            return place(index, event);
        } catch (JacksonException e) {
            findings.wrong(
                    DOMAIN,
                    "entry " + index,
                    "Expected entry " + index + " to be JSON, but it is not. " + e.getOriginalMessage());
            return new EntryPlace(index, "", 0);
        }
    }

    private void requireSequence(long index, JsonNode sequence) {
        String expected = String.format(Locale.ROOT, "%020d", index);
        if (!sequence.isString() || !sequence.asString().equals(expected)) {
            wrong(index, "sequence", expected, sequence);
        }
    }

    private void requireTime(long index, JsonNode time) {
        try {
            OffsetDateTime.parse(time.asString(""));
        } catch (DateTimeException e) {
            wrong(index, "time", "a time (RFC 3339)", time);
        }
    }

    private EntryPlace place(long index, JsonNode event) {
        String version = event.path("streamsequence").asString("");
        if (!DIGITS.matcher(version).matches()) {
            wrong(index, "streamsequence", "20 digits", event.path("streamsequence"));
            return new EntryPlace(index, "", 0);
        }
        return new EntryPlace(index, event.path("subject").asString(""), Long.parseLong(version));
    }

    private void wrong(long index, String name, String expected, JsonNode found) {
        findings.wrong(
                DOMAIN,
                "entry " + index,
                "Expected entry " + index + " to have " + name + " " + expected + ", but it has "
                        + (found.isMissingNode() ? "none" : found) + ".");
    }
}
