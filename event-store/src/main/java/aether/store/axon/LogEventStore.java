package aether.store.axon;

import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.AbstractEventStore;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * Axon's event store over the log. Unlike {@code EmbeddedEventStore} it keeps no thread that polls: its streams are
 * those of {@link LogMessageSource}.
 */
public final class LogEventStore extends AbstractEventStore {

    private final LogMessageSource source;

    /** A store that appends through the engine and streams from the source. */
    public LogEventStore(LogEventStorageEngine engine, LogMessageSource source) {
        super(new Builder().storageEngine(engine));
        this.source = source;
    }

    @Override
    public TrackingEventStream openStream(@Nullable TrackingToken trackingToken) {
        return source.openStream(trackingToken);
    }

    /**
     * The events of an aggregate; none, without looking, when the command that is being handled says in its metadata
     * ({@link MetadataKeys#BEGINS}) that it begins this stream.
     */
    @Override
    public DomainEventStream readEvents(String aggregateIdentifier) {
        return begins(aggregateIdentifier) ? DomainEventStream.empty() : super.readEvents(aggregateIdentifier);
    }

    private static boolean begins(String stream) {
        return CurrentUnitOfWork.isStarted()
                && stream.equals(
                        CurrentUnitOfWork.get().getMessage().getMetaData().get(MetadataKeys.BEGINS));
    }

    private static final class Builder extends AbstractEventStore.Builder {}
}
