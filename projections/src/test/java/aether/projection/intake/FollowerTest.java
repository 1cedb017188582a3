package aether.projection.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.format.KafkaRecordFields;
import aether.projection.TestLog;
import aether.projection.TestViews;
import aether.projection.database.SqlWork;
import aether.projection.database.ViewDatabase;
import aether.projection.database.ViewStore;
import aether.projection.position.IntakeMonitor;
import aether.projection.position.IntakeStatus;
import aether.projection.position.PositionMovedException;
import aether.projection.position.Positions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FollowerTest {

    private static final String TOPIC = "events";

    private final TestLog log = new TestLog()
            .join("acme")
            .live("acme", "shop", 2)
            .join("other")
            .request("other", "web")
            .delete("acme", "shop");

    private final List<Long> asked = new ArrayList<>();
    private final List<Long> stated = new ArrayList<>();
    private final IntakeMonitor monitor = new IntakeMonitor();
    private long now;
    private final ViewDatabase database;

    FollowerTest() throws SQLException {
        database = TestViews.create();
    }

    /** A store whose next commit fails, before it happened or after. */
    private final class FailingStore implements ViewStore {
        private boolean failBeforeCommit;
        private boolean failAfterCommit;

        @Override
        public <T> T write(SqlWork<T> work) throws SQLException {
            if (failBeforeCommit) {
                failBeforeCommit = false;
                return database.write(connection -> {
                    work.in(connection);
                    throw new SQLException("killed between batch and commit");
                });
            }
            T answer = database.write(work);
            if (failAfterCommit) {
                failAfterCommit = false;
                throw new SQLException("killed between commit and answer");
            }
            return answer;
        }

        @Override
        public <T> T read(SqlWork<T> work) throws SQLException {
            return database.read(work);
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void replayedTwiceIsTheSameAsOnce() throws SQLException {
        begin(database).records(all());
        var once = TestViews.digest(database);

        new Follower(database, parts(), monitor, once.nextWanted(), Map.of(0, 0L)).records(all());

        assertThat(TestViews.digest(database)).isEqualTo(once);
        assertThat(once.nextWanted()).isEqualTo(log.size());
    }

    @Test
    void batchesAndOrderOfArrivalDoNotMatter() throws SQLException {
        begin(database).records(all());
        var expected = TestViews.digest(database);

        try (ViewDatabase other = TestViews.create()) {
            List<FeedRecord> shuffled = new ArrayList<>(all());
            Collections.shuffle(shuffled, new Random(42));
            Follower follower = begin(other);
            for (int from = 0; from < shuffled.size(); from += 7) {
                follower.records(shuffled.subList(from, Math.min(from + 7, shuffled.size())));
            }

            assertThat(TestViews.digest(other)).isEqualTo(expected);
        }
    }

    @Test
    void standsBeforeAGapAndAsksForIt() throws SQLException {
        Follower follower = begin(database);
        List<FeedRecord> holed = new ArrayList<>(all());
        FeedRecord missing = holed.remove(5);
        follower.records(holed);
        follower.idle();
        follower.idle(); // asked a moment ago: not again

        assertThat(TestViews.digest(database).nextWanted()).isEqualTo(5);
        assertThat(asked).containsExactly(5L);
        assertThat(monitor.status().state()).isEqualTo(IntakeStatus.State.GAP);
        assertThat(monitor.status().message()).contains("position 5");

        now += Duration.ofSeconds(11).toNanos();
        follower.idle();
        assertThat(asked).containsExactly(5L, 5L);

        follower.records(List.of(missing));
        assertThat(TestViews.digest(database).nextWanted()).isEqualTo(log.size());
        assertThat(monitor.status().state()).isEqualTo(IntakeStatus.State.FOLLOWING);
    }

    @Test
    void givesUpAGapAfterAWhileSoThatItBeginsAgainFromTheDatabase() throws SQLException {
        Follower follower = begin(database);
        follower.records(all().subList(1, 4));
        follower.idle();
        now += Duration.ofMinutes(2).toNanos();

        assertThatThrownBy(follower::idle)
                .isInstanceOf(FeedEndedException.class)
                .hasMessageContaining("position 0");
    }

    @Test
    void asksOnceForALostTailWhenEverythingIsRead() throws SQLException {
        Follower follower = begin(database);
        follower.records(all());
        follower.idle();
        follower.idle();

        assertThat(asked).containsExactly(log.size());
    }

    @Test
    void keepsWhatItStatedFreshWhileItMoves() throws SQLException {
        Follower follower = begin(database);
        follower.records(all().subList(0, 3));
        follower.records(all().subList(3, 6));
        now += Duration.ofMinutes(1).toNanos();
        follower.records(all().subList(6, 9));

        assertThat(stated).containsExactly(3L, 9L);
    }

    @Test
    void standsBeforeARecordThatCannotBeReadUntilAGoodCopyComes() throws SQLException {
        FeedRecord good = all().get(3);
        FeedRecord broken = new FeedRecord(0, 3, 3, good.key(), new byte[] {'{'});
        List<FeedRecord> records = new ArrayList<>(all());
        records.set(3, broken);
        Follower follower = begin(database);
        follower.records(records);
        follower.idle();

        assertThat(TestViews.digest(database).nextWanted()).isEqualTo(3);
        assertThat(asked).containsExactly(3L);

        follower.records(List.of(new FeedRecord(0, 1000, 3, good.key(), good.value())));
        assertThat(TestViews.digest(database).nextWanted()).isEqualTo(log.size());
    }

    @Test
    void refusesARecordWhoseHeaderLiesAboutItsPosition() {
        FeedRecord other = all().get(4);

        assertThatThrownBy(() -> new EventReader().read(new FeedRecord(0, 0, 3, other.key(), other.value())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("position 3");
    }

    @Test
    void killedBetweenBatchAndCommitLeavesNothing() throws SQLException {
        FailingStore store = new FailingStore();
        store.failBeforeCommit = true;

        assertThatThrownBy(() -> begin(store).records(all())).hasMessageContaining("killed");
        assertThat(TestViews.digest(database).nextWanted()).isZero();
        assertThat(TestViews.column(database, "select count(*) from timeline")).containsExactly("0");

        begin(database).records(all());
        assertThat(TestViews.digest(database).nextWanted()).isEqualTo(log.size());
    }

    @Test
    void killedAfterTheCommitDoesNotRepeatIt() throws SQLException {
        FailingStore store = new FailingStore();
        store.failAfterCommit = true;

        assertThatThrownBy(() -> begin(store).records(all())).hasMessageContaining("killed");
        long reached = TestViews.digest(database).nextWanted();
        Map<Integer, Long> offsets = database.read(connection -> Positions.offsets(connection, TOPIC));
        new Follower(database, parts(), monitor, reached, offsets).records(all());

        assertThat(TestViews.digest(database).nextWanted()).isEqualTo(log.size());
        assertThat(TestViews.column(database, "select count(*) from timeline")).containsExactly("" + log.size());
    }

    @Test
    void leavesViewsAloneThatAnotherProcessHasMoved() throws SQLException {
        Follower slow = begin(database);
        begin(database).records(all());
        var moved = TestViews.digest(database);

        assertThatThrownBy(() -> slow.records(all())).isInstanceOf(PositionMovedException.class);
        assertThat(TestViews.digest(database)).isEqualTo(moved);
    }

    @Test
    void showsTheWholeLifeOfACluster() throws SQLException {
        begin(database).records(all());

        assertThat(TestViews.column(database, "select name || ' ' || status from cluster order by created_position"))
                .containsExactly("shop deleted", "web provisioning");
        assertThat(TestViews.column(
                        database, "select name || ' ' || coalesce(address, '-') from machine order by name"))
                .containsExactly("shop-lb 10.128.0.2", "shop-main-1 10.64.1.11", "shop-main-2 10.64.1.12");
        assertThat(TestViews.column(database, "select stage from timeline where stage is not null order by position"))
                .containsExactly(
                        "network",
                        "load_balancer",
                        "endpoint",
                        "certificates",
                        "control_plane",
                        "addons",
                        "node_pools");
    }

    private boolean state(long nextWanted, boolean again) {
        (again ? asked : stated).add(nextWanted);
        return true;
    }

    private Follower begin(ViewStore store) {
        return new Follower(store, parts(), monitor, 0, Map.of(0, 0L));
    }

    private IntakeParts parts() {
        Feed none = new Feed() {
            @Override
            public Session open(Map<Integer, Long> offsets, FeedListener listener) {
                throw new UnsupportedOperationException();
            }

            @Override
            public java.util.Set<Integer> partitions() {
                return java.util.Set.of(0);
            }
        };
        return new IntakeParts(TOPIC, none, new EventReader(), this::state, () -> now);
    }

    private List<FeedRecord> all() {
        List<FeedRecord> records = new ArrayList<>();
        for (long position = 0; position < log.size(); position++) {
            KafkaRecordFields fields = log.record(position);
            records.add(new FeedRecord(0, position, position, fields.key(), fields.value()));
        }
        return records;
    }
}
