package aether.store.axon;

import aether.format.EventCodec;
import aether.format.StoredEvent;
import java.time.Instant;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.jspecify.annotations.Nullable;

/** Stored events as Axon's messages, positions as Axon's tokens. */
final class LogMessages {

    private LogMessages() {}

    static TrackedEventMessage<?> tracked(StoredEvent event, EventCodec codec) {
        LazyMessage message = new LazyMessage(event, codec);
        return new GenericTrackedDomainEventMessage<>(
                new GlobalSequenceTrackingToken(event.position()),
                aggregateType(event.stream()),
                event.stream(),
                event.sequence(),
                message,
                () -> decidedAt(message));
    }

    static DomainEventMessage<?> domain(StoredEvent event, EventCodec codec) {
        LazyMessage message = new LazyMessage(event, codec);
        return new GenericDomainEventMessage<>(
                aggregateType(event.stream()), event.stream(), event.sequence(), message, () -> decidedAt(message));
    }

    /** What stands before the first hyphen: {@code cluster} of {@code cluster-<uuid>}. */
    static String aggregateType(String stream) {
        int hyphen = stream.indexOf('-');
        return hyphen < 0 ? stream : stream.substring(0, hyphen);
    }

    /** The token of a reader that has seen everything before a position; null at the very start, as Axon has it. */
    static @Nullable TrackingToken tokenBefore(long position) {
        return position == 0 ? null : new GlobalSequenceTrackingToken(position - 1);
    }

    /** The first position that a reader with this token has not seen. */
    static long firstAfter(@Nullable TrackingToken token) {
        TrackingToken bare = token == null ? null : WrappedToken.unwrapLowerBound(token);
        if (bare == null) {
            return 0;
        }
        if (bare instanceof GlobalSequenceTrackingToken position) {
            return position.getGlobalIndex() + 1;
        }
        throw new IllegalArgumentException("Expected a GlobalSequenceTrackingToken, but got " + bare);
    }

    private static Instant decidedAt(LazyMessage message) {
        return MetadataMapping.decidedAt(message.stored());
    }
}
