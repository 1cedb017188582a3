package aether.format;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads envelopes; attributes that it does not know are passed over, because a later version may add some. */
final class EnvelopeReader {

    private final EventCodec codec;

    EnvelopeReader(EventCodec codec) {
        this.codec = codec;
    }

    ReceivedEvent read(String key, byte[] value) {
        Map<String, String> attributes = new HashMap<>();
        byte[] data = attributesAndData(value, attributes);
        if (!"1.0".equals(attributes.get("specversion"))) {
            throw new IllegalArgumentException(
                    "Expected a CloudEvent of version 1.0, but got " + attributes.get("specversion") + ".");
        }
        try {
            return received(key, attributes, data);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("Expected times in RFC 3339, but " + e.getMessage() + ".", e);
        }
    }

    private ReceivedEvent received(String key, Map<String, String> attributes, byte[] data) {
        String stream = required(attributes, "subject");
        String versioned = required(attributes, "type");
        int cut = versioned.lastIndexOf(".v");
        if (cut < 0) {
            throw new IllegalArgumentException("Expected a type that ends in its revision, but got " + versioned + ".");
        }
        String type = versioned.substring(0, cut);
        int revision = Integer.parseInt(versioned.substring(cut + ".v".length()));
        EventMetadata metadata = new EventMetadata(
                required(attributes, "authtype"),
                required(attributes, "authid"),
                attributes.get("organization"),
                key.equals(stream) ? null : key,
                attributes.get("requestid"),
                attributes.get("sourceaddress"),
                uuid(attributes.get("commandid")),
                uuid(attributes.get("causationid")),
                uuid(attributes.get("correlationid")),
                attributes.get("traceparent"),
                micros(required(attributes, "time")));
        return new ReceivedEvent(
                Long.parseLong(required(attributes, "sequence")),
                stream,
                Long.parseLong(required(attributes, "streamsequence")),
                UUID.fromString(required(attributes, "id")),
                required(attributes, "source"),
                type,
                revision,
                micros(required(attributes, "recordedtime")),
                metadata,
                codec.decode(type, revision, data));
    }

    private static byte[] attributesAndData(byte[] value, Map<String, String> attributes) {
        byte[] data = null;
        try (JsonParser json = CanonicalJson.MAPPER.createParser(value)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("Expected a CloudEvent as a JSON object, but got no object.");
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                JsonToken token = json.nextToken();
                if (name.equals("data")) {
                    int from = Math.toIntExact(json.currentTokenLocation().getByteOffset());
                    json.skipChildren();
                    data = Arrays.copyOfRange(
                            value, from, Math.toIntExact(json.currentLocation().getByteOffset()));
                } else if (token.isScalarValue()) {
                    attributes.put(name, json.getString());
                } else {
                    json.skipChildren();
                }
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException("Expected a CloudEvent in JSON, but " + e.getOriginalMessage(), e);
        }
        if (data == null) {
            throw new IllegalArgumentException("Expected a CloudEvent with data, but got one without.");
        }
        return data;
    }

    private static String required(Map<String, String> attributes, String name) {
        String value = attributes.get(name);
        if (value == null) {
            throw new IllegalArgumentException("Expected a CloudEvent with attribute " + name + ", but it has none.");
        }
        return value;
    }

    private static @Nullable UUID uuid(@Nullable String text) {
        return text == null ? null : UUID.fromString(text);
    }

    private static long micros(String time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(time));
    }
}
