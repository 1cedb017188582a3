package aether.format;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.node.ObjectNode;

/** The codec of the platform: canonical JSON, the table of event types, and the upcasters. Safe for many threads. */
public final class JsonEventCodec implements EventCodec {

    /** The upcasters of the platform. */
    public static final List<Upcaster> UPCASTERS = Stream.concat(
                    Stream.of(
                            new VmIdClaimedWithoutAddress(),
                            new ClusterRequestedWithoutChannel(),
                            new ClusterRequestedWithoutMembers(),
                            new ClusterRequestedWithoutRestore(),
                            new RefusalOfPlainCaller(),
                            new SummaryOfPlainCaller()),
                    AuthorityEventOfClusterCa.ALL.stream())
            .toList();

    private record Step(String type, int from) {}

    private final EventTypes types;
    private final Map<Step, Upcaster> upcasters = new HashMap<>();
    private final Map<Class<?>, ObjectWriter> writers = new HashMap<>();
    private final Map<String, ObjectReader> readers = new HashMap<>();
    private final ObjectWriter metadataWriter = CanonicalJson.MAPPER.writerFor(EventMetadata.class);
    private final ObjectReader metadataReader = CanonicalJson.MAPPER.readerFor(EventMetadata.class);

    /** The codec for the events of the domain. */
    public JsonEventCodec() {
        this(EventTypes.PLATFORM, UPCASTERS);
    }

    /**
     * A codec for a table and its upcasters.
     *
     * @throws IllegalArgumentException when an older revision cannot be brought to the current one
     */
    public JsonEventCodec(EventTypes types, List<Upcaster> upcasters) {
        this.types = types;
        for (Upcaster upcaster : upcasters) {
            if (this.upcasters.put(new Step(upcaster.type(), upcaster.from()), upcaster) != null) {
                throw new IllegalArgumentException("Expected one upcaster from revision " + upcaster.from() + " of "
                        + upcaster.type() + ", but there are two.");
            }
        }
        for (EventTypes.Row row : types.rows()) {
            for (int revision = 1; revision < row.revision(); revision++) {
                upcaster(row.name(), revision);
            }
            writers.put(row.event(), CanonicalJson.MAPPER.writerFor(row.event()));
            readers.put(row.name(), CanonicalJson.MAPPER.readerFor(row.event()));
        }
    }

    @Override
    public Encoded encode(Object event) {
        EventTypes.Row row = types.of(event.getClass());
        return new Encoded(
                row.name(), row.revision(), found(writers.get(row.event())).writeValueAsBytes(event));
    }

    @Override
    public Object decode(String type, int revision, byte[] payload) {
        EventTypes.Row row = types.named(type);
        if (revision < 1 || revision > row.revision()) {
            throw new IllegalArgumentException("Expected " + type + " in a revision from 1 to " + row.revision()
                    + ", but got revision " + revision + ".");
        }
        ObjectReader reader = found(readers.get(type));
        try {
            Object event = revision == row.revision()
                    ? reader.<@Nullable Object>readValue(payload)
                    : reader.treeToValue(upcast(row, revision, payload), row.event());
            if (event == null) {
                throw new IllegalArgumentException("Expected a payload of " + type + ", but got null.");
            }
            return event;
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "Expected a payload of " + type + " revision " + revision + ", but " + e.getOriginalMessage(), e);
        }
    }

    @Override
    public byte[] encodeMetadata(EventMetadata metadata) {
        return metadataWriter.writeValueAsBytes(metadata);
    }

    @Override
    public EventMetadata decodeMetadata(byte[] metadata) {
        try {
            return metadataReader.readValue(metadata);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("Expected the metadata of an event, but " + e.getOriginalMessage(), e);
        }
    }

    private ObjectNode upcast(EventTypes.Row row, int stored, byte[] payload) {
        JsonNode tree = CanonicalJson.MAPPER.readTree(payload);
        if (!(tree instanceof ObjectNode node)) {
            throw new IllegalArgumentException(
                    "Expected a JSON object as the payload of " + row.name() + ", but got " + tree.getNodeType() + ".");
        }
        for (int revision = stored; revision < row.revision(); revision++) {
            node = upcaster(row.name(), revision).upcast(node);
        }
        return node;
    }

    private Upcaster upcaster(String type, int from) {
        Upcaster upcaster = upcasters.get(new Step(type, from));
        if (upcaster == null) {
            throw new IllegalArgumentException(
                    "Expected an upcaster from revision " + from + " of " + type + ", but there is none.");
        }
        return upcaster;
    }

    private static <T> T found(@Nullable T value) {
        return Objects.requireNonNull(value, "every row of the table has a reader and a writer");
    }
}
