package aether.format;

import aether.domain.cluster.ClusterId;
import aether.domain.export.ExportId;
import aether.domain.kernel.Ipv4Block;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.machine.MachineId;
import aether.domain.nodepool.NodePoolId;
import aether.domain.organization.OrganizationId;
import aether.domain.privacy.SubjectId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdScalarSerializer;

/**
 * The values that are one string in JSON. 64-bit numbers are among them, because a JSON number is exact only up to 2^53
 * in most readers (RFC 8259 §6).
 */
final class TextForms extends SimpleModule {

    private static final long serialVersionUID = 1L;

    TextForms() {
        super("aether-text-forms");
        add(OrganizationId.class, text -> new OrganizationId(uuid(text)));
        add(ClusterId.class, text -> new ClusterId(uuid(text)));
        add(NodePoolId.class, text -> new NodePoolId(uuid(text)));
        add(MachineId.class, text -> new MachineId(uuid(text)));
        add(SubjectId.class, text -> new SubjectId(uuid(text)));
        add(ExportId.class, text -> new ExportId(uuid(text)));
        add(UUID.class, TextForms::uuid);
        add(Instant.class, Instant::parse);
        add(Long.class, Long::valueOf);
        add(Long.TYPE, Long::valueOf);
        add(
                KubernetesVersion.class,
                text -> KubernetesVersion.parse(text)
                        .filter(version -> version.toString().equals(text))
                        .orElseThrow(IllegalArgumentException::new));
        add(Ipv4Block.class, text -> Ipv4Block.parse(text).orElseThrow(IllegalArgumentException::new));
    }

    /** {@link UUID#fromString} takes shortened groups; only the one full form is read here. */
    private static UUID uuid(String text) {
        UUID uuid = UUID.fromString(text);
        if (!uuid.toString().equals(text)) {
            throw new IllegalArgumentException();
        }
        return uuid;
    }

    private <T> void add(Class<T> type, Function<String, T> parse) {
        addSerializer(type, new Writer<>(type));
        addDeserializer(type, new Reader<>(type, parse));
    }

    private static final class Writer<T> extends StdScalarSerializer<T> {
        Writer(Class<T> type) {
            super(type);
        }

        @Override
        public void serialize(T value, JsonGenerator json, SerializationContext context) {
            json.writeString(value.toString());
        }
    }

    private static final class Reader<T> extends StdScalarDeserializer<T> {
        private final transient Function<String, T> parse;

        Reader(Class<T> type, Function<String, T> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        @SuppressWarnings("unchecked")
        public T deserialize(JsonParser json, DeserializationContext context) {
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                return (T) context.handleUnexpectedToken(context.constructType(handledType()), json);
            }
            try {
                return parse.apply(json.getString());
            } catch (IllegalArgumentException | DateTimeException e) {
                return (T) context.handleWeirdStringValue(handledType(), json.getString(), "not in its one form");
            }
        }
    }
}
