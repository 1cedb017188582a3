package aether.projection.timeline;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened, as it is told.
 *
 * @param position its number in the log
 * @param orgId the organization it concerns; absent for what concerns the platform alone
 * @param clusterId the cluster it concerns, if one
 * @param time when it was decided
 * @param recordedTime when the log took it
 * @param type the event's name without revision
 * @param actorType what kind of principal acted
 * @param subject the stream it belongs to
 * @param stage the stage of provisioning that it completes, if one; the time between two of them is a stage's duration
 * @param sentence what a person reads
 */
public record TimelineEntry(
        long position,
        UUID eventId,
        @Nullable UUID orgId,
        @Nullable UUID clusterId,
        Instant time,
        Instant recordedTime,
        String type,
        String actorType,
        String actor,
        String subject,
        @Nullable String stage,
        String sentence) {}
