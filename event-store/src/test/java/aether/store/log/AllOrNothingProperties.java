package aether.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import aether.format.StoredEvent;
import aether.store.log.AppendOutcome.Appended;
import aether.store.log.AppendOutcome.Conflict;
import aether.store.log.AppendOutcome.Duplicate;
import aether.store.schema.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Law 4: whatever stale, colliding, repeated commands are thrown at several writers, each is stored wholly or not. */
class AllOrNothingProperties {

    private static final int STREAMS = 4;

    @SuppressWarnings("NullAway.Init") // before the container
    private static TestDatabase database;

    @SuppressWarnings("NullAway.Init")
    private static List<LogWriter> writers;

    @SuppressWarnings("NullAway.Init")
    private static LogSignal signal;

    @SuppressWarnings("NullAway.Init")
    private static LogReader reader;

    private static int tries;

    /**
     * A command before it knows the log.
     *
     * @param stale how far its view of each stream lies behind (or, negative, ahead)
     */
    record Plan(int writer, List<Integer> streams, List<Integer> stale, int id) {}

    @BeforeContainer
    static void open() throws SQLException {
        database = TestDatabase.cleared();
        signal = LogSignal.open(database.reader());
        reader = LogReader.open(ReaderSettings.of(database.reader()), signal);
        writers = List.of(
                Events.writer(database.appender()),
                Events.writer(database.appender()),
                Events.writer(database.appender()));
    }

    @AfterContainer
    static void close() {
        writers.forEach(LogWriter::close);
        reader.close();
        signal.close();
    }

    @Provide
    Arbitrary<List<List<Plan>>> rounds() {
        Arbitrary<Plan> plan = Combinators.combine(
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers()
                                .between(0, STREAMS - 1)
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(5),
                        Arbitraries.frequency(Tuple.of(8, 0), Tuple.of(1, 1), Tuple.of(1, -1))
                                .list()
                                .ofSize(STREAMS),
                        Arbitraries.integers().between(0, 12))
                .as(Plan::new);
        return plan.list().ofMinSize(1).ofMaxSize(12).list().ofMinSize(1).ofMaxSize(6);
    }

    @Property(tries = 25, shrinking = ShrinkingMode.OFF)
    void everyCommandIsStoredWhollyOrNotAtAll(@ForAll("rounds") List<List<Plan>> rounds) throws SQLException {
        String prefix = "p" + tries++;
        Map<Integer, UUID> ids = new HashMap<>();
        for (List<Plan> round : rounds) {
            Map<String, Long> next = new HashMap<>();
            for (int stream = 0; stream < STREAMS; stream++) {
                String name = prefix + "-" + stream;
                next.put(name, reader.lastSequence(name).orElse(-1) + 1);
            }
            List<AppendCommand> commands = new ArrayList<>();
            List<CompletableFuture<AppendOutcome>> answers = new ArrayList<>();
            for (Plan plan : round) {
                AppendCommand command = command(prefix, plan, next, ids);
                commands.add(command);
                answers.add(writers.get(plan.writer()).submit(command));
            }
            for (int i = 0; i < commands.size(); i++) {
                verify(commands.get(i), answers.get(i).join());
            }
        }
        Check.invariants(database);
    }

    private static AppendCommand command(String prefix, Plan plan, Map<String, Long> next, Map<Integer, UUID> ids) {
        Map<String, Long> mine = new HashMap<>();
        List<NewEvent> events = new ArrayList<>();
        for (int stream : plan.streams()) {
            String name = prefix + "-" + stream;
            long first = Math.max(0, next.getOrDefault(name, 0L) - plan.stale().get(stream));
            long sequence = mine.merge(name, first, (old, ignored) -> old + 1);
            events.add(Events.event(name, sequence));
        }
        UUID id = plan.id() < 4 ? ids.computeIfAbsent(plan.id(), ignored -> UUID.randomUUID()) : null;
        return Events.command(id, events.toArray(NewEvent[]::new));
    }

    private static void verify(AppendCommand command, AppendOutcome outcome) {
        List<Long> positions = new ArrayList<>();
        for (NewEvent event : command.events()) {
            positions.add(reader.readStream(event.stream(), event.sequence()).stream()
                    .filter(stored -> stored.eventId().equals(event.eventId()))
                    .map(StoredEvent::position)
                    .findFirst()
                    .orElse(-1L));
        }
        switch (outcome) {
            case Appended appended -> {
                for (int i = 0; i < positions.size(); i++) {
                    assertThat(positions.get(i)).isEqualTo(appended.firstPosition() + i);
                }
            }
            case Conflict conflict -> {
                assertThat(positions).containsOnly(-1L);
                assertThat(conflict.expectedSequence()).isNotEqualTo(conflict.nextSequence());
            }
            case Duplicate duplicate -> {
                assertThat(positions).containsOnly(-1L);
                assertThat(reader.findCommand(duplicate.commandId()))
                        .hasValueSatisfying(
                                event -> assertThat(event.position()).isEqualTo(duplicate.position()));
            }
        }
    }
}
