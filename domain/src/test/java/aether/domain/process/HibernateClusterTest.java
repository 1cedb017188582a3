package aether.domain.process;

import static aether.domain.process.TableWalk.happened;
import static aether.domain.process.TableWalk.late;
import static aether.domain.process.TableWalk.refused;
import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterHibernation;
import aether.domain.cluster.HibernationReason;
import aether.domain.kernel.Command;
import aether.domain.kernel.NameBasedId;
import aether.domain.nodepool.NodePoolCommand;
import aether.domain.nodepool.NodePoolEvent;
import aether.domain.nodepool.NodePoolId;
import aether.domain.process.HibernateCluster.Data;
import aether.domain.process.HibernateCluster.State;
import aether.domain.samples.Samples;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class HibernateClusterTest {

    private static final NodePoolId OTHER = new NodePoolId(NameBasedId.of("other"));
    private static final Data NONE = new Data(Samples.CLUSTER, Set.of(), Set.of());
    private static final Data TWO = new Data(Samples.CLUSTER, Set.of(Samples.POOL, OTHER), Set.of(Samples.POOL, OTHER));

    /** What belongs to another phase changes nothing, so nobody is refused. */
    private static final Set<Class<? extends Command>> NEVER_REFUSED = Set.of(
            ClusterCommand.MarkNodesAsleep.class,
            ClusterCommand.MarkAwake.class,
            ClusterCommand.ReportHibernationDelayed.class);

    private final TableWalk<State, Data> walk = new TableWalk<>(HibernateCluster.TABLE);

    @TestFactory
    Stream<DynamicTest> theTable() {
        return Stream.of(
                DynamicTest.dynamicTest("goesToSleepFromTheOutside", this::goesToSleepFromTheOutside),
                DynamicTest.dynamicTest("wakesFromTheInside", this::wakesFromTheInside),
                DynamicTest.dynamicTest("needsNoPools", this::needsNoPools),
                DynamicTest.dynamicTest("doesNotWaitForPoolsThatGo", this::doesNotWaitForPoolsThatGo),
                DynamicTest.dynamicTest("waitsForAPoolThatIsBeingDeleted", this::waitsForAPoolThatIsBeingDeleted),
                DynamicTest.dynamicTest("isWokenAtAnyMoment", this::isWokenAtAnyMoment),
                DynamicTest.dynamicTest("saysThatItIsLate", this::saysThatItIsLate),
                DynamicTest.dynamicTest("endsWhenItIsOver", this::endsWhenItIsOver),
                DynamicTest.dynamicTest("ignoresWhatComesAtAnotherTime", this::ignoresWhatComesAtAnotherTime),
                DynamicTest.dynamicTest("everyRowIsVisited", this::everyRowIsVisited));
    }

    private void everyRowIsVisited() {
        assertThat(walk.missed()).isEmpty();
        assertThat(walk.withoutRefusalRow(NEVER_REFUSED)).isEmpty();
    }

    private void goesToSleepFromTheOutside() {
        Data data = walk.row(
                null,
                null,
                happened(new ClusterEvent.ClusterHibernationStarted(Samples.CLUSTER, HibernationReason.UNUSED, "")),
                State.PREPARING);
        data = walk.row(
                State.PREPARING,
                data,
                happened(prepared(Samples.POOL, OTHER)),
                State.NODES_LEAVING,
                NodePoolCommand.HibernateNodePool.class,
                NodePoolCommand.HibernateNodePool.class);
        data = walk.row(State.NODES_LEAVING, data, happened(hibernated(OTHER)), State.NODES_LEAVING);
        data = walk.row(
                State.NODES_LEAVING,
                data,
                happened(hibernated(Samples.POOL)),
                State.NODES_LEAVING,
                ClusterCommand.MarkNodesAsleep.class);
        walk.row(State.NODES_LEAVING, data, happened(hibernated(Samples.POOL)), State.NODES_LEAVING);
        data = walk.row(
                State.NODES_LEAVING, data, happened(new ClusterEvent.NodesAsleep(Samples.CLUSTER)), State.STOPPING);
        walk.ignores(State.STOPPING, data, advanced(ClusterHibernation.Phase.ETCD_STOPPING));
        data = walk.row(
                State.STOPPING,
                data,
                happened(new ClusterEvent.ClusterHibernated(Samples.CLUSTER, 1, 1)),
                State.ASLEEP);
        assertThat(data.pools()).as("who has to be woken").containsExactlyInAnyOrder(Samples.POOL, OTHER);
    }

    private void wakesFromTheInside() {
        Data data = walk.row(
                State.ASLEEP,
                new Data(Samples.CLUSTER, TWO.pools(), Set.of()),
                happened(new ClusterEvent.ClusterWakeStarted(Samples.CLUSTER)),
                State.STARTING);
        for (ClusterHibernation.Phase phase : List.of(
                ClusterHibernation.Phase.ETCD_STARTING,
                ClusterHibernation.Phase.API_STARTING,
                ClusterHibernation.Phase.CONTROLLERS_STARTING)) {
            data = walk.row(State.STARTING, data, happened(advanced(phase)), State.STARTING);
        }
        data = walk.row(
                State.STARTING,
                data,
                happened(advanced(ClusterHibernation.Phase.NODES_JOINING)),
                State.NODES_JOINING,
                NodePoolCommand.WakeNodePool.class,
                NodePoolCommand.WakeNodePool.class);
        data = walk.row(State.NODES_JOINING, data, happened(running(Samples.POOL)), State.NODES_JOINING);
        data = walk.row(
                State.NODES_JOINING,
                data,
                happened(running(OTHER)),
                State.NODES_JOINING,
                ClusterCommand.MarkAwake.class);
        walk.row(State.NODES_JOINING, data, happened(running(OTHER)), State.NODES_JOINING);
        walk.row(State.NODES_JOINING, data, happened(new ClusterEvent.ClusterAwake(Samples.CLUSTER)), State.DONE);
    }

    private void needsNoPools() {
        walk.row(
                State.PREPARING, NONE, happened(prepared()), State.NODES_LEAVING, ClusterCommand.MarkNodesAsleep.class);
        walk.row(
                State.STARTING,
                NONE,
                happened(advanced(ClusterHibernation.Phase.NODES_JOINING)),
                State.NODES_JOINING,
                ClusterCommand.MarkAwake.class);
    }

    private void doesNotWaitForPoolsThatGo() {
        Data left = walk.row(State.NODES_LEAVING, TWO, happened(released(OTHER)), State.NODES_LEAVING);
        walk.row(
                State.NODES_LEAVING,
                left,
                happened(released(Samples.POOL)),
                State.NODES_LEAVING,
                ClusterCommand.MarkNodesAsleep.class);
        Data joined = walk.row(
                State.NODES_JOINING, TWO, refused(new NodePoolCommand.WakeNodePool(OTHER)), State.NODES_JOINING);
        walk.row(
                State.NODES_JOINING,
                joined,
                happened(released(Samples.POOL)),
                State.NODES_JOINING,
                ClusterCommand.MarkAwake.class);
        for (State state : List.of(State.PREPARING, State.STOPPING, State.ASLEEP, State.STARTING)) {
            Data one = walk.row(state, TWO, happened(released(OTHER)), state);
            assertThat(one.pools()).containsExactly(Samples.POOL);
        }
    }

    /** Its machines are there until its name is given back, and nobody works in a cluster that sleeps. */
    private void waitsForAPoolThatIsBeingDeleted() {
        Data asked = walk.row(
                State.NODES_LEAVING, TWO, refused(new NodePoolCommand.HibernateNodePool(OTHER)), State.NODES_LEAVING);
        asked = walk.row(State.NODES_LEAVING, asked, happened(hibernated(Samples.POOL)), State.NODES_LEAVING);
        walk.row(
                State.NODES_LEAVING,
                asked,
                happened(released(OTHER)),
                State.NODES_LEAVING,
                ClusterCommand.MarkNodesAsleep.class);
    }

    private void isWokenAtAnyMoment() {
        for (State state : List.of(State.PREPARING, State.NODES_LEAVING, State.STOPPING, State.ASLEEP)) {
            walk.row(state, TWO, happened(new ClusterEvent.ClusterWakeStarted(Samples.CLUSTER)), State.STARTING);
        }
    }

    private void saysThatItIsLate() {
        for (State state : List.of(State.PREPARING, State.NODES_LEAVING, State.STOPPING, State.STARTING)) {
            walk.row(state, TWO, late(), state, ClusterCommand.ReportHibernationDelayed.class);
        }
        walk.row(State.NODES_JOINING, TWO, late(), State.NODES_JOINING, ClusterCommand.MarkAwake.class);
        assertThat(HibernateCluster.TABLE.deadlineOf(State.ASLEEP))
                .as("it may sleep for as long as it likes")
                .isEmpty();
    }

    private void endsWhenItIsOver() {
        walk.row(
                State.PREPARING,
                NONE,
                happened(new ClusterEvent.HibernationObstructed(Samples.CLUSTER, 1, 1, "etcd-0 has no volume")),
                State.DONE);
        for (State state : State.values()) {
            if (state != State.DONE) {
                walk.row(
                        state,
                        TWO,
                        happened(new ClusterEvent.ClusterDeletionRequested(
                                Samples.CLUSTER, Samples.ORGANIZATION, Samples.REGION, List.of())),
                        State.DONE);
            }
        }
    }

    private void ignoresWhatComesAtAnotherTime() {
        for (State state : State.values()) {
            if (state != State.DONE && state != State.NODES_LEAVING) {
                walk.ignores(state, TWO, hibernated(OTHER));
            }
            if (state != State.DONE && state != State.NODES_JOINING) {
                walk.ignores(state, TWO, running(OTHER));
            }
        }
    }

    private static ClusterEvent.HibernationPrepared prepared(NodePoolId... pools) {
        return new ClusterEvent.HibernationPrepared(Samples.CLUSTER, 1, 1, "", List.of(pools));
    }

    private static ClusterEvent.HibernationAdvanced advanced(ClusterHibernation.Phase phase) {
        return new ClusterEvent.HibernationAdvanced(Samples.CLUSTER, 1, 1, phase);
    }

    private static NodePoolEvent.NodePoolHibernated hibernated(NodePoolId pool) {
        return new NodePoolEvent.NodePoolHibernated(pool, Samples.CLUSTER);
    }

    private static NodePoolEvent.NodePoolRunning running(NodePoolId pool) {
        return new NodePoolEvent.NodePoolRunning(pool, Samples.CLUSTER, 1);
    }

    private static ClusterEvent.PoolNameReleased released(NodePoolId pool) {
        return new ClusterEvent.PoolNameReleased(Samples.CLUSTER, "web", pool);
    }
}
