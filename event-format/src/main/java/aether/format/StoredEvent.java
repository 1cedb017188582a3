package aether.format;

import java.util.UUID;

/**
 * One row of the event log, exactly as it is kept: rendering it again years later gives the same bytes.
 *
 * @param position the dense global number of the event, from 0
 * @param stream the stream it belongs to, for example {@code cluster-<uuid>}
 * @param sequence its number within the stream, from 0
 * @param eventId the caller's id of the event
 * @param type the event's name without revision, from the table of event types
 * @param revision the revision of the payload, from 1
 * @param envelopeVersion the version of the CloudEvent rendering, frozen per version
 * @param recordedMicros when the log took it, microseconds since the epoch; never runs backwards along positions
 * @param payload canonical JSON of the event
 * @param metadata canonical JSON of {@link EventMetadata}
 */
@SuppressWarnings("ArrayRecordComponent") // the arrays are the row's bytes; nobody compares rows by equals
public record StoredEvent(
        long position,
        String stream,
        long sequence,
        UUID eventId,
        String type,
        int revision,
        int envelopeVersion,
        long recordedMicros,
        byte[] payload,
        byte[] metadata) {}
