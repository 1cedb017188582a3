package aether.projection.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.embedded.kafka.TestKafka;
import aether.projection.TestDoor;
import aether.projection.TestLog;
import aether.projection.TestViews;
import aether.projection.database.ViewDatabase;
import aether.projection.intake.EventIntake;
import aether.projection.intake.Intakes;
import aether.projection.intake.KafkaSettings;
import aether.projection.position.IntakeMonitor;
import aether.projection.position.IntakeStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KafkaIntakeTest {

    private static final int PARTITIONS = 6;
    private static final Duration BOUND = Duration.ofSeconds(60);

    private final TestLog log = new TestLog()
            .join("acme")
            .live("acme", "shop", 3)
            .join("other")
            .live("other", "web", 1)
            .delete("acme", "shop");

    private final String events = TestKafka.createTopic(PARTITIONS);
    private final String wanted = TestKafka.createTopic(1);
    private final KafkaSettings settings = new KafkaSettings(TestKafka.bootstrapServers(), events, wanted);
    private final TestDoor door = new TestDoor(TestKafka.bootstrapServers(), events);
    private final Intakes intakes = new Intakes(settings, System::nanoTime);
    private final IntakeMonitor monitor = new IntakeMonitor();
    private final ViewDatabase database;

    KafkaIntakeTest() throws SQLException {
        database = TestViews.create();
    }

    @AfterEach
    void close() {
        door.close();
        intakes.close();
        database.close();
    }

    @Test
    void ordersPartitionsAndRebuildsTheSameViews() throws Exception {
        List<Long> shuffled = positions(0, log.size());
        Collections.shuffle(shuffled, new Random(7));
        door.publish(log, shuffled);
        try (EventIntake intake = follow()) {
            assertThat(monitor.await(log.size(), BOUND)).isTrue();
            ViewDigest live = TestViews.digest(database);

            RebuildReport report = new Rebuild(database, intakes, System::nanoTime).run();

            assertThat(TestViews.digest(database)).isEqualTo(live);
            assertThat(report.after()).isEqualTo(report.before());
            assertThat(schemas()).containsExactlyInAnyOrder("view", "view_control");

            log.request("other", "second"); // the live intake goes on in the schema that took the place
            door.publish(log, positions(live.nextWanted(), log.size()));
            assertThat(monitor.await(log.size(), BOUND)).isTrue();
            assertThat(TestViews.column(database, "select count(*) from timeline"))
                    .containsExactly("" + log.size());
            assertThat(intake.monitor()).isSameAs(monitor);
        }
    }

    @Test
    void mendsViewsThatAreWrong() throws Exception {
        door.publish(log, positions(0, log.size()));
        try (EventIntake intake = follow()) {
            intake.start();
            assertThat(monitor.await(log.size(), BOUND)).isTrue();
        }
        ViewDigest right = TestViews.digest(database);
        database.write(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate("delete from cluster");
            }
        });

        RebuildReport report = new Rebuild(database, intakes, System::nanoTime).run();

        assertThat(TestViews.digest(database)).isEqualTo(right);
        assertThat(report.before().rows()).containsEntry("cluster", 0L);
        assertThat(report.after().rows()).containsEntry("cluster", 2L);
    }

    @Test
    void keepsTwoRebuildsApart() throws Exception {
        try (Connection other = database.direct();
                Statement statement = other.createStatement()) {
            statement.execute("select pg_advisory_lock(" + 0x6165_7468_6572_0001L + ")");

            assertThatThrownBy(() -> new Rebuild(database, intakes, System::nanoTime).run())
                    .isInstanceOf(RebuildFailedException.class)
                    .hasMessageContaining("under way");
        }
    }

    @Test
    void statesAGapSoThatTheDoorGoesBackAndHealsIt() throws Exception {
        door.publish(log, positions(0, 4));
        door.publish(log, positions(5, log.size()));
        try (EventIntake intake = follow()) {
            intake.start();
            assertThat(monitor.await(4, BOUND)).isTrue();

            assertThat(firstAsked()).isEqualTo(4);
            assertThat(monitor.status().state()).isEqualTo(IntakeStatus.State.GAP);

            door.publish(log, positions(4, log.size()));
            assertThat(monitor.await(log.size(), BOUND)).isTrue();
            assertThat(monitor.status().state()).isEqualTo(IntakeStatus.State.FOLLOWING);
        }
    }

    @Test
    void goesOnWhereItStoodInADifferentProcess() throws Exception {
        door.publish(log, positions(0, 20));
        try (EventIntake first = follow()) {
            first.start();
            assertThat(monitor.await(20, BOUND)).isTrue();
        }
        door.publish(log, positions(10, log.size())); // with repeats, as after a crash of the door

        IntakeMonitor second = new IntakeMonitor();
        try (EventIntake intake = intakes.into(database, database::migrate, second)) {
            intake.start();
            assertThat(second.await(log.size(), BOUND)).isTrue();
        }
        assertThat(TestViews.column(database, "select count(*) from timeline")).containsExactly("" + log.size());
    }

    @Test
    void resumesByItselfAfterTheDatabaseThrewItOut() throws Exception {
        door.publish(log, positions(0, 10));
        try (EventIntake intake = follow()) {
            intake.start();
            assertThat(monitor.await(10, BOUND)).isTrue();
            try (Connection connection = database.direct();
                    Statement statement = connection.createStatement()) {
                statement.execute("alter schema view rename to away");
                door.publish(log, positions(10, 20));
                while (monitor.status().state() != IntakeStatus.State.WAITING) {
                    monitor.await(Long.MAX_VALUE, Duration.ofMillis(50));
                }
                assertThat(monitor.status().nextWanted()).isEqualTo(10);
                statement.execute("alter schema away rename to view");
            }

            assertThat(monitor.await(20, BOUND)).isTrue();
        }
    }

    private EventIntake follow() {
        EventIntake intake = intakes.into(database, database::migrate, monitor);
        intake.start();
        return intake;
    }

    private List<String> schemas() throws SQLException {
        return TestViews.column(database, "select nspname from pg_namespace where nspname like 'view%'");
    }

    private long firstAsked() {
        TopicPartition partition = new TopicPartition(wanted, 0);
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", TestKafka.bootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (true) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
                    assertThat(record.key()).isEqualTo("projections");
                    if (record.headers().lastHeader("aether-resend") != null) {
                        return Long.parseLong(record.value());
                    }
                }
            }
        }
    }

    private static List<Long> positions(long from, long to) {
        return new java.util.ArrayList<>(LongStream.range(from, to).boxed().toList());
    }
}
