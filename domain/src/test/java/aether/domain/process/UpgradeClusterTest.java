package aether.domain.process;

import static aether.domain.process.TableWalk.happened;
import static aether.domain.process.TableWalk.late;
import static aether.domain.process.TableWalk.refused;
import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterEvent;
import aether.domain.kernel.Command;
import aether.domain.kernel.DomainEvent;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.kernel.NameBasedId;
import aether.domain.nodepool.NodePoolCommand;
import aether.domain.nodepool.NodePoolEvent;
import aether.domain.nodepool.NodePoolId;
import aether.domain.process.UpgradeCluster.Data;
import aether.domain.process.UpgradeCluster.State;
import aether.domain.samples.Samples;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class UpgradeClusterTest {

    private static final KubernetesVersion TO = Samples.NEXT_VERSION;
    private static final NodePoolId OTHER = new NodePoolId(NameBasedId.of("other"));
    private static final Data DATA = new Data(Samples.CLUSTER, TO, WaitingPools.of(List.of()));
    private static final List<DomainEvent> OF_POOLS = List.of(
            new NodePoolEvent.NodePoolRollStarted(Samples.POOL, Samples.CLUSTER, 1),
            new NodePoolEvent.NodePoolRolled(Samples.POOL, Samples.CLUSTER, 1),
            new NodePoolEvent.NodePoolDeleted(Samples.POOL, Samples.CLUSTER));

    /** What belongs to another phase changes nothing, so nobody is refused. */
    private static final Set<Class<? extends Command>> NEVER_REFUSED = Set.of(
            ClusterCommand.MarkPoolUpgraded.class,
            ClusterCommand.MarkUpgraded.class,
            ClusterCommand.ReportUpgradeDelayed.class);

    private final TableWalk<State, Data> walk = new TableWalk<>(UpgradeCluster.TABLE);

    @TestFactory
    Stream<DynamicTest> theTable() {
        return Stream.of(
                DynamicTest.dynamicTest("movesPartAfterPart", this::movesPartAfterPart),
                DynamicTest.dynamicTest("replacesEveryNode", this::replacesEveryNode),
                DynamicTest.dynamicTest("doesNotWaitForPoolsThatGo", this::doesNotWaitForPoolsThatGo),
                DynamicTest.dynamicTest("saysThatItIsLateAndGoesOn", this::saysThatItIsLateAndGoesOn),
                DynamicTest.dynamicTest("endsWhenItIsOver", this::endsWhenItIsOver),
                DynamicTest.dynamicTest("everyRowIsVisited", this::everyRowIsVisited));
    }

    private void everyRowIsVisited() {
        assertThat(walk.missed()).isEmpty();
        assertThat(walk.withoutRefusalRow(NEVER_REFUSED)).isEmpty();
    }

    private void movesPartAfterPart() {
        Data data = walk.row(
                null,
                null,
                happened(new ClusterEvent.ClusterUpgradeStarted(Samples.CLUSTER, Samples.VERSION, TO)),
                State.PREPARING);
        walk.row(State.PREPARING, data, happened(prepared(false)), State.API_SERVERS);
        data = walk.row(State.PREPARING, data, happened(prepared(true)), State.ETCD);
        data = walk.row(
                State.ETCD, data, happened(new ClusterEvent.EtcdUpgraded(Samples.CLUSTER, 1, TO)), State.API_SERVERS);
        walk.ignores(State.API_SERVERS, data, new ClusterEvent.ClusterUpgradeServing(Samples.CLUSTER, 1, TO));
        data = walk.row(
                State.API_SERVERS,
                data,
                happened(new ClusterEvent.ApiServersUpgraded(Samples.CLUSTER, 1, TO)),
                State.CONTROLLERS);
        walk.row(State.CONTROLLERS, data, happened(settled()), State.NODES, ClusterCommand.MarkUpgraded.class);
    }

    private void replacesEveryNode() {
        Data data = walk.row(
                State.CONTROLLERS,
                DATA,
                happened(settled(Samples.POOL, OTHER)),
                State.NODES,
                NodePoolCommand.RollNodePool.class,
                NodePoolCommand.RollNodePool.class);
        data = walk.row(State.NODES, data, happened(rolled(Samples.POOL)), State.NODES);
        assertThat(data.pools().rolling()).as("that one was of before").containsOnlyKeys(Samples.POOL, OTHER);
        data = walk.row(State.NODES, data, happened(started(Samples.POOL)), State.NODES);
        data = walk.row(
                State.NODES, data, happened(rolled(Samples.POOL)), State.NODES, ClusterCommand.MarkPoolUpgraded.class);
        data = walk.row(State.NODES, data, happened(started(OTHER)), State.NODES);
        walk.row(
                State.NODES,
                data,
                happened(rolled(OTHER)),
                State.NODES,
                ClusterCommand.MarkPoolUpgraded.class,
                ClusterCommand.MarkUpgraded.class);
    }

    private void doesNotWaitForPoolsThatGo() {
        Data data = new Data(Samples.CLUSTER, TO, new WaitingPools(Map.of(Samples.POOL, false, OTHER, true)));
        Data one = walk.row(State.NODES, data, refused(new NodePoolCommand.RollNodePool(Samples.POOL)), State.NODES);
        walk.row(
                State.NODES,
                one,
                happened(new NodePoolEvent.NodePoolDeleted(OTHER, Samples.CLUSTER)),
                State.NODES,
                ClusterCommand.MarkUpgraded.class);
        walk.row(State.NODES, DATA, happened(new NodePoolEvent.NodePoolDeleted(OTHER, Samples.CLUSTER)), State.NODES);
    }

    private void saysThatItIsLateAndGoesOn() {
        for (State state : State.values()) {
            if (state != State.DONE) {
                walk.row(state, DATA, late(), state, ClusterCommand.ReportUpgradeDelayed.class);
            }
        }
    }

    private void endsWhenItIsOver() {
        for (State state : State.values()) {
            if (state == State.DONE) {
                continue;
            }
            walk.row(
                    state,
                    DATA,
                    happened(new ClusterEvent.ClusterDeletionRequested(
                            Samples.CLUSTER, Samples.ORGANIZATION, Samples.REGION, List.of())),
                    State.DONE);
            walk.row(state, DATA, happened(new ClusterEvent.ClusterUpgraded(Samples.CLUSTER, 1, TO)), State.DONE);
            if (state != State.NODES) {
                OF_POOLS.forEach(event -> walk.ignores(state, DATA, event));
                walk.row(
                        state,
                        DATA,
                        happened(new ClusterEvent.ClusterUpgradeAbandoned(Samples.CLUSTER, TO, Samples.VERSION)),
                        State.DONE);
            }
        }
    }

    private static ClusterEvent.ClusterUpgradePrepared prepared(boolean etcdMoves) {
        return new ClusterEvent.ClusterUpgradePrepared(Samples.CLUSTER, 1, TO, "", etcdMoves);
    }

    private static ClusterEvent.ControlPlaneUpgraded settled(NodePoolId... pools) {
        return new ClusterEvent.ControlPlaneUpgraded(Samples.CLUSTER, 1, TO, List.of(pools));
    }

    private static NodePoolEvent.NodePoolRollStarted started(NodePoolId pool) {
        return new NodePoolEvent.NodePoolRollStarted(pool, Samples.CLUSTER, 1);
    }

    private static NodePoolEvent.NodePoolRolled rolled(NodePoolId pool) {
        return new NodePoolEvent.NodePoolRolled(pool, Samples.CLUSTER, 1);
    }
}
