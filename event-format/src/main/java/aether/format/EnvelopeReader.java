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
        requireVersion(attributes);
        try {
            return received(key, attributes, data);
        } catch (DateTimeException e) {
            throw noTime(e);
        }
    }

    /** The row of the log that the CloudEvent was rendered from, but for the envelope's version, which is given. */
    StoredEvent row(byte[] value, int envelopeVersion) {
        Map<String, String> attributes = new HashMap<>();
        byte[] data = attributesAndData(value, attributes);
        requireVersion(attributes);
        try {
            Type type = type(attributes);
            String tenant =
                    Concern.of(codec.decode(type.name(), type.revision(), data)).tenant();
            return new StoredEvent(
                    Long.parseLong(required(attributes, "sequence")),
                    required(attributes, "subject"),
                    Long.parseLong(required(attributes, "streamsequence")),
                    UUID.fromString(required(attributes, "id")),
                    type.name(),
                    type.revision(),
                    envelopeVersion,
                    micros(required(attributes, "recordedtime")),
                    data,
                    codec.encodeMetadata(metadata(attributes, tenant)));
        } catch (DateTimeException e) {
            throw noTime(e);
        }
    }

    /** The installation whose event it is, from {@code source}. */
    static String installation(byte[] value) {
        Map<String, String> attributes = new HashMap<>();
        byte[] unused = attributesAndData(value, attributes);
        String source = required(attributes, "source");
        if (!source.startsWith(Envelope.SOURCE)) {
            throw new IllegalArgumentException(
                    "Expected a source that begins with " + Envelope.SOURCE + ", but got " + source + ".");
        }
        return source.substring(Envelope.SOURCE.length());
    }

    private ReceivedEvent received(String key, Map<String, String> attributes, byte[] data) {
        String stream = required(attributes, "subject");
        Type type = type(attributes);
        return new ReceivedEvent(
                Long.parseLong(required(attributes, "sequence")),
                stream,
                Long.parseLong(required(attributes, "streamsequence")),
                UUID.fromString(required(attributes, "id")),
                required(attributes, "source"),
                type.name(),
                type.revision(),
                micros(required(attributes, "recordedtime")),
                metadata(attributes, key.equals(stream) ? null : key),
                codec.decode(type.name(), type.revision(), data));
    }

    private record Type(String name, int revision) {}

    private static Type type(Map<String, String> attributes) {
        String versioned = required(attributes, "type");
        int cut = versioned.lastIndexOf(".v");
        if (cut < 0) {
            throw new IllegalArgumentException("Expected a type that ends in its revision, but got " + versioned + ".");
        }
        return new Type(versioned.substring(0, cut), Integer.parseInt(versioned.substring(cut + ".v".length())));
    }

    private static EventMetadata metadata(Map<String, String> attributes, @Nullable String tenant) {
        return new EventMetadata(
                required(attributes, "authtype"),
                required(attributes, "authid"),
                attributes.get("organization"),
                tenant,
                attributes.get("requestid"),
                attributes.get("sourceaddress"),
                uuid(attributes.get("commandid")),
                uuid(attributes.get("causationid")),
                uuid(attributes.get("correlationid")),
                attributes.get("traceparent"),
                micros(required(attributes, "time")));
    }

    private static void requireVersion(Map<String, String> attributes) {
        if (!"1.0".equals(attributes.get("specversion"))) {
            throw new IllegalArgumentException(
                    "Expected a CloudEvent of version 1.0, but got " + attributes.get("specversion") + ".");
        }
    }

    private static IllegalArgumentException noTime(DateTimeException e) {
        return new IllegalArgumentException("Expected times in RFC 3339, but " + e.getMessage() + ".", e);
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
