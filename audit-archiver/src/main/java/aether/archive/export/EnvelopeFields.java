package aether.archive.export;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the forms of an export need of an entry's attributes, each empty where the entry has none, and its data as they
 * stand in the log. A tree of the whole entry would take most of an export's time.
 */
final class EnvelopeFields {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    String id = "";
    String type = "";
    String time = "";
    String recordedTime = "";
    String organization = "";
    String subject = "";
    String streamSequence = "";
    String authType = "";
    String authId = "";
    String sourceAddress = "";
    String requestId = "";
    String causationId = "";
    String correlationId = "";
    String sequence = "";
    String data = "";

    private EnvelopeFields() {}

    /**
     * Reads an entry.
     *
     * @return null when it is JSON, but no object
     * @throws JacksonException when it is no JSON
     */
    static @Nullable EnvelopeFields read(byte[] entry) {
        EnvelopeFields fields = new EnvelopeFields();
        try (JsonParser parser = JSON.createParser(entry)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("data")) {
                    fields.data = asItStands(parser, entry);
                } else if (value.isStructStart()) {
                    parser.skipChildren();
                } else if (value != JsonToken.VALUE_NULL) {
                    fields.set(name, parser);
                }
            }
        }
        return fields;
    }

    private void set(String name, JsonParser value) {
        switch (name) {
            case "id" -> id = value.getString();
            case "type" -> type = value.getString();
            case "time" -> time = value.getString();
            case "recordedtime" -> recordedTime = value.getString();
            case "organization" -> organization = value.getString();
            case "subject" -> subject = value.getString();
            case "streamsequence" -> streamSequence = value.getString();
            case "authtype" -> authType = value.getString();
            case "authid" -> authId = value.getString();
            case "sourceaddress" -> sourceAddress = value.getString();
            case "requestid" -> requestId = value.getString();
            case "causationid" -> causationId = value.getString();
            case "correlationid" -> correlationId = value.getString();
            case "sequence" -> sequence = value.getString();
            default -> {} // of no form's interest
        }
    }

    private static String asItStands(JsonParser parser, byte[] entry) {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        int to = (int) parser.currentLocation().getByteOffset();
        return new String(entry, from, to - from, StandardCharsets.UTF_8);
    }

    /** A text in the data, empty when there is none of this name. */
    String textInData(String name) {
        return data.isEmpty() ? "" : JSON.readTree(data).path(name).asString("");
    }
}
