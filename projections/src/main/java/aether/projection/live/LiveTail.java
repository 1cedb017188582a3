package aether.projection.live;

import aether.projection.database.ViewStore;
import aether.projection.position.IntakeMonitor;
import aether.projection.position.Positions;
import aether.projection.timeline.TimelineEntry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the timeline of the view database and tells every subscription. It is woken when this process moves the views
 * and looks by itself now and then, because another process may.
 */
final class LiveTail implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveTail.class);

    private static final int BATCH = 500;

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final ViewStore store;
    private final IntakeMonitor monitor;
    private final List<Subscription> subscriptions = new ArrayList<>();
    private long told = -1;
    private volatile boolean stopping;
    private @Nullable Thread thread;

    LiveTail(ViewStore store, IntakeMonitor monitor) {
        this.store = store;
        this.monitor = monitor;
    }

    synchronized void start() {
        if (thread == null) {
            thread = Thread.ofVirtual().name("projections-live-tail").start(this::follow);
        }
    }

    /**
     * Begins to collect for a listener.
     *
     * @param nextWanted how far the views are known to be: what is before is left to the database
     */
    synchronized Subscription subscribe(Subject subject, long nextWanted) {
        if (subscriptions.isEmpty()) {
            told = Math.max(told, nextWanted - 1);
        }
        Subscription subscription = new Subscription(subject, told);
        subscriptions.add(subscription);
        return subscription;
    }

    synchronized void unsubscribe(Subscription subscription) {
        subscriptions.remove(subscription);
    }

    synchronized int listeners() {
        return subscriptions.size();
    }

    boolean isStopping() {
        return stopping;
    }

    @Override
    public void close() {
        stopping = true;
        Thread running;
        synchronized (this) {
            running = thread;
        }
        if (running != null) {
            running.interrupt();
        }
    }

    private void follow() {
        while (!stopping) {
            try {
                boolean more = tellNext();
                if (!more) {
                    monitor.await(next(), LOOK);
                }
            } catch (InterruptedException e) {
                return;
            } catch (SQLException e) { // the intake says what is wrong with the database; here it is only tried again
                LOG.debug("Expected to read the timeline, but {}", e.getMessage());
                if (isToldToStopWithin(LOOK)) {
                    return;
                }
            }
        }
    }

    private static boolean isToldToStopWithin(Duration wait) {
        try {
            Thread.sleep(wait);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** The monitor's position at which there is something new to tell. */
    private synchronized long next() {
        return told + 2;
    }

    private boolean tellNext() throws SQLException {
        long after;
        synchronized (this) {
            if (subscriptions.isEmpty()) {
                told = Math.max(told, monitor.status().nextWanted() - 1);
                return false;
            }
            after = told;
        }
        List<TimelineEntry> entries = store.read(connection -> {
            monitor.observed(Positions.nextWanted(connection));
            return new Subject.Everything().after(connection, after, BATCH);
        });
        tell(entries);
        return entries.size() == BATCH;
    }

    private synchronized void tell(List<TimelineEntry> entries) {
        for (TimelineEntry entry : entries) {
            if (entry.position() > told) {
                subscriptions.forEach(subscription -> subscription.offer(entry));
                told = entry.position();
            }
        }
    }
}
