package aether.store.axon;

import aether.format.Envelope;
import aether.format.EventCodec;
import aether.format.EventMetadata;
import aether.format.StoredEvent;
import aether.store.log.AppendCommand;
import aether.store.log.AppendOutcome;
import aether.store.log.LogReader;
import aether.store.log.LogWriter;
import aether.store.log.NewEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;

/**
 * The log as Axon's event storage. An aggregate's identifier is its stream; what one call appends is one command and is
 * stored wholly or not at all, in its own commit: run the command bus with {@code NoTransactionManager}.
 *
 * <p>There are no snapshots: a bounded cache ({@link AggregateCache}) keeps loads away from the log.
 */
public final class LogEventStorageEngine implements EventStorageEngine {

    private final LogWriter writer;

    private final LogReader reader;

    private final EventCodec codec;

    private final Consumer<AppendOutcome.Appended> appended;

    /** An engine that appends and reads; the caller closes both. */
    public LogEventStorageEngine(LogWriter writer, LogReader reader, EventCodec codec) {
        this(writer, reader, codec, ignored -> {});
    }

    /**
     * An engine that also says where events came to lie.
     *
     * @param appended told after every append, on the thread that appended
     */
    public LogEventStorageEngine(
            LogWriter writer, LogReader reader, EventCodec codec, Consumer<AppendOutcome.Appended> appended) {
        this.writer = writer;
        this.reader = reader;
        this.codec = codec;
        this.appended = appended;
    }

    /**
     * Appends the events of one command and returns once they are flushed.
     *
     * @throws DuplicateCommandException when a command with the id in the metadata is stored already
     * @throws AggregateStreamCreationException when the stream of a first event exists
     * @throws ConcurrencyException when a stream moved on since it was read
     * @throws aether.store.log.LogUnavailable when the log is away; nothing is stored
     * @throws aether.store.log.LogOutcomeUnknown when the log went away after the events were sent
     */
    @Override
    public void appendEvents(List<? extends EventMessage<?>> events) {
        if (events.isEmpty()) {
            return;
        }
        UUID commandId = null;
        List<NewEvent> encoded = new ArrayList<>(events.size());
        for (EventMessage<?> event : events) {
            if (!(event instanceof DomainEventMessage<?> domainEvent)) {
                throw new IllegalArgumentException("Expected an event of an aggregate, because every event has a stream"
                        + " and a sequence, but got " + event.getPayloadType().getName());
            }
            EventMetadata metadata = MetadataMapping.toLog(event.getMetaData(), event.getTimestamp());
            commandId = commandId == null ? metadata.commandId() : commandId;
            encoded.add(encode(domainEvent, metadata));
        }
        switch (writer.append(new AppendCommand(commandId, encoded))) {
            case AppendOutcome.Appended stored -> appended.accept(stored);
            case AppendOutcome.Duplicate duplicate ->
                throw new DuplicateCommandException(duplicate.commandId(), duplicate.position());
            case AppendOutcome.Conflict conflict -> throw refusal(conflict);
        }
    }

    /** Axon takes a snapshot only where one is configured, and none is. */
    @Override
    public void storeSnapshot(DomainEventMessage<?> snapshot) {
        throw new UnsupportedOperationException("Expected no snapshots, because aggregates are cached, but got one of "
                + snapshot.getAggregateIdentifier());
    }

    @Override
    public Optional<DomainEventMessage<?>> readSnapshot(String aggregateIdentifier) {
        return Optional.empty();
    }

    @Override
    public Stream<? extends TrackedEventMessage<?>> readEvents(
            @Nullable TrackingToken trackingToken, boolean mayBlock) {
        return Stream.iterate(
                        page(LogMessages.firstAfter(trackingToken)),
                        events -> !events.isEmpty(),
                        events -> page(events.getLast().position() + 1))
                .flatMap(List::stream)
                .map(event -> LogMessages.tracked(event, codec));
    }

    @Override
    public DomainEventStream readEvents(String aggregateIdentifier, long firstSequenceNumber) {
        return new LogAggregateStream(reader, codec, aggregateIdentifier, firstSequenceNumber);
    }

    @Override
    public Optional<Long> lastSequenceNumberFor(String aggregateIdentifier) {
        return reader.lastSequence(aggregateIdentifier).stream().boxed().findFirst();
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

    private List<StoredEvent> page(long from) {
        return reader.read(from, LogReader.PAGE);
    }

    private NewEvent encode(DomainEventMessage<?> event, EventMetadata metadata) {
        EventCodec.Encoded encoded = codec.encode(event.getPayload());
        return new NewEvent(
                event.getAggregateIdentifier(),
                event.getSequenceNumber(),
                UUID.fromString(event.getIdentifier()),
                encoded.type(),
                encoded.revision(),
                Envelope.CURRENT_VERSION,
                encoded.payload(),
                codec.encodeMetadata(metadata));
    }

    private static RuntimeException refusal(AppendOutcome.Conflict conflict) {
        String message = "Expected event " + conflict.expectedSequence() + " next in stream " + conflict.stream()
                + ", but the log has events up to " + (conflict.nextSequence() - 1);
        return conflict.expectedSequence() == 0
                ? new AggregateStreamCreationException(message)
                : new ConcurrencyException(message);
    }
}
