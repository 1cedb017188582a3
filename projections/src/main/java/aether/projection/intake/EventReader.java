package aether.projection.intake;

import aether.domain.kernel.DomainEvent;
import aether.format.Envelope;
import aether.format.EventMetadata;
import aether.format.JsonEventCodec;
import aether.format.ReceivedEvent;
import aether.projection.event.IncomingEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads records of the events topic. */
final class EventReader {

    /** Envelopes are read whatever installation they come from; the name is only used when writing. */
    private static final String READER = "projections";

    private final Envelope envelopes = new Envelope(READER, new JsonEventCodec());

    /**
     * The event in the record.
     *
     * @throws IllegalArgumentException when the record is no event that this release knows, or not the one its header
     *     promises
     */
    IncomingEvent read(FeedRecord record) {
        ReceivedEvent received = envelopes.read(record.key(), record.value());
        if (received.position() != record.position()) {
            throw new IllegalArgumentException(
                    "Expected position %d as the record's header says, but its envelope says %d."
                            .formatted(record.position(), received.position()));
        }
        if (!(received.event() instanceof DomainEvent event)) {
            throw new IllegalArgumentException("Expected an event of the domain, but got "
                    + received.event().getClass().getName() + ".");
        }
        EventMetadata metadata = received.metadata();
        return new IncomingEvent(
                received.position(),
                received.eventId(),
                instant(metadata.decidedAtMicros()),
                instant(received.recordedMicros()),
                received.type(),
                metadata.actorType(),
                metadata.actor(),
                received.stream(),
                organization(metadata.organization()),
                event);
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static @Nullable UUID organization(@Nullable String text) {
        return text == null ? null : UUID.fromString(text);
    }
}
