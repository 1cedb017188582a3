package aether.projection.intake;

import aether.projection.database.ViewStore;
import aether.projection.position.IntakeMonitor;
import aether.projection.position.IntakeStatus;
import aether.projection.position.Positions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one reading of the topic going for as long as it is told to. Whatever ends a reading (Kafka or PostgreSQL away,
 * a commit whose outcome is unknown, another process that moved the views), the next one begins from what the database
 * says, after a bounded wait.
 */
public final class EventIntake implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventIntake.class);

    /** One batch and one statement may be under way. */
    private static final Duration STOP_WAIT = Duration.ofSeconds(20);

    private record Start(long nextWanted, Map<Integer, Long> offsets) {}

    private final ViewStore store;
    private final Preparation preparation;
    private final IntakeParts parts;
    private final IntakeMonitor monitor;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Backoff backoff = new Backoff();
    private @Nullable Thread thread;
    private boolean prepared;

    EventIntake(ViewStore store, Preparation preparation, IntakeParts parts, IntakeMonitor monitor) {
        this.store = store;
        this.preparation = preparation;
        this.parts = parts;
        this.monitor = monitor;
    }

    /** Begins to follow. */
    public synchronized void start() {
        if (thread == null) {
            thread = Thread.ofVirtual().name("projections-intake").start(this::follow);
        }
    }

    /** Stops after what is under way. */
    @Override
    public void close() {
        Thread running;
        synchronized (this) {
            running = thread;
        }
        stop.countDown();
        if (running == null) {
            return;
        }
        running.interrupt();
        try {
            if (!running.join(STOP_WAIT)) {
                LOG.warn("Expected the intake to stop within {}, but it has not.", STOP_WAIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where the views are. */
    public IntakeMonitor monitor() {
        return monitor;
    }

    private void follow() {
        while (stop.getCount() > 0) {
            long before = monitor.status().nextWanted();
            try {
                readUntilItEnds();
            } catch (InterruptedException e) {
                break;
            } catch (SQLException | RuntimeException e) { // an edge: nothing may end the intake but being told to
                LOG.warn(
                        "The views stand before position {}: {}",
                        monitor.status().nextWanted(),
                        e.getMessage());
                monitor.report(IntakeStatus.State.WAITING, e.getMessage());
            }
            if (monitor.status().nextWanted() > before) {
                backoff.reset();
            }
            if (isToldToStopWithin(backoff.next())) {
                break;
            }
        }
        monitor.report(IntakeStatus.State.STOPPED, null);
    }

    private boolean isToldToStopWithin(Duration wait) {
        try {
            return stop.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    private void readUntilItEnds() throws SQLException, InterruptedException {
        if (!prepared) {
            preparation.prepare();
            prepared = true;
        }
        Start start = store.read(connection ->
                new Start(Positions.nextWanted(connection), Positions.offsets(connection, parts.topic())));
        monitor.report(IntakeStatus.State.FOLLOWING, start.nextWanted(), null);
        Map<Integer, Long> offsets = new HashMap<>();
        for (int partition : parts.feed().partitions()) {
            offsets.put(partition, start.offsets().getOrDefault(partition, 0L));
        }
        Follower follower = new Follower(store, parts, monitor, start.nextWanted(), offsets);
        try (Feed.Session session = parts.feed().open(offsets, follower)) {
            session.await();
        }
    }
}
