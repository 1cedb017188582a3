package aether.projection.live;

import aether.projection.timeline.TimelineEntry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** What one listener has not taken yet, in bounded memory. */
final class Subscription {

    /** Entries that may wait for one listener; who lets more wait reads slower than things happen. */
    static final int BUFFER = 1024;

    private final Subject subject;
    private final long since;
    private final BlockingQueue<TimelineEntry> entries = new ArrayBlockingQueue<>(BUFFER);
    private volatile boolean overflown;

    /**
     * A subscription.
     *
     * @param since the last position before it: every later entry will be offered
     */
    Subscription(Subject subject, long since) {
        this.subject = subject;
        this.since = since;
    }

    long since() {
        return since;
    }

    void offer(TimelineEntry entry) {
        if (subject.includes(entry) && !entries.offer(entry)) {
            overflown = true;
        }
    }

    /** Whether an entry had to be left out, so that the subscription is of no more use. */
    boolean isOverflown() {
        return overflown;
    }

    /** The next entry, if one comes in time. */
    Optional<TimelineEntry> next(Duration wait) throws InterruptedException {
        return Optional.ofNullable(entries.poll(wait.toMillis(), TimeUnit.MILLISECONDS));
    }
}
