package aether.reconcile.process;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.kernel.Command;
import aether.domain.kernel.DomainEvent;
import aether.domain.process.HibernateCluster;
import aether.domain.process.PoolData;
import aether.domain.process.ProvisionCluster;
import aether.domain.process.RetireCluster;
import aether.domain.process.RotateAuthority;
import aether.domain.process.ScalePool;
import aether.domain.process.UpgradeCluster;
import aether.reconcile.loop.OutsideFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of every table, through the real sagas: twice, late, and with a crash before and after each command. */
class EveryRowTest {

    private record Result(Map<UUID, Command> commands, List<String> kept, Map<String, String> stopped) {}

    /** How a way is walked. */
    private record Manner(boolean twice, boolean late, int breakAt, RecordingCommands.Break how) {
        static final Manner PLAIN = new Manner(false, false, -1, RecordingCommands.Break.BEFORE);
    }

    static final TableWalk<ProvisionCluster.State, ProvisionCluster.Data> PROVISION =
            new TableWalk<>(ProvisionClusterSaga.class, ProvisionCluster.TABLE, unused -> SampleEvents.ofCluster());
    static final TableWalk<RetireCluster.State, RetireCluster.Data> RETIRE =
            new TableWalk<>(RetireClusterSaga.class, RetireCluster.TABLE, unused -> SampleEvents.ofCluster());
    static final TableWalk<ScalePool.State, PoolData> SCALE =
            new TableWalk<>(ScalePoolSaga.class, ScalePool.TABLE, progress -> SampleEvents.ofPool(progress.data()));

    static final TableWalk<UpgradeCluster.State, UpgradeCluster.Data> UPGRADE =
            new TableWalk<>(UpgradeClusterSaga.class, UpgradeCluster.TABLE, unused -> SampleEvents.ofUpgrade());

    static final TableWalk<RotateAuthority.State, RotateAuthority.Data> ROTATE =
            new TableWalk<>(RotateAuthoritySaga.class, RotateAuthority.TABLE, unused -> SampleEvents.ofRotation());

    static final TableWalk<HibernateCluster.State, HibernateCluster.Data> HIBERNATE =
            new TableWalk<>(HibernateClusterSaga.class, HibernateCluster.TABLE, unused -> SampleEvents.ofHibernation());

    static Stream<TableWalk.Way> ways() {
        return Stream.of(PROVISION.ways(), RETIRE.ways(), SCALE.ways(), ROTATE.ways(), UPGRADE.ways(), HIBERNATE.ways())
                .flatMap(List::stream);
    }

    @Test
    void everyRowIsReached() {
        assertThat(ways().count()).isPositive();
        assertThat(PROVISION.unvisited()).isEmpty();
        assertThat(RETIRE.unvisited()).isEmpty();
        assertThat(SCALE.unvisited()).isEmpty();
        assertThat(ROTATE.unvisited()).isEmpty();
        assertThat(UPGRADE.unvisited()).isEmpty();
        assertThat(HIBERNATE.unvisited()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aRowThatRunsTwiceIsARowThatRanOnce(TableWalk.Way way) throws Exception {
        Result once = walk(way, Manner.PLAIN);

        assertThat(once.stopped()).isEmpty();
        assertThat(walk(way, new Manner(true, false, -1, RecordingCommands.Break.BEFORE)))
                .isEqualTo(once);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void lateEventsAndDeadlinesChangeNothing(TableWalk.Way way) throws Exception {
        assertThat(walk(way, new Manner(false, true, -1, RecordingCommands.Break.BEFORE)))
                .isEqualTo(walk(way, Manner.PLAIN));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aCrashBeforeOrAfterAnyCommandIsNotSeenAfterwards(TableWalk.Way way) throws Exception {
        RecordingCommands counting = new RecordingCommands();
        Result whole = walk(way, Manner.PLAIN, counting);
        for (int call = 0; call < counting.calls(); call++) {
            for (RecordingCommands.Break how : RecordingCommands.Break.values()) {
                assertThat(walk(way, new Manner(false, false, call, how)))
                        .describedAs("crash %s call %d", how, call)
                        .isEqualTo(whole);
            }
        }
    }

    private static Result walk(TableWalk.Way way, Manner manner) throws Exception {
        return walk(way, manner, new RecordingCommands());
    }

    private static Result walk(TableWalk.Way way, Manner manner, RecordingCommands commands) throws Exception {
        commands.breakAt(manner.breakAt(), manner.how());
        SagaHarness harness = new SagaHarness(commands, List.of(way.saga()));
        for (int position = 0; position < way.steps().size(); position++) {
            TableWalk.Step step = way.steps().get(position);
            commands.refuse(step.refused());
            List<RecordingDeadlines.Set> set = harness.deadlines();
            for (int time = 0; time < (manner.twice() ? 2 : 1); time++) {
                deliver(harness, step, position, set);
            }
            if (manner.late()) {
                repeatEverything(harness, way, position);
            }
        }
        return new Result(commands.taken(), harness.kept(), harness.stopped());
    }

    private static void repeatEverything(SagaHarness harness, TableWalk.Way way, int upTo) throws Exception {
        List<RecordingDeadlines.Set> deadlines = harness.deadlines();
        for (RecordingDeadlines.Set superseded : deadlines.subList(0, Math.max(0, deadlines.size() - 1))) {
            harness.pass(superseded);
        }
        for (int earlier = 0; earlier <= upTo; earlier++) {
            Optional<DomainEvent> event = way.steps().get(earlier).event();
            // What starts a process is not repeated after its end: the token was moved with the end.
            if (event.isPresent() && !harness.kept().isEmpty()) {
                harness.deliver(event.get(), earlier);
            }
        }
    }

    /** Delivers, and after a crash delivers again, as the log and the scheduler do. */
    private static void deliver(
            SagaHarness harness, TableWalk.Step step, int position, List<RecordingDeadlines.Set> set) throws Exception {
        for (int attempt = 0; ; attempt++) {
            try {
                if (step.event().isPresent()) {
                    harness.deliver(step.event().get(), position);
                } else {
                    harness.pass(set.getLast());
                }
                return;
            } catch (OutsideFailure e) {
                assertThat(attempt)
                        .describedAs("a second crash, but only one was ordered")
                        .isZero();
            }
        }
    }
}
