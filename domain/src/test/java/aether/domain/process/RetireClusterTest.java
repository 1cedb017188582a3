package aether.domain.process;

import static aether.domain.process.TableWalk.happened;
import static aether.domain.process.TableWalk.late;
import static aether.domain.process.TableWalk.refused;
import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterEvent;
import aether.domain.kernel.Command;
import aether.domain.kernel.NameBasedId;
import aether.domain.machine.MachineCommand;
import aether.domain.machine.MachineEvent;
import aether.domain.machine.MachineRole;
import aether.domain.network.NetworkCommand;
import aether.domain.nodepool.NodePoolCommand;
import aether.domain.nodepool.NodePoolId;
import aether.domain.organization.OrganizationCommand;
import aether.domain.process.RetireCluster.Data;
import aether.domain.process.RetireCluster.State;
import aether.domain.samples.Samples;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class RetireClusterTest {

    private static final NodePoolId OTHER = new NodePoolId(NameBasedId.of("other"));
    private static final ClusterEvent.ControlPlaneRemoved REMOVED =
            new ClusterEvent.ControlPlaneRemoved(Samples.CLUSTER, 1);
    private static final Data DATA = new Data(Samples.CLUSTER, Samples.ORGANIZATION, Samples.REGION, Set.of());

    /** The pools come from claims of the same stream, and the cluster is deleting as long as this process lives. */
    private static final Set<Class<? extends Command>> NEVER_REFUSED = Set.of(
            NodePoolCommand.DeleteNodePool.class,
            ClusterCommand.RequestControlPlaneRemoval.class,
            ClusterCommand.ReportDeletionDelayed.class);

    private final TableWalk<State, Data> walk = new TableWalk<>(RetireCluster.TABLE);

    @TestFactory
    Stream<DynamicTest> theTable() {
        return Stream.of(
                DynamicTest.dynamicTest("takesTheOutermostPartFirst", this::takesTheOutermostPartFirst),
                DynamicTest.dynamicTest("saysThatItIsLateAndGoesOn", this::saysThatItIsLateAndGoesOn),
                DynamicTest.dynamicTest("ignoresWhatComesAtAnotherTime", this::ignoresWhatComesAtAnotherTime),
                DynamicTest.dynamicTest("everyRowIsVisited", this::everyRowIsVisited));
    }

    private void everyRowIsVisited() {
        assertThat(walk.missed()).isEmpty();
        assertThat(walk.withoutRefusalRow(NEVER_REFUSED)).isEmpty();
    }

    private void takesTheOutermostPartFirst() {
        walk.row(
                null,
                null,
                happened(requested(List.of())),
                State.REMOVING_CONTROL_PLANE,
                ClusterCommand.RequestControlPlaneRemoval.class);
        Data data = walk.row(
                null,
                null,
                happened(requested(List.of(Samples.POOL, OTHER))),
                State.DELETING_POOLS,
                NodePoolCommand.DeleteNodePool.class,
                NodePoolCommand.DeleteNodePool.class);
        data = walk.row(State.DELETING_POOLS, data, happened(released(OTHER)), State.DELETING_POOLS);
        data = walk.row(
                State.DELETING_POOLS,
                data,
                happened(released(Samples.POOL)),
                State.REMOVING_CONTROL_PLANE,
                ClusterCommand.RequestControlPlaneRemoval.class);
        data = walk.row(
                State.REMOVING_CONTROL_PLANE,
                data,
                happened(REMOVED),
                State.RETIRING_LOAD_BALANCER,
                MachineCommand.RetireMachine.class);
        data = walk.row(
                State.RETIRING_LOAD_BALANCER,
                data,
                happened(deleted(MachineRole.WORKER)),
                State.RETIRING_LOAD_BALANCER);
        givesEverythingBack(data, happened(deleted(MachineRole.LOAD_BALANCER)));
        givesEverythingBack(data, refused(new MachineCommand.RetireMachine(Samples.LOAD_BALANCER)));
    }

    private void givesEverythingBack(Data data, Trigger trigger) {
        walk.row(
                State.RETIRING_LOAD_BALANCER,
                data,
                trigger,
                State.DONE,
                NetworkCommand.ReleaseVmId.class,
                NetworkCommand.ReleaseNetwork.class,
                OrganizationCommand.ReleaseClusterName.class,
                ClusterCommand.ConfirmDeleted.class);
    }

    private void saysThatItIsLateAndGoesOn() {
        for (State state : State.values()) {
            if (state != State.DONE) {
                walk.row(state, DATA, late(), state, ClusterCommand.ReportDeletionDelayed.class);
            }
        }
    }

    private void ignoresWhatComesAtAnotherTime() {
        walk.ignores(State.DELETING_POOLS, DATA, deleted(MachineRole.WORKER));
        walk.ignores(State.DELETING_POOLS, DATA, REMOVED);
        walk.ignores(State.REMOVING_CONTROL_PLANE, DATA, deleted(MachineRole.WORKER));
        walk.ignores(State.REMOVING_CONTROL_PLANE, DATA, released(OTHER));
        walk.ignores(State.RETIRING_LOAD_BALANCER, DATA, REMOVED);
        walk.ignores(State.RETIRING_LOAD_BALANCER, DATA, released(OTHER));
    }

    private static ClusterEvent.ClusterDeletionRequested requested(List<NodePoolId> pools) {
        return new ClusterEvent.ClusterDeletionRequested(Samples.CLUSTER, Samples.ORGANIZATION, Samples.REGION, pools);
    }

    private static ClusterEvent.PoolNameReleased released(NodePoolId pool) {
        return new ClusterEvent.PoolNameReleased(Samples.CLUSTER, "web", pool);
    }

    private static MachineEvent.MachineDeleted deleted(MachineRole role) {
        return new MachineEvent.MachineDeleted(Samples.LOAD_BALANCER, Samples.CLUSTER, null, role, 1);
    }
}
