package aether.reconcile.desired;

import aether.domain.kernel.DomainEvent;
import aether.format.EventCodec;
import aether.format.StoredEvent;
import aether.reconcile.loop.Backoff;
import aether.store.log.LogReader;
import aether.store.log.LogUnavailable;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the log from position 0 into a {@link DesiredWorld} and goes on following it. Keys are told only once the head
 * of the start has been reached, so that nobody acts on a past that is over.
 */
public final class LogFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogFollower.class);

    /** Bounds how long a stop waits for a quiet log. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final LogReader reader;
    private final EventCodec codec;
    private final DesiredWorld world;
    private final Consumer<WorkKey> changed;
    private final Backoff backoff;
    private final Thread thread;
    private final Set<WorkKey> withheld = new LinkedHashSet<>();
    private long next;
    private volatile boolean ready;
    private volatile boolean stopping;

    /**
     * A follower that has not started.
     *
     * @param changed told of every key that events are about
     */
    public LogFollower(
            LogReader reader, EventCodec codec, DesiredWorld world, Consumer<WorkKey> changed, Backoff backoff) {
        this.reader = reader;
        this.codec = codec;
        this.world = world;
        this.changed = changed;
        this.backoff = backoff;
        this.thread = Thread.ofPlatform().daemon().name("aether-desired").unstarted(this::follow);
    }

    /** Starts following. */
    public void start() {
        thread.start();
    }

    /** Whether the head of the start has been reached. */
    public boolean isReady() {
        return ready;
    }

    private void follow() {
        int failures = 0;
        try {
            while (!stopping) {
                try {
                    readOn();
                    failures = 0;
                } catch (RuntimeException e) { // the edge of the thread: it may wait, but it may not end
                    failures++;
                    complain(e, failures);
                    Thread.sleep(backoff.after(failures));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An absence is over one day and changes nothing that is known; an event we cannot read makes us not ready. */
    private void complain(RuntimeException failure, int failures) {
        if (!(failure instanceof LogUnavailable)) {
            ready = false;
        }
        if (failures == 1) {
            if (failure instanceof LogUnavailable) {
                LOG.warn("{}; looking again until it is back", failure.getMessage());
            } else {
                LOG.error("Expected to understand position {} of the log, but could not", next, failure);
            }
        }
    }

    private void readOn() throws InterruptedException {
        List<StoredEvent> page = reader.read(next, LogReader.PAGE);
        for (StoredEvent event : page) {
            take(event);
        }
        if (page.size() < LogReader.PAGE) {
            if (!ready) {
                ready = true;
                LOG.info("The desired state is known up to position {}", next - 1);
            }
            withheld.forEach(changed);
            withheld.clear();
        }
        if (page.isEmpty()) {
            boolean ignored = reader.awaitAfter(next - 1, PATIENCE);
        }
    }

    private void take(StoredEvent event) {
        if (codec.decode(event.type(), event.revision(), event.payload()) instanceof DomainEvent happened) {
            withheld.addAll(world.fold(happened, event.sequence()));
        }
        next = event.position() + 1;
    }

    @Override
    public void close() {
        stopping = true;
        thread.interrupt();
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
