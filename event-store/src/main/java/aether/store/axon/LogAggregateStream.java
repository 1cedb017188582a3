package aether.store.axon;

import aether.format.EventCodec;
import aether.format.StoredEvent;
import aether.store.log.LogReader;
import java.util.List;
import java.util.NoSuchElementException;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.jspecify.annotations.Nullable;

/** A stream's events for one aggregate load: one round trip, and another only when a full page came. */
final class LogAggregateStream implements DomainEventStream {

    private final LogReader reader;

    private final EventCodec codec;

    private final String stream;

    private List<StoredEvent> page;

    private int next;

    private @Nullable Long last;

    LogAggregateStream(LogReader reader, EventCodec codec, String stream, long fromSequence) {
        this.reader = reader;
        this.codec = codec;
        this.stream = stream;
        this.page = reader.readStream(stream, fromSequence);
        this.last = page.isEmpty() ? null : page.getLast().sequence();
    }

    @Override
    public boolean hasNext() {
        if (next == page.size() && page.size() == LogReader.PAGE) {
            page = reader.readStream(stream, page.getLast().sequence() + 1);
            next = 0;
            last = page.isEmpty() ? last : Long.valueOf(page.getLast().sequence());
        }
        return next < page.size();
    }

    @Override
    public DomainEventMessage<?> next() {
        DomainEventMessage<?> message = peek();
        next++;
        return message;
    }

    @Override
    public DomainEventMessage<?> peek() {
        if (!hasNext()) {
            throw new NoSuchElementException("Expected another event of stream " + stream + ", but it ended");
        }
        return LogMessages.domain(page.get(next), codec);
    }

    /** The sequence of the last event read so far; Axon asks once it has taken everything. */
    @Override
    public @Nullable Long getLastSequenceNumber() {
        return last;
    }
}
