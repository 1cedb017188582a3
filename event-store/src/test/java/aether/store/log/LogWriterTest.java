package aether.store.log;

import static aether.store.log.Events.command;
import static aether.store.log.Events.event;
import static aether.store.log.Events.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.format.StoredEvent;
import aether.store.log.AppendOutcome.Appended;
import aether.store.log.AppendOutcome.Conflict;
import aether.store.log.AppendOutcome.Duplicate;
import aether.store.schema.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogWriterTest {

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
    void storesEveryColumn() {
        UUID id = UUID.randomUUID();
        byte[] payload = "{\"name\":\"ä\"}".getBytes(StandardCharsets.UTF_8);
        byte[] metadata = "{\"actor\":\"me\"}".getBytes(StandardCharsets.UTF_8);

        AppendOutcome outcome =
                writer.append(command(new NewEvent("cluster-1", 0, id, "cluster.requested", 3, 2, payload, metadata)));

        StoredEvent stored = reader.read(0, 10).getFirst();
        assertThat(outcome).isEqualTo(new Appended(0, 1, stored.recordedMicros()));
        assertThat(stored)
                .usingRecursiveComparison()
                .isEqualTo(new StoredEvent(
                        0, "cluster-1", 0, id, "cluster.requested", 3, 2, stored.recordedMicros(), payload, metadata));
    }

    @Test
    void positionsAreDenseFromZero() {
        for (int i = 0; i < 5; i++) {
            assertThat(writer.append(events("a-" + i, 0, 2)))
                    .isInstanceOfSatisfying(
                            Appended.class,
                            appended -> assertThat(appended.lastPosition()).isEqualTo(appended.firstPosition() + 1));
        }

        assertThat(reader.head()).isEqualTo(9);
        assertThat(reader.read(3, 4)).extracting(StoredEvent::position).containsExactly(3L, 4L, 5L, 6L);
    }

    @Test
    void aStaleCommandLosesAndSpendsNoPosition() {
        writer.append(events("a-1", 0, 2));

        assertThat(writer.append(events("a-1", 1, 2))).isEqualTo(new Conflict("a-1", 1, 2));
        assertThat(writer.append(command(event("a-1", 0)))).isEqualTo(new Conflict("a-1", 0, 2));
        assertThat(reader.head()).isEqualTo(1);
    }

    @Test
    void aCommandThatSkipsASequenceLoses() {
        writer.append(command(event("a-1", 0)));

        assertThat(writer.append(command(event("a-1", 2)))).isEqualTo(new Conflict("a-1", 2, 1));
        assertThat(writer.append(command(event("b-1", 1)))).isEqualTo(new Conflict("b-1", 1, 0));
    }

    @Test
    void aCommandOverSeveralStreamsIsAllOrNothing() {
        writer.append(command(event("a-1", 0)));

        assertThat(writer.append(command(event("b-1", 0), event("a-1", 0), event("c-1", 0))))
                .isEqualTo(new Conflict("a-1", 0, 1));
        assertThat(writer.append(command(event("b-1", 0), event("a-1", 1), event("c-1", 0), event("a-1", 2))))
                .isInstanceOf(Appended.class);
        assertThat(reader.read(0, 10))
                .extracting(StoredEvent::stream)
                .containsExactly("a-1", "b-1", "a-1", "c-1", "a-1");
    }

    @Test
    void losersInABatchCostOnlyThemselves() {
        writer.append(command(event("hot-1", 0)));
        List<CompletableFuture<AppendOutcome>> answers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            answers.add(writer.submit(i % 3 == 0 ? command(event("hot-1", 0)) : events("a-" + i, 0, 1 + i % 4)));
        }

        int stored = 1;
        for (int i = 0; i < answers.size(); i++) {
            AppendOutcome outcome = answers.get(i).join();
            if (i % 3 == 0) {
                assertThat(outcome).isEqualTo(new Conflict("hot-1", 0, 1));
            } else {
                Appended appended = (Appended) outcome;
                stored += appended.count();
                assertThat(reader.read(appended.firstPosition(), appended.count()))
                        .extracting(StoredEvent::stream)
                        .containsOnly("a-" + i);
            }
        }
        assertThat(reader.head()).isEqualTo(stored - 1);
    }

    @Test
    void aRepeatedCommandIsADuplicateAndNoConflict() {
        UUID id = UUID.randomUUID();
        writer.append(command(event("x-1", 0)));
        writer.append(command(id, event("a-1", 0), event("b-1", 0)));

        assertThat(writer.append(command(id, event("a-1", 0), event("b-1", 0)))).isEqualTo(new Duplicate(id, 1));
        assertThat(writer.append(command(id, event("new-1", 0)))).isEqualTo(new Duplicate(id, 1));
        assertThat(reader.findCommand(id))
                .hasValueSatisfying(event -> assertThat(event.position()).isEqualTo(1));
        assertThat(reader.findCommand(UUID.randomUUID())).isEmpty();
        assertThat(reader.head()).isEqualTo(2);
    }

    @Test
    void twoCommandsOnOneStreamShareNoBatchAndKeepTheirOrder() {
        List<CompletableFuture<AppendOutcome>> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            answers.add(writer.submit(command(event("a-1", i))));
        }

        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isInstanceOf(Appended.class));
        assertThat(reader.readStream("a-1", 0))
                .extracting(StoredEvent::sequence)
                .hasSize(100)
                .isSorted();
    }

    @Test
    void aCommandThatTheServerCannotStoreFailsAlone() throws SQLException {
        database.execute("alter table log.events drop constraint if exists no_poison");
        database.execute("alter table log.events add constraint no_poison check (type <> 'poison')");
        NewEvent poison = new NewEvent("p-1", 0, UUID.randomUUID(), "poison", 1, 1, new byte[0], new byte[0]);
        List<CompletableFuture<AppendOutcome>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            answers.add(writer.submit(i == 7 ? command(poison) : command(event("a-" + i, 0))));
        }

        for (int i = 0; i < 20; i++) {
            if (i == 7) {
                assertThat(answers.get(i)).failsWithin(Duration.ofSeconds(30));
            } else {
                assertThat(answers.get(i).join()).isInstanceOf(Appended.class);
            }
        }
        assertThatThrownBy(() -> writer.append(command(poison))).isInstanceOf(IllegalArgumentException.class);
        database.execute("alter table log.events drop constraint no_poison");
        assertThat(reader.head()).isEqualTo(18);
    }

    @Test
    void refusesCommandsThatCannotBeStored() {
        assertThatThrownBy(() -> events("a-1", 0, AppendCommand.MAX_EVENTS + 1))
                .hasMessageContaining("Expected 1 to 1000 events");
        assertThatThrownBy(() -> command(event("a-1", 0), event("a-1", 2)))
                .hasMessageContaining("Expected event 1 of stream a-1");
        assertThatThrownBy(() -> event("a\0", 0)).hasMessageContaining("without NUL");
    }

    @Test
    void refusesAfterClose() {
        writer.close();

        assertThatThrownBy(() -> writer.append(command(event("a-1", 0))))
                .isInstanceOf(LogUnavailable.class)
                .hasMessageContaining("closed");
    }

    @Test
    void aFullQueueRefusesAtOnce() {
        WriterSettings small = new WriterSettings(
                database.appender().as("nobody", "x"), 1, 10, 1_000, Duration.ofMillis(300), Duration.ofMillis(2));
        try (LogWriter away = LogWriter.open(small, step -> {})) {
            List<CompletableFuture<AppendOutcome>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                answers.add(away.submit(command(event("a-" + i, 0))));
            }
            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer)
                            .failsWithin(Duration.ofSeconds(30))
                            .withThrowableThat()
                            .withCauseInstanceOf(LogUnavailable.class));
        }
    }
}
