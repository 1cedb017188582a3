package aether.projection.event;

import aether.domain.kernel.DomainEvent;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event of the log as projectors see it.
 *
 * @param position its dense number in the log
 * @param time when it was decided
 * @param recordedTime when the log took it
 * @param type the event's name without revision
 * @param actorType what kind of principal acted
 * @param subject the stream it belongs to
 * @param organization the organization that its envelope names, if any
 */
public record IncomingEvent(
        long position,
        UUID eventId,
        Instant time,
        Instant recordedTime,
        String type,
        String actorType,
        String actor,
        String subject,
        @Nullable UUID organization,
        DomainEvent event) {}
