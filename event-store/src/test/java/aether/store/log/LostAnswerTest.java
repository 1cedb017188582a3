package aether.store.log;

import static aether.store.log.Events.command;
import static aether.store.log.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import aether.store.log.AppendOutcome.Appended;
import aether.store.schema.TestDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The windows between sending and the answer: stored once, and the caller learns it. */
class LostAnswerTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private static final String WAITING = "select count(*) from pg_locks where locktype = 'advisory' and not granted"
            + " and database = (select oid from pg_database where datname = current_database())";

    private TestDatabase database;
    private CuttingProxy proxy;
    private LogWriter writer;

    @BeforeEach
    void open() throws SQLException, IOException {
        database = TestDatabase.cleared();
        proxy = new CuttingProxy(database.appender());
        writer = LogWriter.open(
                WriterSettings.of(proxy.through(database.appender())).withAnswerWait(LONG), step -> {});
        assertThat(writer.append(command(event("warm-1", 0)))).isInstanceOf(Appended.class);
    }

    @AfterEach
    void close() throws IOException {
        writer.close();
        proxy.close();
    }

    @Test
    void aStoredCommandWhoseAnswerIsLostIsAnsweredFromTheLog() throws Exception {
        proxy.swallowAnswers();
        CompletableFuture<AppendOutcome> answer = writer.submit(command(UUID.randomUUID(), event("a-1", 0)));
        awaitCount("select count(*) from log.events", 2);
        proxy.cutClients();

        assertThat(answer)
                .succeedsWithin(LONG)
                .isInstanceOfSatisfying(
                        Appended.class,
                        appended -> assertThat(appended.firstPosition()).isEqualTo(1));
        assertThat(database.number("select count(*) from log.events")).isEqualTo(2);
    }

    @Test
    void theSameWithoutACommandIdAndWithSeveralEvents() throws Exception {
        proxy.swallowAnswers();
        CompletableFuture<AppendOutcome> answer = writer.submit(command(event("a-1", 0), event("b-1", 0)));
        awaitCount("select count(*) from log.events", 3);
        proxy.cutClients();

        assertThat(answer)
                .succeedsWithin(LONG)
                .isInstanceOfSatisfying(
                        Appended.class,
                        appended -> assertThat(appended.lastPosition()).isEqualTo(2));
        assertThat(database.number("select count(*) from log.events")).isEqualTo(3);
    }

    @Test
    void aStatementThatOutlivesItsClientIsNotStoredTwice() throws Exception {
        CompletableFuture<AppendOutcome> answer;
        try (Connection other = database.connect(database.owner());
                Statement statement = other.createStatement()) {
            statement.execute("select pg_advisory_lock(1097168978, 1)");
            answer = writer.submit(command(UUID.randomUUID(), event("a-1", 0)));
            awaitCount(WAITING, 1);
            proxy.cutClients();
            awaitCount(WAITING, 2); // the orphan and the second try
        }

        assertThat(answer).succeedsWithin(LONG).isInstanceOf(Appended.class);
        assertThat(database.number("select count(*) from log.events where stream = 'a-1'"))
                .isEqualTo(1);
        assertThat(database.number("select max(position) from log.events")).isEqualTo(1);
    }

    @Test
    void aRealConflictAfterALostAnswerIsStillAConflict() throws Exception {
        CompletableFuture<AppendOutcome> answer;
        try (Connection other = database.connect(database.owner());
                Statement statement = other.createStatement()) {
            statement.execute("select pg_advisory_lock(1097168978, 1)");
            answer = writer.submit(command(event("a-1", 0)));
            awaitCount(WAITING, 1);
            database.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where application_name = 'aether-log-writer' and datname = current_database()");
            statement.execute(
                    "insert into log.events values (1, 0, 0, 1, 1, gen_random_uuid(), null, 'a-1', 't', '', '')");
        }

        assertThat(answer).succeedsWithin(LONG).isEqualTo(new AppendOutcome.Conflict("a-1", 0, 1));
    }

    @Test
    void aTryThatNeverComesBackIsUnknownAndAnythingElseIsUnavailable() throws Exception {
        try (LogWriter hasty = LogWriter.open(
                WriterSettings.of(proxy.through(database.appender())).withAnswerWait(Duration.ofMillis(500)),
                step -> {})) {
            assertThat(hasty.append(command(event("b-1", 0)))).isInstanceOf(Appended.class);
            proxy.swallowAnswers();
            CompletableFuture<AppendOutcome> sent = hasty.submit(command(event("b-1", 1)));
            awaitCount("select count(*) from log.events", 3);
            proxy.close();
            CompletableFuture<AppendOutcome> unsent = hasty.submit(command(event("c-1", 0)));

            assertThat(sent).failsWithin(LONG).withThrowableThat().withCauseInstanceOf(LogOutcomeUnknown.class);
            assertThat(unsent).failsWithin(LONG).withThrowableThat().withCauseInstanceOf(LogUnavailable.class);
            assertThat(database.number("select count(*) from log.events where stream = 'c-1'"))
                    .isZero();
        }
    }

    private void awaitCount(String query, long count) throws Exception {
        long deadline = System.nanoTime() + LONG.toNanos();
        while (database.number(query) < count) {
            assertThat(System.nanoTime())
                    .as("%s reaches %d in time", query, count)
                    .isLessThan(deadline);
            Thread.sleep(20);
        }
    }
}
