package aether.projection.live;

import aether.projection.database.ViewStore;
import aether.projection.http.Answers;
import aether.projection.position.Positions;
import aether.projection.timeline.TimelineAnswer;
import aether.projection.timeline.TimelineEntry;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One listener's stream: what it has missed, from the database, and then what happens. */
final class EventStream implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

    private static final int PAGE = 200;

    /** Proxies drop connections on which nothing comes for half a minute or more. */
    static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /** After this the listener comes again and shows its token again, which may have been taken back. */
    private static final Duration LIFETIME = Duration.ofHours(1);

    private final ViewStore store;
    private final LiveTail tail;
    private final Subject subject;
    private final StreamSink sink;
    private final LongSupplier nanoTime;
    private long last;

    /**
     * A stream.
     *
     * @param last the position after which it begins
     */
    EventStream(ViewStore store, LiveTail tail, Subject subject, StreamSink sink, LongSupplier nanoTime, long last) {
        this.store = store;
        this.tail = tail;
        this.subject = subject;
        this.sink = sink;
        this.nanoTime = nanoTime;
        this.last = last;
    }

    @Override
    public void run() {
        try {
            sink.comment("connected");
            catchUp();
            Subscription subscription = tail.subscribe(subject, store.read(Positions::nextWanted));
            try {
                catchUp(); // what came between the last page and the subscription
                end(live(subscription));
            } finally {
                tail.unsubscribe(subscription);
            }
        } catch (IOException | IllegalStateException e) { // the listener went away, which is how most streams end
            LOG.debug("A listener left: {}", e.getMessage());
        } catch (SQLException e) {
            endQuietly("views_unavailable", "Expected the views to answer, but their database does not.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sink.close();
        }
    }

    private record Ending(String code, String message) {}

    private Ending live(Subscription subscription) throws IOException, InterruptedException {
        long begin = nanoTime.getAsLong();
        long lastSent = begin;
        while (!tail.isStopping()) {
            if (subscription.isOverflown()) {
                return new Ending(
                        "too_slow",
                        "Expected at most %d events to wait for this listener, but it reads slower than things happen."
                                .formatted(Subscription.BUFFER));
            }
            Optional<TimelineEntry> entry = subscription.next(Duration.ofSeconds(1));
            long now = nanoTime.getAsLong();
            if (entry.isPresent()) {
                send(entry.get());
                lastSent = now;
            } else if (now - lastSent >= HEARTBEAT.toNanos()) {
                sink.comment("heartbeat");
                lastSent = now;
            }
            if (now - begin >= LIFETIME.toNanos()) {
                return new Ending("lifetime_over", "Expected streams to last at most " + LIFETIME.toHours() + " h.");
            }
        }
        return new Ending("stopping", "Expected to go on, but the service is stopping.");
    }

    private void catchUp() throws SQLException, IOException {
        List<TimelineEntry> page;
        do {
            page = store.read(connection -> subject.after(connection, last, PAGE));
            for (TimelineEntry entry : page) {
                send(entry);
            }
        } while (page.size() == PAGE && !tail.isStopping());
    }

    private void send(TimelineEntry entry) throws IOException {
        if (entry.position() > last) {
            sink.event(Long.toString(entry.position()), Answers.text(TimelineAnswer.of(entry)));
            last = entry.position();
        }
    }

    private void end(Ending ending) throws IOException {
        sink.end(Answers.text(Map.of(
                "code",
                ending.code(),
                "message",
                ending.message() + " Connect again with Last-Event-ID " + last + ".")));
    }

    private void endQuietly(String code, String message) {
        try {
            end(new Ending(code, message));
        } catch (IOException e) {
            LOG.debug("A listener left: {}", e.getMessage());
        }
    }
}
