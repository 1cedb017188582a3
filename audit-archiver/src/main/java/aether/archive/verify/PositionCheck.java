package aether.archive.verify;

import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** L5: every entry says itself at which position it stands, so nothing can be left out or moved. */
final class PositionCheck {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Findings findings;

    PositionCheck(Findings findings) {
        this.findings = findings;
    }

    void check(long index, byte[] entry) {
        String expected = String.format(Locale.ROOT, "%020d", index);
        try {
            JsonNode sequence = JSON.readTree(entry).path("sequence");
            if (!sequence.isString() || !sequence.asString().equals(expected)) {
                findings.wrong("Expected entry " + index + " to have sequence " + expected + ", but it has "
                        + (sequence.isMissingNode() ? "none" : sequence) + ".");
            }
        } catch (JacksonException e) {
            findings.wrong("Expected entry " + index + " to be JSON, but it is not. " + e.getOriginalMessage());
        }
    }
}
