package aether.projection.live;

import static org.assertj.core.api.Assertions.assertThat;

import aether.projection.TestViews;
import aether.projection.database.ViewDatabase;
import aether.projection.position.IntakeMonitor;
import aether.projection.timeline.TimelineEntry;
import aether.projection.timeline.TimelineTable;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EventStreamTest {

    private static final UUID CLUSTER = new UUID(0, 1);
    private static final UUID ORGANIZATION = new UUID(0, 2);

    private final ViewDatabase database;
    private final IntakeMonitor monitor = new IntakeMonitor();
    private final LiveTail tail;
    private final AtomicLong nanos = new AtomicLong();

    EventStreamTest() throws SQLException {
        database = TestViews.create();
        tail = new LiveTail(database, monitor);
        tail.start();
    }

    @AfterEach
    void close() {
        tail.close();
        database.close();
    }

    /** A listener that reads, until it is told to stop reading. */
    private static final class Listener implements StreamSink {
        private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
        private final CountDownLatch reading = new CountDownLatch(1);
        private volatile boolean slow;

        @Override
        public void event(String id, String data) {
            heard.add(id);
            if (slow) {
                try {
                    reading.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        @Override
        public void comment(String text) {
            heard.add(":" + text);
        }

        @Override
        public void end(String data) {
            heard.add(data);
        }

        @Override
        public void close() {
            heard.add("closed");
        }

        private @Nullable String next() throws InterruptedException {
            return heard.poll(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void goesFromWhatWasMissedToWhatHappensWithoutGapOrRepeat() throws Exception {
        append(0, 450);
        Listener listener = listen(-1, new Subject.OfCluster(CLUSTER));
        append(450, 700);

        assertThat(listener.next()).isEqualTo(":connected");
        for (long position : LongStream.range(0, 700).filter(it -> it % 2 == 0).toArray()) {
            assertThat(listener.next()).isEqualTo(Long.toString(position));
        }
        append(700, 702);
        assertThat(listener.next()).isEqualTo("700");
    }

    @Test
    void dropsAListenerThatReadsTooSlowly() throws Exception {
        append(0, 1);
        Listener listener = listen(0, new Subject.Everything());
        while (tail.listeners() == 0) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        listener.slow = true;
        long end = 10 + Subscription.BUFFER + 10;
        append(1, 10);
        assertThat(listener.next()).isEqualTo(":connected");
        assertThat(listener.next()).isEqualTo("1");
        append(10, end);
        Subscription probe = tail.subscribe(new Subject.Everything(), 0);
        while (probe.since() < end - 1) { // until the tail has told everything
            tail.unsubscribe(probe);
            TimeUnit.MILLISECONDS.sleep(10);
            probe = tail.subscribe(new Subject.Everything(), 0);
        }
        listener.slow = false;
        listener.reading.countDown();

        assertThat(listener.next()).contains("too_slow").contains("Last-Event-ID 1.");
        assertThat(listener.next()).isEqualTo("closed");
    }

    @Test
    void showsThatItLivesWhileNothingHappens() throws Exception {
        nanos.set(EventStream.HEARTBEAT.toNanos());
        Listener listener = listen(-1, new Subject.OfOrganization(ORGANIZATION));

        assertThat(listener.next()).isEqualTo(":connected");
        assertThat(listener.next()).isEqualTo(":heartbeat");
    }

    @Test
    void saysWhenTheServiceStops() throws Exception {
        Listener listener = listen(-1, new Subject.Everything());
        assertThat(listener.next()).isEqualTo(":connected");

        tail.close();

        assertThat(listener.next()).contains("stopping");
        assertThat(listener.next()).isEqualTo("closed");
    }

    private Listener listen(long after, Subject subject) {
        Listener listener = new Listener();
        long step = nanos.get();
        AtomicLong now = new AtomicLong();
        EventStream stream = new EventStream(database, tail, subject, listener, () -> now.addAndGet(step), after);
        Thread.ofVirtual().start(stream);
        return listener;
    }

    /** Every second entry is of the cluster. */
    private void append(long from, long to) throws SQLException {
        List<TimelineEntry> entries =
                LongStream.range(from, to).mapToObj(EventStreamTest::entry).toList();
        database.write(connection -> {
            TimelineTable.append(connection, entries);
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate("update position set next_wanted = " + to);
            }
        });
        monitor.observed(to);
    }

    private static TimelineEntry entry(long position) {
        return new TimelineEntry(
                position,
                new UUID(7, position),
                null,
                position % 2 == 0 ? CLUSTER : null,
                Instant.EPOCH,
                Instant.EPOCH,
                "type",
                "user",
                "anna",
                "stream",
                null,
                "sentence");
    }
}
