package aether.store.log;

import static aether.store.log.Events.command;
import static aether.store.log.Events.event;
import static aether.store.log.Events.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.format.StoredEvent;
import aether.store.schema.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogReaderTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private TestDatabase database;
    private LogWriter writer;
    private LogSignal signal;
    private LogReader reader;

    @BeforeEach
    void open() throws SQLException {
        database = TestDatabase.cleared();
        writer = Events.writer(database.appender());
        signal = LogSignal.open(database.reader());
        reader = LogReader.open(ReaderSettings.of(database.reader()), signal);
    }

    @AfterEach
    void close() {
        reader.close();
        signal.close();
        writer.close();
    }

    @Test
    void anEmptyLogHasNoHead() {
        assertThat(reader.head()).isEqualTo(-1);
        assertThat(reader.read(0, 10)).isEmpty();
        assertThat(reader.readStream("a-1", 0)).isEmpty();
        assertThat(reader.lastSequence("a-1")).isEmpty();
        assertThat(reader.positionAt(0)).isZero();
    }

    @Test
    void readsAStreamFromASequence() {
        writer.append(events("a-1", 0, 5));
        writer.append(events("b-1", 0, 5));
        writer.append(events("a-1", 5, 2));

        assertThat(reader.readStream("a-1", 3))
                .extracting(StoredEvent::sequence)
                .containsExactly(3L, 4L, 5L, 6L);
        assertThat(reader.lastSequence("a-1")).hasValue(6);
    }

    /** As a restarted server does; the pool does not look at a connection that was used half a second ago. */
    @Test
    void readsOnWhenTheServerEndedTheConnectionsOfThePool() throws SQLException {
        writer.append(events("a-1", 0, 2));
        assertThat(reader.head()).isEqualTo(1);
        endConnections();
        assertThat(reader.read(0, 10)).hasSize(2);
        endConnections();
        assertThat(reader.readStream("a-1", 0)).hasSize(2);
    }

    private void endConnections() throws SQLException {
        database.execute("select pg_terminate_backend(pid, 10000) from pg_stat_activity"
                + " where application_name = 'aether-log-reader' and datname = current_database()");
    }

    @Test
    void concurrentReadsOfStreamsGetEachTheirOwn() {
        for (int i = 0; i < 20; i++) {
            writer.append(events("s-" + i, 0, i + 1));
        }
        List<CompletableFuture<List<StoredEvent>>> reads = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String stream = "s-" + i % 25;
            reads.add(CompletableFuture.supplyAsync(() -> reader.readStream(stream, 1)));
        }

        for (int i = 0; i < 200; i++) {
            int number = i % 25;
            assertThat(reads.get(i).join())
                    .hasSize(number < 20 ? number : 0)
                    .allSatisfy(event -> assertThat(event.stream()).isEqualTo("s-" + number));
        }
    }

    @Test
    void aMissingPositionIsAnAlarm() throws SQLException {
        writer.append(events("a-1", 0, 5));
        database.execute("delete from log.events where position = 2");

        assertThat(reader.read(0, 2)).hasSize(2);
        assertThatThrownBy(() -> reader.read(0, 10)).isInstanceOfSatisfying(LogGapException.class, gap -> {
            assertThat(gap.expected()).isEqualTo(2);
            assertThat(gap.found()).isEqualTo(3);
        });
        assertThatThrownBy(() -> reader.read(2, 1)).isInstanceOf(LogGapException.class);
    }

    @Test
    void findsThePositionOfATime() throws SQLException {
        writer.append(events("a-1", 0, 10));
        database.execute("update log.events set recorded_micros = 100 + position / 3");

        assertThat(reader.positionAt(99)).isZero();
        assertThat(reader.positionAt(101)).isEqualTo(3);
        assertThat(reader.positionAt(103)).isEqualTo(9);
        assertThat(reader.positionAt(104)).isEqualTo(10);
    }

    @Test
    void anAppendElsewhereWakesAReader() throws InterruptedException {
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return reader.awaitAfter(-1, LONG);
            } catch (InterruptedException e) {
                throw new CompletionException(e);
            }
        });

        writer.append(command(event("a-1", 0)));

        assertThat(waiting).succeedsWithin(LONG).isEqualTo(true);
        assertThat(reader.awaitAfter(0, Duration.ofMillis(50))).isFalse();
    }

    @Test
    void anAppendElsewhereCallsBack() throws InterruptedException {
        CountDownLatch called = new CountDownLatch(1);
        LogSignal.Subscription subscription = signal.onWake(() -> {
            if (reader.head() == 0) {
                called.countDown();
            }
        });

        writer.append(command(event("a-1", 0)));

        assertThat(called.await(LONG.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
        subscription.close();
    }

    @Test
    void aLostListenerComesBackAndWakesReaders() throws Exception {
        writer.append(command(event("a-1", 0)));
        long before = signal.wakes();
        database.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                + " where application_name = 'aether-log-listener' and datname = current_database()");
        writer.append(command(event("a-1", 1)));

        assertThat(reader.awaitAfter(0, LONG)).isTrue();
        assertThat(signal.await(before, LONG)).isTrue();
    }

    @Test
    void saysThatTheDatabaseIsAway() {
        ReaderSettings nowhere = new ReaderSettings(database.reader().as("nobody", "x"), 1, Duration.ofMillis(300));
        try (LogReader away = LogReader.open(nowhere, signal)) {
            assertThatThrownBy(away::head).isInstanceOf(LogUnavailable.class);
        }
    }
}
