package aether.store.axon;

import aether.format.EventCodec;
import aether.store.log.LogReader;
import aether.store.log.LogSignal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/** The log as a source for streaming processors in any process, woken by the log instead of polling it. */
public final class LogMessageSource implements StreamableMessageSource<TrackedEventMessage<?>> {

    private final LogReader reader;

    private final LogSignal signal;

    private final EventCodec codec;

    /** A source over a reader and the signal that wakes it; the caller closes both. */
    public LogMessageSource(LogReader reader, LogSignal signal, EventCodec codec) {
        this.reader = reader;
        this.signal = signal;
        this.codec = codec;
    }

    @Override
    public TrackingEventStream openStream(@Nullable TrackingToken trackingToken) {
        return new LogEventStream(reader, signal, codec, LogMessages.firstAfter(trackingToken));
    }

    @Override
    public @Nullable TrackingToken createTailToken() {
        return LogMessages.tokenBefore(0);
    }

    @Override
    public @Nullable TrackingToken createHeadToken() {
        return LogMessages.tokenBefore(reader.head() + 1);
    }

    @Override
    public @Nullable TrackingToken createTokenAt(Instant dateTime) {
        return LogMessages.tokenBefore(reader.positionAt(ChronoUnit.MICROS.between(Instant.EPOCH, dateTime)));
    }

    @Override
    public @Nullable TrackingToken createTokenSince(Duration duration) {
        return createTokenAt(GenericEventMessage.clock.instant().minus(duration));
    }
}
