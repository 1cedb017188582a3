package aether.projection.intake;

import aether.projection.database.ViewStore;
import aether.projection.event.IncomingEvent;
import aether.projection.position.IntakeMonitor;
import aether.projection.position.IntakeStatus;
import aether.projection.position.Positions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One reading of the topic into the views: restores the order, applies batches, and says so when a position is missing.
 * It remembers nothing that the database does not know; after any failure a new one begins there.
 */
final class Follower implements FeedListener {

    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

    /** Events per transaction: enough to share one commit, few enough that readers see progress. */
    private static final int BATCH = 500;

    /**
     * How many early records of one partition may wait; times the partitions and a few KiB each, this is the memory.
     */
    private static final int WAITING_PER_PARTITION = 2_000;

    /** A missing position is asked for again this often; each time the door may have to publish a lot. */
    private static final Duration ASK_AGAIN = Duration.ofSeconds(10);

    /** After so long without what was asked for, begin again from the database: the topic may have changed. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** How old a statement may become while the views move. */
    private static final Duration FRESH = Duration.ofSeconds(30);

    private static final long NEVER = Long.MIN_VALUE;

    private final ViewStore store;
    private final String topic;
    private final EventReader reader;
    private final Wanted wanted;
    private final IntakeMonitor monitor;
    private final LongSupplier nanoTime;
    private final TotalOrder<FeedRecord> order;
    private long unreadable = -1;
    private boolean drained;
    private long lastStated = NEVER;
    private long stated = -1;
    private long gapSince = NEVER;
    private long lastAsked = NEVER;

    Follower(ViewStore store, IntakeParts parts, IntakeMonitor monitor, long nextWanted, Map<Integer, Long> offsets) {
        this.store = store;
        this.topic = parts.topic();
        this.reader = parts.reader();
        this.wanted = parts.wanted();
        this.nanoTime = parts.nanoTime();
        this.monitor = monitor;
        this.order = new TotalOrder<>(nextWanted, offsets, WAITING_PER_PARTITION);
    }

    @Override
    public Set<Integer> records(List<FeedRecord> batch) throws SQLException {
        for (FeedRecord record : batch) {
            order.offer(record.partition(), record.offset(), record.position(), record);
        }
        List<FeedRecord> ready = order.ready(BATCH);
        while (!ready.isEmpty()) {
            List<IncomingEvent> events = readable(ready);
            if (!events.isEmpty()) {
                apply(events);
            }
            if (events.size() < ready.size()) {
                break;
            }
            ready = order.ready(BATCH);
        }
        keepStatementFresh();
        return order.crowded();
    }

    /** Everything in Kafka has been read: the moment to say what is missing, or where the log's tail may be lost. */
    @Override
    public Set<Integer> idle() {
        if (order.isStuck() || unreadable == order.nextWanted()) {
            askForMissing();
        } else if (drained) {
            keepStatementFresh();
        } else {
            drained = state(true);
        }
        return order.crowded();
    }

    /** The door begins at what was last stated when it starts: a stale statement would cost it a long way. */
    private void keepStatementFresh() {
        boolean due = lastStated == NEVER || nanoTime.getAsLong() - lastStated >= FRESH.toNanos();
        if (due && stated != order.nextWanted()) {
            state(false);
        }
    }

    private boolean state(boolean again) {
        lastStated = nanoTime.getAsLong(); // also when it could not be said: not again at once
        boolean said = wanted.state(order.nextWanted(), again);
        if (said) {
            stated = order.nextWanted();
        }
        return said;
    }

    private List<IncomingEvent> readable(List<FeedRecord> ready) {
        List<IncomingEvent> events = new ArrayList<>(ready.size());
        for (FeedRecord record : ready) {
            try {
                events.add(reader.read(record));
            } catch (IllegalArgumentException e) {
                LOG.error(
                        "Expected an event at position {} ({} offset {}), but: {} Standing still before it.",
                        record.position(),
                        record.partition(),
                        record.offset(),
                        e.getMessage());
                unreadable = record.position();
                order.reject(record.position()); // the door may bring a copy that can be read
                break;
            }
        }
        return events;
    }

    private void apply(List<IncomingEvent> events) throws SQLException {
        long from = order.nextWanted();
        long to = from + events.size();
        Map<Integer, Long> offsets = order.resumeOffsets(events.size());
        store.write(connection -> {
            Positions.advance(connection, from, to);
            ViewUpdate update = new ViewUpdate(connection);
            for (IncomingEvent event : events) {
                update.apply(event);
            }
            update.flush();
            Positions.saveOffsets(connection, topic, offsets);
            return to;
        });
        order.applied(events.size());
        gapSince = NEVER;
        lastAsked = NEVER;
        monitor.report(IntakeStatus.State.FOLLOWING, to, null);
    }

    private void askForMissing() {
        long now = nanoTime.getAsLong();
        if (gapSince == NEVER) {
            gapSince = now;
        }
        if (now - gapSince > PATIENCE.toNanos()) {
            throw new FeedEndedException("Expected position %d within %s of asking for it, but it has not come."
                    .formatted(order.nextWanted(), PATIENCE));
        }
        if (lastAsked != NEVER && now - lastAsked < ASK_AGAIN.toNanos()) {
            return;
        }
        String sentence = "Expected position %d next, but Kafka has nothing readable before position %d."
                .formatted(order.nextWanted(), order.firstWaiting());
        LOG.warn("{} Asking the door to go back.", sentence);
        monitor.report(IntakeStatus.State.GAP, order.nextWanted(), sentence);
        order.search();
        if (state(true)) {
            lastAsked = now;
        }
    }
}
