package aether.projection.timeline;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A timeline entry in the API.
 *
 * @param position the event's number in the log, in decimal
 * @param id the event's id
 */
public record TimelineAnswer(
        String position,
        UUID id,
        @Nullable UUID orgId,
        @Nullable UUID clusterId,
        Instant time,
        Instant recordedTime,
        String type,
        String actorType,
        String actor,
        String subject,
        @Nullable String stage,
        String sentence) {

    /** How an entry is shown. */
    public static TimelineAnswer of(TimelineEntry entry) {
        return new TimelineAnswer(
                Long.toString(entry.position()),
                entry.eventId(),
                entry.orgId(),
                entry.clusterId(),
                entry.time(),
                entry.recordedTime(),
                entry.type(),
                entry.actorType(),
                entry.actor(),
                entry.subject(),
                entry.stage(),
                entry.sentence());
    }
}
