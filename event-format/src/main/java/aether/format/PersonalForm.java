package aether.format;

import aether.domain.kernel.Personal;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Personal values in JSON: {@code {"$enc":"A256GCM","ct":…,"iv":…,"kid":…}}. A plain one is refused, whatever forgot to
 * seal it: what would be stored here is stored for years.
 */
final class PersonalForm extends SimpleModule {

    private static final long serialVersionUID = 1L;

    private static final String CIPHER = "A256GCM";

    private static final Set<String> FIELDS = Set.of("$enc", "ct", "iv", "kid");

    PersonalForm() {
        super("aether-personal-form");
        addSerializer(Personal.class, new Writer());
        addDeserializer(Personal.class, new Reader());
    }

    private static final class Writer extends StdSerializer<Personal> {
        Writer() {
            super(Personal.class);
        }

        @Override
        public void serialize(Personal value, JsonGenerator json, SerializationContext context) {
            switch (value) {
                case Personal.Sealed closed -> {
                    json.writeStartObject();
                    json.writeStringProperty("$enc", CIPHER);
                    json.writeStringProperty("ct", closed.ciphertext());
                    json.writeStringProperty("iv", closed.iv());
                    json.writeStringProperty("kid", closed.keyId());
                    json.writeEndObject();
                }
                case Personal.Plain ignored ->
                    throw new IllegalArgumentException(
                            "Expected a personal value to be sealed before it is encoded, but it is plain.");
            }
        }
    }

    private static final class Reader extends StdDeserializer<Personal> {
        Reader() {
            super(Personal.class);
        }

        @Override
        public Personal deserialize(JsonParser json, DeserializationContext context) {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                return (Personal) context.handleUnexpectedToken(getValueType(context), json);
            }
            Map<String, String> fields = new TreeMap<>();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                if (json.nextToken() != JsonToken.VALUE_STRING) {
                    return (Personal) context.handleUnexpectedToken(getValueType(context), json);
                }
                fields.put(name, json.getString());
            }
            if (!fields.keySet().equals(FIELDS) || !CIPHER.equals(fields.get("$enc"))) {
                return context.reportInputMismatch(
                        this, "Expected the fields %s of a value sealed with %s, but got others.", FIELDS, CIPHER);
            }
            return new Personal.Sealed(
                    fields.getOrDefault("kid", ""), fields.getOrDefault("iv", ""), fields.getOrDefault("ct", ""));
        }
    }
}
