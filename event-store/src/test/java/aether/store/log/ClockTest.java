package aether.store.log;

import static aether.store.log.Events.command;
import static aether.store.log.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import aether.store.log.AppendOutcome.Appended;
import aether.store.schema.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ClockTest {

    private static final long HOUR = 3_600_000_000L;

    @Test
    void theLogsTimeNeverRunsBackwardsAndStepsAreReported() throws SQLException {
        TestDatabase database = TestDatabase.create();
        long start = 1_000 * HOUR;
        set(database, start);
        List<ClockStep> steps = new CopyOnWriteArrayList<>();
        try (LogWriter writer = LogWriter.open(WriterSettings.of(database.appender()), steps::add)) {
            assertThat(append(writer, 0).recordedMicros()).isEqualTo(start);

            set(database, start - HOUR);
            assertThat(append(writer, 1).recordedMicros()).isEqualTo(start);
            assertThat(append(writer, 2).recordedMicros()).isEqualTo(start);

            set(database, start + HOUR);
            assertThat(append(writer, 3).recordedMicros()).isEqualTo(start + HOUR);
        }

        assertThat(steps).extracting(ClockStep::position).containsExactly(1L, 3L);
        assertThat(steps).extracting(ClockStep::clamped).containsExactly(true, false);
        assertThat(steps.getFirst().stepMicros()).isBetween(-HOUR - HOUR / 2, -HOUR / 2);
        assertThat(steps.getLast().stepMicros()).isBetween(HOUR, 3 * HOUR);
    }

    @Test
    void aWriterThatStartsBehindTheLogSaysSo() throws SQLException {
        TestDatabase database = TestDatabase.create();
        set(database, 1_000 * HOUR);
        try (LogWriter writer = LogWriter.open(WriterSettings.of(database.appender()), step -> {})) {
            append(writer, 0);
        }
        set(database, 999 * HOUR);
        List<ClockStep> steps = new CopyOnWriteArrayList<>();
        try (LogWriter writer = LogWriter.open(WriterSettings.of(database.appender()), steps::add)) {
            append(writer, 1);
        }

        assertThat(steps).containsExactly(new ClockStep(1, 999 * HOUR, 1_000 * HOUR, 1_000 * HOUR));
    }

    @Test
    void slowAnswersAreNoSteps() {
        ClockWatch watch = new ClockWatch();

        assertThat(watch.observe(0, 0, 0, 0, seconds(100))).isNull();
        assertThat(watch.observe(1, 150_000_000, 150_000_000, seconds(200), seconds(210)))
                .isNull();
        assertThat(watch.observe(2, 151_000_000, 151_000_000, seconds(211), seconds(212)))
                .isNull();
        assertThat(watch.observe(3, 100_000_000, 151_000_000, seconds(213), seconds(214)))
                .isNotNull();
    }

    @Test
    void aFailingListenerDoesNotStopTheWriter() throws SQLException {
        TestDatabase database = TestDatabase.create();
        set(database, HOUR);
        try (LogWriter writer = LogWriter.open(WriterSettings.of(database.appender()), step -> {
            throw new IllegalStateException("no");
        })) {
            append(writer, 0);
            set(database, 3 * HOUR);
            append(writer, 1);
            assertThat(append(writer, 2).firstPosition()).isEqualTo(2);
        }
    }

    private static long seconds(long seconds) {
        return seconds * 1_000_000_000L;
    }

    private static Appended append(LogWriter writer, long sequence) {
        return (Appended) writer.append(command(event("a-1", sequence)));
    }

    private static void set(TestDatabase database, long micros) throws SQLException {
        database.execute(
                "create or replace function log.clock_micros() returns bigint language sql volatile as 'select "
                        + micros + "::bigint'");
    }
}
