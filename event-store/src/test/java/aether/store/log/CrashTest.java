package aether.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import aether.embedded.postgres.LocalPostgres;
import aether.embedded.postgres.PostgresSettings;
import aether.format.StoredEvent;
import aether.store.log.AppendOutcome.Appended;
import aether.store.schema.LogSchema;
import aether.store.schema.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three writers under load while their backends are ended, killed, and PostgreSQL is stopped and started. */
@Tag("slow")
class CrashTest {

    private static final int CALLERS = 8;
    private static final int HOT_STREAMS = 4;
    private static final Duration HASTY = Duration.ofMillis(700);

    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicBoolean written = new AtomicBoolean();
    private final Map<UUID, Appended> acknowledged = new ConcurrentHashMap<>();
    private final Map<UUID, Boolean> refused = new ConcurrentHashMap<>();
    private final Map<UUID, Boolean> unknown = new ConcurrentHashMap<>();

    @Test
    void acknowledgedIsStoredRefusedIsNotAndTheLogStaysDense(@TempDir Path directory) throws Exception {
        LocalPostgres postgres = LocalPostgres.start(PostgresSettings.in(directory));
        TestDatabase database = TestDatabase.on(postgres);
        LogSchema.migrate(database.owner(), TestDatabase.PASSWORDS);
        List<LogWriter> writers = List.of(
                Events.writer(database.appender()),
                Events.writer(database.appender()),
                LogWriter.open(WriterSettings.of(database.appender()).withAnswerWait(HASTY), step -> {}));

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                LogSignal signal = LogSignal.open(database.reader());
                LogReader reader = LogReader.open(ReaderSettings.of(database.reader()), signal)) {
            List<Future<?>> callers = new ArrayList<>();
            for (int i = 0; i < writers.size() * CALLERS; i++) {
                LogWriter writer = writers.get(i % writers.size());
                Random random = new Random(i);
                callers.add(threads.submit(() -> call(writer, database, random)));
            }
            Future<List<StoredEvent>> seen = threads.submit(() -> follow(reader));

            for (int fault = 0; fault < 12; fault++) {
                awaitCommands(200);
                switch (fault % 4) {
                    case 0, 1 -> end(database, "select pg_terminate_backend(pid)");
                    case 2 -> kill(database);
                    default -> postgres.restart();
                }
            }
            awaitCommands(200);
            over.set(true);
            for (Future<?> caller : callers) {
                caller.get();
            }
            writers.forEach(LogWriter::close);
            written.set(true);
            verify(database, seen.get());
        } finally {
            over.set(true);
            written.set(true);
            postgres.close();
        }
    }

    private void verify(TestDatabase database, List<StoredEvent> seen) throws SQLException {
        Check.invariants(database);
        assertThat(acknowledged).isNotEmpty();
        Map<UUID, Long> stored = new ConcurrentHashMap<>();
        seen.forEach(event -> stored.put(event.eventId(), event.position()));
        assertThat(database.number("select count(*) from log.events")).isEqualTo(seen.size());
        acknowledged.forEach((event, outcome) ->
                assertThat(stored.get(event)).as("acknowledged %s", event).isEqualTo(outcome.firstPosition()));
        refused.keySet()
                .forEach(event -> assertThat(stored).as("refused %s", event).doesNotContainKey(event));
        long silent = stored.keySet().stream().filter(unknown::containsKey).count();
        assertThat(stored).hasSize(acknowledged.size() + (int) silent);
    }

    private void call(LogWriter writer, TestDatabase database, Random random) {
        int own = 0;
        while (!over.get()) {
            boolean hot = random.nextInt(10) == 0;
            String stream = hot ? "hot-" + random.nextInt(HOT_STREAMS) : "own-" + random.nextInt() + "-" + own++;
            try {
                long next = hot ? database.number("select count(*) from log.events where stream = ?", stream) : 0;
                NewEvent event = Events.event(stream, next);
                append(writer, Events.command(random.nextBoolean() ? UUID.randomUUID() : null, event), event.eventId());
            } catch (SQLException e) {
                LockSupport.parkNanos(20_000_000); // the database is away just now
            }
        }
    }

    private void append(LogWriter writer, AppendCommand command, UUID event) {
        try {
            switch (writer.append(command)) {
                case Appended appended -> acknowledged.put(event, appended);
                case AppendOutcome.Conflict ignored -> refused.put(event, true);
                case AppendOutcome.Duplicate duplicate ->
                    throw new IllegalStateException("Expected none: " + duplicate);
            }
        } catch (LogUnavailable e) {
            refused.put(event, true);
        } catch (LogOutcomeUnknown e) {
            unknown.put(event, true);
        }
    }

    /** Reads along, through every outage, until everything is written and the head reached. */
    private List<StoredEvent> follow(LogReader reader) throws InterruptedException {
        List<StoredEvent> seen = new ArrayList<>();
        while (true) {
            boolean last = written.get();
            try {
                List<StoredEvent> page = reader.read(seen.size(), 1_000);
                seen.addAll(page);
                if (page.isEmpty()) {
                    if (last && reader.head() == seen.size() - 1) {
                        return seen;
                    }
                    boolean ignored = reader.awaitAfter(seen.size() - 1, Duration.ofMillis(200));
                }
            } catch (LogUnavailable e) {
                Thread.sleep(50);
            }
        }
    }

    private void awaitCommands(int more) throws InterruptedException {
        long wanted = acknowledged.size() + (long) more;
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (acknowledged.size() < wanted) {
            assertThat(System.nanoTime()).as("the load goes on").isLessThan(deadline);
            Thread.sleep(10);
        }
    }

    private static void end(TestDatabase database, String how) throws SQLException {
        database.execute(how + " from pg_stat_activity where application_name = 'aether-log-writer'");
    }

    /** Kills one backend the hard way: PostgreSQL ends all others and recovers from its journal. */
    private static void kill(TestDatabase database) throws SQLException {
        long pid =
                database.number("select min(pid) from pg_stat_activity where application_name = 'aether-log-writer'");
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
}
