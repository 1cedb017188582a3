package aether.domain.process;

import static aether.domain.process.TableWalk.happened;
import static aether.domain.process.TableWalk.late;
import static aether.domain.process.TableWalk.refused;
import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.Channel;
import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ProvisioningStage;
import aether.domain.kernel.Command;
import aether.domain.kernel.DnsLabel;
import aether.domain.kernel.NameBasedId;
import aether.domain.machine.MachineCommand;
import aether.domain.machine.MachineEvent;
import aether.domain.machine.MachineRole;
import aether.domain.network.NetworkCommand;
import aether.domain.network.NetworkEvent;
import aether.domain.nodepool.NodePoolEvent;
import aether.domain.nodepool.NodePoolId;
import aether.domain.process.ProvisionCluster.Data;
import aether.domain.process.ProvisionCluster.State;
import aether.domain.samples.Samples;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ProvisionClusterTest {

    private static final ClusterEvent.ClusterRequested REQUESTED = new ClusterEvent.ClusterRequested(
            Samples.CLUSTER, Samples.ORGANIZATION, "shop", Samples.REGION, Samples.VERSION, false, Channel.API);
    private static final NodePoolEvent.NodePoolRequested POOL_REQUESTED = new NodePoolEvent.NodePoolRequested(
            Samples.POOL,
            Samples.CLUSTER,
            Samples.ORGANIZATION,
            "shop",
            Samples.REGION,
            "web",
            2,
            2,
            Samples.SHAPE,
            false);
    private static final NodePoolEvent.NodePoolRunning POOL_RUNNING =
            new NodePoolEvent.NodePoolRunning(Samples.POOL, Samples.CLUSTER, 2);
    private static final NodePoolEvent.NodePoolDeleted POOL_DELETED =
            new NodePoolEvent.NodePoolDeleted(Samples.POOL, Samples.CLUSTER);
    private static final ClusterEvent.ClusterFailed FAILED =
            new ClusterEvent.ClusterFailed(Samples.CLUSTER, ProvisioningStage.NETWORK, "why");
    private static final Data DATA =
            new Data(Samples.CLUSTER, Samples.ORGANIZATION, Samples.REGION, "shop", Samples.ADDRESS, Set.of());

    /**
     * A removal that was decided, and what is late, can be refused by no later state. A stage is given up when its
     * command was refused, and so cannot be over.
     */
    private static final Set<Class<? extends Command>> NEVER_REFUSED = Set.of(
            ClusterCommand.RequestControlPlaneRemoval.class,
            ClusterCommand.ReportProvisioningDelayed.class,
            ClusterCommand.FailCluster.class);

    private final TableWalk<State, Data> walk = new TableWalk<>(ProvisionCluster.TABLE);

    @TestFactory
    Stream<DynamicTest> theTable() {
        return Stream.of(
                DynamicTest.dynamicTest("bringsAClusterToLife", this::bringsAClusterToLife),
                DynamicTest.dynamicTest("givesUpAndUndoes", this::givesUpAndUndoes),
                DynamicTest.dynamicTest("heedsPoolsAndDeletionAtAnyTime", this::heedsPoolsAndDeletionAtAnyTime),
                DynamicTest.dynamicTest("everyRowIsVisited", this::everyRowIsVisited));
    }

    private void everyRowIsVisited() {
        assertThat(walk.missed()).isEmpty();
        assertThat(walk.withoutRefusalRow(NEVER_REFUSED)).isEmpty();
    }

    private void bringsAClusterToLife() {
        Data data = walk.row(
                null, null, happened(REQUESTED), State.ALLOCATING_NETWORK, NetworkCommand.AllocateNetwork.class);
        data = walk.row(
                State.ALLOCATING_NETWORK,
                data,
                happened(new NetworkEvent.NetworkAllocated(
                        Samples.REGION, Samples.CLUSTER, Samples.WORKER_SUBNET, Samples.ADDRESS)),
                State.STARTING_LOAD_BALANCER,
                NetworkCommand.ReserveMachine.class);
        data = walk.row(
                State.STARTING_LOAD_BALANCER, data, happened(ready(MachineRole.WORKER)), State.STARTING_LOAD_BALANCER);
        data = walk.row(
                State.STARTING_LOAD_BALANCER,
                data,
                happened(ready(MachineRole.LOAD_BALANCER)),
                State.PUBLISHING_ENDPOINT,
                ClusterCommand.PublishEndpoint.class);
        assertThat(data.address()).isEqualTo(Samples.ADDRESS);
        data = walk.row(
                State.PUBLISHING_ENDPOINT,
                data,
                happened(new ClusterEvent.EndpointPublished(Samples.CLUSTER, Samples.ADDRESS, 6443)),
                State.ISSUING_CERTIFICATES,
                ClusterCommand.RequestCertificates.class);
        data = walk.row(
                State.ISSUING_CERTIFICATES,
                data,
                happened(new ClusterEvent.CertificatesIssued(
                        Samples.CLUSTER, 1, Samples.FINGERPRINT, Samples.NOT_AFTER)),
                State.STARTING_CONTROL_PLANE,
                ClusterCommand.RequestControlPlane.class);
        data = walk.row(
                State.STARTING_CONTROL_PLANE,
                data,
                happened(new ClusterEvent.ControlPlaneReady(Samples.CLUSTER, 1, Samples.VERSION)),
                State.INSTALLING_ADDONS,
                ClusterCommand.RequestAddons.class);
        ClusterEvent.AddonsInstalled installed = new ClusterEvent.AddonsInstalled(Samples.CLUSTER, 1);
        walk.row(State.INSTALLING_ADDONS, data, happened(installed), State.DONE, ClusterCommand.MarkRunning.class);
        Data waiting = walk.row(State.INSTALLING_ADDONS, data, happened(POOL_REQUESTED), State.INSTALLING_ADDONS);
        waiting = walk.row(State.INSTALLING_ADDONS, waiting, happened(installed), State.JOINING_POOLS);
        walk.row(State.JOINING_POOLS, waiting, happened(POOL_RUNNING), State.DONE, ClusterCommand.MarkRunning.class);
        NodePoolId second = new NodePoolId(NameBasedId.of("second"));
        Data both = new Data(
                Samples.CLUSTER,
                Samples.ORGANIZATION,
                Samples.REGION,
                "shop",
                Samples.ADDRESS,
                Set.of(Samples.POOL, second));
        walk.row(State.JOINING_POOLS, both, happened(POOL_RUNNING), State.JOINING_POOLS);
        walk.row(State.JOINING_POOLS, both, happened(POOL_DELETED), State.JOINING_POOLS);
        walk.row(State.JOINING_POOLS, waiting, happened(POOL_DELETED), State.DONE, ClusterCommand.MarkRunning.class);
    }

    @Test
    void reservesTheLoadBalancerUnderOneNameAndId() {
        Data longest = new Data(Samples.CLUSTER, Samples.ORGANIZATION, Samples.REGION, "x".repeat(63), "", Set.of());
        NetworkEvent.NetworkAllocated allocated = new NetworkEvent.NetworkAllocated(
                Samples.REGION, Samples.CLUSTER, Samples.WORKER_SUBNET, Samples.ADDRESS);

        List<Command> once = walk.reaction(State.ALLOCATING_NETWORK, longest, happened(allocated))
                .commands();
        List<Command> twice = walk.reaction(State.ALLOCATING_NETWORK, longest, happened(allocated))
                .commands();

        assertThat(once).isEqualTo(twice);
        assertThat(once).singleElement().isInstanceOfSatisfying(NetworkCommand.ReserveMachine.class, reserve -> {
            assertThat(DnsLabel.isValid(reserve.name())).isTrue();
            assertThat(reserve.machineId()).isEqualTo(ProvisionCluster.loadBalancerOf(Samples.CLUSTER));
        });
    }

    private void givesUpAndUndoes() {
        giveUp(State.ALLOCATING_NETWORK, new NetworkCommand.AllocateNetwork(Samples.REGION, Samples.CLUSTER));
        giveUp(
                State.STARTING_LOAD_BALANCER,
                new NetworkCommand.ReserveMachine(
                        Samples.REGION,
                        Samples.LOAD_BALANCER,
                        Samples.CLUSTER,
                        null,
                        Samples.ORGANIZATION,
                        MachineRole.LOAD_BALANCER,
                        "lb",
                        Samples.SHAPE));
        giveUp(State.PUBLISHING_ENDPOINT, new ClusterCommand.PublishEndpoint(Samples.CLUSTER, "h", 1));
        giveUp(State.ISSUING_CERTIFICATES, new ClusterCommand.RequestCertificates(Samples.CLUSTER));
        giveUp(State.STARTING_CONTROL_PLANE, new ClusterCommand.RequestControlPlane(Samples.CLUSTER));
        giveUp(State.INSTALLING_ADDONS, new ClusterCommand.RequestAddons(Samples.CLUSTER));
        walk.row(State.JOINING_POOLS, DATA, late(), State.DONE, ClusterCommand.MarkRunning.class);
        // A run for that deadline may be forgotten after it has said so.
        walk.row(State.JOINING_POOLS, DATA, happened(new ClusterEvent.ClusterRunning(Samples.CLUSTER)), State.DONE);
        walk.row(
                State.UNDOING_CONTROL_PLANE,
                DATA,
                happened(new ClusterEvent.ControlPlaneRemoved(Samples.CLUSTER, 1)),
                State.UNDOING_LOAD_BALANCER,
                MachineCommand.RetireMachine.class);
        walk.row(State.UNDOING_LOAD_BALANCER, DATA, happened(deleted(MachineRole.WORKER)), State.UNDOING_LOAD_BALANCER);
        walk.row(
                State.UNDOING_LOAD_BALANCER,
                DATA,
                happened(deleted(MachineRole.LOAD_BALANCER)),
                State.DONE,
                NetworkCommand.ReleaseVmId.class,
                NetworkCommand.ReleaseNetwork.class);
        walk.row(
                State.UNDOING_LOAD_BALANCER,
                DATA,
                refused(new MachineCommand.RetireMachine(Samples.LOAD_BALANCER)),
                State.DONE,
                NetworkCommand.ReleaseVmId.class,
                NetworkCommand.ReleaseNetwork.class);
    }

    private void giveUp(State state, Command command) {
        walk.row(state, DATA, late(), state, ClusterCommand.ReportProvisioningDelayed.class);
        walk.row(state, DATA, refused(command), state, ClusterCommand.FailCluster.class);
        walk.row(
                state,
                DATA,
                happened(FAILED),
                State.UNDOING_CONTROL_PLANE,
                ClusterCommand.RequestControlPlaneRemoval.class);
    }

    private void heedsPoolsAndDeletionAtAnyTime() {
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
            Data with = walk.row(state, DATA, happened(POOL_REQUESTED), state);
            assertThat(with.pools()).containsExactly(Samples.POOL);
            if (state != State.JOINING_POOLS) {
                assertThat(walk.row(state, with, happened(POOL_DELETED), state).pools())
                        .isEmpty();
                walk.ignores(state, DATA, POOL_RUNNING);
            }
            if (state != State.STARTING_LOAD_BALANCER) {
                walk.ignores(state, DATA, ready(MachineRole.WORKER));
            }
            if (state != State.UNDOING_LOAD_BALANCER) {
                walk.ignores(state, DATA, deleted(MachineRole.WORKER));
            }
        }
    }

    private static MachineEvent.MachineReady ready(MachineRole role) {
        return new MachineEvent.MachineReady(Samples.LOAD_BALANCER, Samples.CLUSTER, null, role, 1);
    }

    private static MachineEvent.MachineDeleted deleted(MachineRole role) {
        return new MachineEvent.MachineDeleted(Samples.LOAD_BALANCER, Samples.CLUSTER, null, role, 1);
    }
}
