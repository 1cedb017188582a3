package aether.format;

import java.util.UUID;

/**
 * An event as a consumer of Kafka sees it.
 *
 * @param position the dense global number of the event; the order in which consumers apply events
 * @param stream the stream it belongs to
 * @param sequence its number within the stream
 * @param source which installation it comes from
 * @param type the event's name without revision
 * @param revision the revision that was stored; the event itself is upcast already
 * @param recordedMicros when the log took it, microseconds since the epoch
 * @param metadata who caused it and why, with the time of the decision
 * @param event the domain event in its newest form
 */
public record ReceivedEvent(
        long position,
        String stream,
        long sequence,
        UUID eventId,
        String source,
        String type,
        int revision,
        long recordedMicros,
        EventMetadata metadata,
        Object event) {}
