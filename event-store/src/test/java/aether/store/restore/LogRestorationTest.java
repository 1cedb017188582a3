package aether.store.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.format.EventMetadata;
import aether.format.JsonEventCodec;
import aether.format.StoredEvent;
import aether.store.log.AppendCommand;
import aether.store.log.AppendOutcome;
import aether.store.log.LogReader;
import aether.store.log.LogSignal;
import aether.store.log.LogUnavailable;
import aether.store.log.LogWriter;
import aether.store.log.NewEvent;
import aether.store.log.ReaderSettings;
import aether.store.log.WriterSettings;
import aether.store.process.TenantLease;
import aether.store.process.TenantLeases;
import aether.store.schema.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class LogRestorationTest {

    private static final int COMMANDS = 400;

    private final JsonEventCodec codec = new JsonEventCodec();
    private final Random random = new Random(20_261_127);
    private final Map<String, Long> sequences = new HashMap<>();
    private TestDatabase lost;
    private TestDatabase restored;

    @BeforeEach
    void makeALog() throws SQLException {
        lost = TestDatabase.cleared();
        restored = TestDatabase.create();
        try (LogWriter writer = writer(lost)) {
            for (int i = 0; i < COMMANDS; i++) {
                assertThat(writer.append(command(i % 5 == 0 ? null : id()))).isInstanceOf(AppendOutcome.Appended.class);
            }
        }
    }

    @Test
    void everyColumnOfEveryRowIsTheSame() throws SQLException {
        List<StoredEvent> rows = rows();
        restore(rows);

        assertThat(dump(restored)).hasSize(rows.size()).isEqualTo(dump(lost));
    }

    @Test
    void aWriterGoesOnWhereTheLogEndedAndKnowsItsCommands() throws SQLException {
        List<StoredEvent> rows = rows();
        restore(rows);
        UUID known = rows.stream()
                .map(this::command)
                .filter(command -> command != null)
                .findFirst()
                .orElseThrow();

        try (LogWriter writer = writer(restored)) {
            assertThat(writer.append(command(known))).isInstanceOf(AppendOutcome.Duplicate.class);
            sequences.clear();
            assertThat(writer.append(new AppendCommand(
                            null,
                            List.of(new NewEvent(
                                    rows.getFirst().stream(), 0, id(), "a", 1, 1, new byte[1], new byte[1])))))
                    .isInstanceOf(AppendOutcome.Conflict.class);
            assertThat(writer.append(new AppendCommand(
                            null, List.of(new NewEvent("stream-new", 0, id(), "a", 1, 1, new byte[1], new byte[1])))))
                    .isInstanceOfSatisfying(
                            AppendOutcome.Appended.class,
                            appended -> assertThat(appended.firstPosition()).isEqualTo(rows.size()));
        }
    }

    @Test
    void refusesADatabaseThatHoldsAnything() throws SQLException {
        restore(rows().subList(0, 1));
        assertThatThrownBy(() -> LogRestoration.begin(restored.owner()))
                .isInstanceOf(LogNotEmptyException.class)
                .hasMessageContaining("log.events has rows");

        restored.execute("truncate log.events");
        restored.execute("insert into process.tokens (processor_name, segment) values ('a', 0)");
        assertThatThrownBy(() -> LogRestoration.begin(restored.owner())).hasMessageContaining("process.tokens");
    }

    @Test
    void leavesNothingBehindUnlessItIsCommitted() throws SQLException {
        try (LogRestoration restoration = LogRestoration.begin(restored.owner())) {
            for (StoredEvent row : rows()) {
                restoration.add(row, command(row));
            }
            restoration.leases(Map.of("tenant", 3L));
            restoration.readBack(row -> {});
        }
        assertThat(restored.number("select count(*) from log.events")).isZero();
        assertThat(restored.number("select count(*) from process.leases")).isZero();
        restore(rows());
    }

    @Test
    void nobodyAppendsMeanwhile() throws SQLException {
        try (LogRestoration restoration = LogRestoration.begin(restored.owner());
                LogWriter writer = LogWriter.open(
                        WriterSettings.of(restored.appender()).withAnswerWait(Duration.ofSeconds(1)), step -> {})) {
            assertThatThrownBy(() -> writer.append(command(id()))).isInstanceOf(LogUnavailable.class);
            restoration.commit();
        }
    }

    @Test
    void refusesAGap() throws SQLException {
        List<StoredEvent> rows = rows();
        try (LogRestoration restoration = LogRestoration.begin(restored.owner())) {
            restoration.add(rows.get(0), command(rows.get(0)));
            assertThatThrownBy(() -> restoration.add(rows.get(2), command(rows.get(2))))
                    .hasMessageContaining("Expected position 1 next, but got 2");
        }
    }

    @Test
    void aLeaseGoesOnFromTheHighestEpoch() throws SQLException {
        try (LogRestoration restoration = LogRestoration.begin(restored.owner())) {
            restoration.leases(Map.of("tenant", 7L));
            restoration.commit();
        }
        PGSimpleDataSource saga = new PGSimpleDataSource();
        saga.setURL(restored.saga().url());
        saga.setUser(restored.saga().user());
        saga.setPassword(restored.saga().password());

        assertThat(new TenantLeases(saga).acquire("tenant", "worker", Duration.ofSeconds(5)))
                .map(TenantLease::epoch)
                .contains(8L);
    }

    private void restore(List<StoredEvent> rows) throws SQLException {
        try (LogRestoration restoration = LogRestoration.begin(restored.owner())) {
            for (StoredEvent row : rows) {
                restoration.add(row, command(row));
            }
            List<StoredEvent> back = new ArrayList<>();
            restoration.readBack(back::add);
            assertThat(back).usingRecursiveFieldByFieldElementComparator().isEqualTo(rows);
            restoration.commit();
        }
    }

    private @Nullable UUID command(StoredEvent row) {
        return codec.decodeMetadata(row.metadata()).commandId();
    }

    private List<StoredEvent> rows() {
        try (LogSignal signal = LogSignal.open(lost.reader());
                LogReader reader = LogReader.open(ReaderSettings.of(lost.reader()), signal)) {
            return reader.read(0, LogReader.PAGE);
        }
    }

    /** One to five events on up to three streams. */
    private AppendCommand command(@Nullable UUID id) {
        byte[] metadata = codec.encodeMetadata(
                new EventMetadata("saga", "ä \u0001", null, null, null, null, id, null, null, null, random.nextLong()));
        List<NewEvent> events = new ArrayList<>();
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            String stream = "stream-" + random.nextInt(3);
            long sequence = sequences.merge(stream, 1L, Long::sum) - 1;
            byte[] payload = ("{\"n\":\"" + "x".repeat(random.nextInt(3_000)) + "\"}").getBytes(StandardCharsets.UTF_8);
            events.add(new NewEvent(
                    stream, sequence, id(), "thing.happened", 1 + random.nextInt(3), 1, payload, metadata));
        }
        return new AppendCommand(id, events);
    }

    private UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private static LogWriter writer(TestDatabase database) {
        return LogWriter.open(
                WriterSettings.of(database.appender()).withAnswerWait(Duration.ofSeconds(30)), step -> {});
    }

    private static List<String> dump(TestDatabase database) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = database.connect(database.owner());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select e::text from log.events e order by position")) {
            while (row.next()) {
                rows.add(row.getString(1));
            }
        }
        return rows;
    }
}
