package aether.store.axon;

import aether.format.EventMetadata;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

/** Carries metadata between Axon's map and the record that the log keeps. */
final class MetadataMapping {

    private MetadataMapping() {}

    static EventMetadata toLog(MetaData from, Instant decidedAt) {
        return new EventMetadata(
                required(from, MetadataKeys.ACTOR_TYPE),
                required(from, MetadataKeys.ACTOR),
                text(from, MetadataKeys.ORGANIZATION),
                text(from, MetadataKeys.TENANT),
                text(from, MetadataKeys.REQUEST_ID),
                text(from, MetadataKeys.SOURCE_ADDRESS),
                id(from, MetadataKeys.COMMAND_ID),
                id(from, MetadataKeys.CAUSATION_ID),
                id(from, MetadataKeys.CORRELATION_ID),
                text(from, MetadataKeys.TRACEPARENT),
                ChronoUnit.MICROS.between(Instant.EPOCH, decidedAt));
    }

    static MetaData toAxon(EventMetadata from) {
        Map<String, Object> to = new HashMap<>();
        put(to, MetadataKeys.ACTOR_TYPE, from.actorType());
        put(to, MetadataKeys.ACTOR, from.actor());
        put(to, MetadataKeys.ORGANIZATION, from.organization());
        put(to, MetadataKeys.TENANT, from.tenant());
        put(to, MetadataKeys.REQUEST_ID, from.requestId());
        put(to, MetadataKeys.SOURCE_ADDRESS, from.sourceAddress());
        put(to, MetadataKeys.COMMAND_ID, from.commandId());
        put(to, MetadataKeys.CAUSATION_ID, from.causationId());
        put(to, MetadataKeys.CORRELATION_ID, from.correlationId());
        put(to, MetadataKeys.TRACEPARENT, from.traceparent());
        return MetaData.from(to);
    }

    static Instant decidedAt(EventMetadata from) {
        return Instant.EPOCH.plus(from.decidedAtMicros(), ChronoUnit.MICROS);
    }

    private static void put(Map<String, Object> to, String key, @Nullable Object value) {
        if (value != null) {
            to.put(key, value);
        }
    }

    private static String required(MetaData from, String key) {
        String value = text(from, key);
        if (value == null) {
            throw new IllegalArgumentException("Expected metadata '" + key
                    + "' on every event, because the audit trail must name who acted, but there are only "
                    + from.keySet());
        }
        return value;
    }

    private static @Nullable String text(MetaData from, String key) {
        Object value = from.get(key);
        return value == null ? null : value.toString();
    }

    private static @Nullable UUID id(MetaData from, String key) {
        Object value = from.get(key);
        if (value == null || value instanceof UUID) {
            return (UUID) value;
        }
        try {
            return UUID.fromString(value.toString());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Expected metadata '" + key + "' to be a UUID, but it is not", e);
        }
    }
}
