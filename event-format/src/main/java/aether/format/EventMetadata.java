package aether.format;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who caused an event and why: what the audit trail must answer about it.
 *
 * @param actorType what kind of principal acted: {@code user}, {@code worker}, {@code saga} or {@code platform}
 * @param actor the principal's name, a pseudonym where it is a person
 * @param organization the organization the event concerns, if any
 * @param tenant the tenant (cluster, else organization) id that keys the event on Kafka, if any
 * @param requestId the request that carried the command
 * @param sourceAddress the address the request came from, sealed where it is a person's
 * @param commandId the id of the command; the log drops a second command with the same id
 * @param causationId the id of the event that caused the command
 * @param correlationId the id shared by everything that one request set in motion
 * @param traceparent W3C trace context
 * @param decidedAtMicros when the decision was made, microseconds since the epoch (the log's own time stands apart)
 */
public record EventMetadata(
        String actorType,
        String actor,
        @Nullable String organization,
        @Nullable String tenant,
        @Nullable String requestId,
        @Nullable String sourceAddress,
        @Nullable UUID commandId,
        @Nullable UUID causationId,
        @Nullable UUID correlationId,
        @Nullable String traceparent,
        long decidedAtMicros) {}
