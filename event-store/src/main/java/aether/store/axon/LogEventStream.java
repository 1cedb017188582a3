package aether.store.axon;

import aether.format.EventCodec;
import aether.format.StoredEvent;
import aether.store.log.LogReader;
import aether.store.log.LogSignal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.jspecify.annotations.Nullable;

/** One processor's way through the log. Used by one thread at a time; an empty end is not asked again before a wake. */
final class LogEventStream implements TrackingEventStream {

    /** Never seen by {@link LogSignal#wakes}. */
    private static final long NEVER = -1;

    private final LogReader reader;

    private final LogSignal signal;

    private final EventCodec codec;

    private List<StoredEvent> page = List.of();

    private int next;

    private long position;

    private long wakesAtEnd = NEVER;

    private @Nullable TrackedEventMessage<?> head;

    private LogSignal.@Nullable Subscription subscription;

    LogEventStream(LogReader reader, LogSignal signal, EventCodec codec, long from) {
        this.reader = reader;
        this.signal = signal;
        this.codec = codec;
        this.position = from;
    }

    @Override
    public Optional<TrackedEventMessage<?>> peek() {
        return Optional.ofNullable(fetch());
    }

    @Override
    public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
        long deadline = System.nanoTime() + unit.toNanos(timeout);
        while (fetch() == null) {
            long left = deadline - System.nanoTime();
            if (left <= 0 || !signal.await(wakesAtEnd, Duration.ofNanos(left))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
        TrackedEventMessage<?> message = fetch();
        while (message == null) {
            boolean ignored = signal.await(wakesAtEnd, LogSignal.FALLBACK_POLL);
            message = fetch();
        }
        head = null;
        next++;
        return message;
    }

    @Override
    public boolean setOnAvailableCallback(Runnable callback) {
        close();
        subscription = signal.onWake(callback);
        return true;
    }

    @Override
    public void close() {
        LogSignal.Subscription current = subscription;
        subscription = null;
        if (current != null) {
            current.close();
        }
    }

    private @Nullable TrackedEventMessage<?> fetch() {
        if (head != null) {
            return head;
        }
        if (next == page.size() && !turnPage()) {
            return null;
        }
        head = LogMessages.tracked(page.get(next), codec);
        return head;
    }

    private boolean turnPage() {
        long wakes = signal.wakes(); // before reading, so that what comes after the read is a new wake
        if (wakes == wakesAtEnd) {
            return false;
        }
        page = reader.read(position, LogReader.PAGE);
        next = 0;
        if (page.isEmpty()) {
            wakesAtEnd = wakes;
            return false;
        }
        position = page.getLast().position() + 1;
        return true;
    }
}
