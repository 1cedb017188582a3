package aether.domain.process;

import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ProvisioningStage;
import aether.domain.kernel.Command;
import aether.domain.kernel.NameBasedId;
import aether.domain.machine.MachineCommand;
import aether.domain.machine.MachineEvent;
import aether.domain.machine.MachineId;
import aether.domain.machine.MachineRole;
import aether.domain.machine.MachineShape;
import aether.domain.network.NetworkCommand;
import aether.domain.network.NetworkEvent;
import aether.domain.nodepool.NodePoolEvent;
import aether.domain.nodepool.NodePoolId;
import aether.domain.organization.OrganizationId;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Brings a cluster to life, or takes down again what had been made. A stage that takes longer than usual is told and
 * waited for, because its cause may go; only what was refused is given up.
 */
public final class ProvisionCluster {

    /** The port of every tenant's API. */
    public static final int API_PORT = 6443;

    /** Where provisioning is. */
    public enum State {
        /** Waiting for the region's plan. */
        ALLOCATING_NETWORK,
        /** Waiting for the load-balancer VM. */
        STARTING_LOAD_BALANCER,
        /** Waiting for the address to be stated. */
        PUBLISHING_ENDPOINT,
        /** Waiting for cert-manager. */
        ISSUING_CERTIFICATES,
        /** Waiting for the control-plane pods. */
        STARTING_CONTROL_PLANE,
        /** Waiting for the tenant's own API to be furnished. */
        INSTALLING_ADDONS,
        /** Waiting for the pools that were asked for meanwhile. */
        JOINING_POOLS,
        /** Given up; waiting for the control plane to be gone. */
        UNDOING_CONTROL_PLANE,
        /** Given up; waiting for the load-balancer VM to be gone. */
        UNDOING_LOAD_BALANCER,
        /** Over: the cluster runs, has failed cleanly, or is being deleted. */
        DONE
    }

    /**
     * What provisioning remembers.
     *
     * @param address the load balancer's address, once allocated
     * @param pools the pools that have to run before the cluster does
     */
    public record Data(
            ClusterId clusterId,
            OrganizationId organizationId,
            String region,
            String clusterName,
            String address,
            Set<NodePoolId> pools) {
        public Data {
            pools = Set.copyOf(pools);
        }

        /** The load balancer; its id follows from the cluster's. */
        public MachineId loadBalancer() {
            return loadBalancerOf(clusterId);
        }

        private Data at(String next) {
            return new Data(clusterId, organizationId, region, clusterName, next, pools);
        }

        private Data with(NodePoolId pool) {
            Set<NodePoolId> next = new HashSet<>(pools);
            next.add(pool);
            return new Data(clusterId, organizationId, region, clusterName, address, next);
        }

        private Data without(NodePoolId pool) {
            Set<NodePoolId> next = new HashSet<>(pools);
            next.remove(pool);
            return new Data(clusterId, organizationId, region, clusterName, address, next);
        }
    }

    /** The table. */
    public static final ProcessTable<State, Data> TABLE = table();

    private ProvisionCluster() {}

    /** The id of a cluster's load balancer. */
    public static MachineId loadBalancerOf(ClusterId clusterId) {
        return new MachineId(NameBasedId.of("load-balancer", clusterId));
    }

    private static ProcessTable<State, Data> table() {
        ProcessTable.Builder<State, Data> table = ProcessTable.<State, Data>named("ProvisionCluster", State.class)
                .deadline(State.ALLOCATING_NETWORK, Duration.ofMinutes(5))
                .deadline(State.STARTING_LOAD_BALANCER, Duration.ofMinutes(15))
                .deadline(State.PUBLISHING_ENDPOINT, Duration.ofMinutes(5))
                .deadline(State.ISSUING_CERTIFICATES, Duration.ofMinutes(15))
                .deadline(State.STARTING_CONTROL_PLANE, Duration.ofMinutes(20))
                .deadline(State.INSTALLING_ADDONS, Duration.ofMinutes(15))
                .deadline(State.JOINING_POOLS, Duration.ofMinutes(60))
                .end(State.DONE)
                .start(ClusterEvent.ClusterRequested.class, ProvisionCluster::begin, State.ALLOCATING_NETWORK)
                .on(
                        State.ALLOCATING_NETWORK,
                        NetworkEvent.NetworkAllocated.class,
                        ProvisionCluster::reserveLoadBalancer,
                        State.STARTING_LOAD_BALANCER)
                .on(
                        State.STARTING_LOAD_BALANCER,
                        MachineEvent.MachineReady.class,
                        ProvisionCluster::publishEndpoint,
                        State.PUBLISHING_ENDPOINT,
                        State.STARTING_LOAD_BALANCER)
                .on(
                        State.PUBLISHING_ENDPOINT,
                        ClusterEvent.EndpointPublished.class,
                        (data, event) -> Move.to(
                                State.ISSUING_CERTIFICATES,
                                data,
                                new ClusterCommand.RequestCertificates(data.clusterId())),
                        State.ISSUING_CERTIFICATES)
                .on(
                        State.ISSUING_CERTIFICATES,
                        ClusterEvent.CertificatesIssued.class,
                        (data, event) -> Move.to(
                                State.STARTING_CONTROL_PLANE,
                                data,
                                new ClusterCommand.RequestControlPlane(data.clusterId())),
                        State.STARTING_CONTROL_PLANE)
                .on(
                        State.STARTING_CONTROL_PLANE,
                        ClusterEvent.ControlPlaneReady.class,
                        (data, event) -> Move.to(
                                State.INSTALLING_ADDONS, data, new ClusterCommand.RequestAddons(data.clusterId())),
                        State.INSTALLING_ADDONS)
                .on(
                        State.INSTALLING_ADDONS,
                        ClusterEvent.AddonsInstalled.class,
                        (data, event) -> joined(data),
                        State.JOINING_POOLS,
                        State.DONE)
                .on(
                        State.JOINING_POOLS,
                        NodePoolEvent.NodePoolRunning.class,
                        (data, event) -> joined(data.without(event.poolId())),
                        State.JOINING_POOLS,
                        State.DONE)
                .on(
                        State.JOINING_POOLS,
                        NodePoolEvent.NodePoolDeleted.class,
                        (data, event) -> joined(data.without(event.poolId())),
                        State.JOINING_POOLS,
                        State.DONE)
                // Said by a run for the deadline that a crash made forgotten.
                .on(
                        State.JOINING_POOLS,
                        ClusterEvent.ClusterRunning.class,
                        (data, event) -> Move.to(State.DONE, data),
                        State.DONE);
        failing(table);
        undoing(table);
        for (State state : State.values()) {
            if (state != State.DONE) {
                sideways(table, state);
            }
        }
        return table.build();
    }

    private static Move<State, Data> begin(ClusterEvent.ClusterRequested event) {
        return Move.to(
                State.ALLOCATING_NETWORK,
                new Data(event.clusterId(), event.organizationId(), event.region(), event.name(), "", Set.of()),
                new NetworkCommand.AllocateNetwork(event.region(), event.clusterId()));
    }

    private static Move<State, Data> reserveLoadBalancer(Data data, NetworkEvent.NetworkAllocated event) {
        return Move.to(
                State.STARTING_LOAD_BALANCER,
                data.at(event.loadBalancerAddress()),
                new NetworkCommand.ReserveMachine(
                        data.region(),
                        data.loadBalancer(),
                        data.clusterId(),
                        null,
                        data.organizationId(),
                        MachineRole.LOAD_BALANCER,
                        MachineNames.loadBalancer(data.clusterName(), data.clusterId()),
                        MachineShape.LOAD_BALANCER));
    }

    private static Move<State, Data> publishEndpoint(Data data, MachineEvent.MachineReady event) {
        return event.role() == MachineRole.LOAD_BALANCER
                ? Move.to(
                        State.PUBLISHING_ENDPOINT,
                        data,
                        new ClusterCommand.PublishEndpoint(data.clusterId(), data.address(), API_PORT))
                : Move.to(State.STARTING_LOAD_BALANCER, data);
    }

    private static Move<State, Data> joined(Data data) {
        return data.pools().isEmpty() ? running(data) : Move.to(State.JOINING_POOLS, data);
    }

    /** Refusals give up, naming the stage; the state is left when the log says that the cluster failed. */
    private static void failing(ProcessTable.Builder<State, Data> table) {
        fail(table, State.ALLOCATING_NETWORK, ProvisioningStage.NETWORK, NetworkCommand.AllocateNetwork.class);
        fail(table, State.STARTING_LOAD_BALANCER, ProvisioningStage.LOAD_BALANCER, NetworkCommand.ReserveMachine.class);
        fail(table, State.PUBLISHING_ENDPOINT, ProvisioningStage.ENDPOINT, ClusterCommand.PublishEndpoint.class);
        fail(
                table,
                State.ISSUING_CERTIFICATES,
                ProvisioningStage.CERTIFICATES,
                ClusterCommand.RequestCertificates.class);
        fail(
                table,
                State.STARTING_CONTROL_PLANE,
                ProvisioningStage.CONTROL_PLANE,
                ClusterCommand.RequestControlPlane.class);
        fail(table, State.INSTALLING_ADDONS, ProvisioningStage.ADDONS, ClusterCommand.RequestAddons.class);
        // The cluster serves without the late pool, which says of itself that it is late.
        table.late(State.JOINING_POOLS, (data, passed) -> running(data), State.DONE);
    }

    private static void fail(
            ProcessTable.Builder<State, Data> table,
            State state,
            ProvisioningStage stage,
            Class<? extends Command> command) {
        table.late(
                        state,
                        (data, passed) -> Move.to(
                                state, data, new ClusterCommand.ReportProvisioningDelayed(data.clusterId(), stage)),
                        state)
                .refused(state, command, (data, refusal) -> giveUp(state, data, stage, refusal.message()), state)
                .on(
                        state,
                        ClusterEvent.ClusterFailed.class,
                        (data, event) -> Move.to(
                                State.UNDOING_CONTROL_PLANE,
                                data,
                                new ClusterCommand.RequestControlPlaneRemoval(data.clusterId())),
                        State.UNDOING_CONTROL_PLANE);
    }

    private static Move<State, Data> giveUp(State state, Data data, ProvisioningStage stage, String reason) {
        return Move.to(state, data, new ClusterCommand.FailCluster(data.clusterId(), stage, reason));
    }

    private static Move<State, Data> running(Data data) {
        return Move.to(State.DONE, data, new ClusterCommand.MarkRunning(data.clusterId()));
    }

    private static void undoing(ProcessTable.Builder<State, Data> table) {
        table.on(
                        State.UNDOING_CONTROL_PLANE,
                        ClusterEvent.ControlPlaneRemoved.class,
                        (data, event) -> Move.to(
                                State.UNDOING_LOAD_BALANCER,
                                data,
                                new MachineCommand.RetireMachine(data.loadBalancer())),
                        State.UNDOING_LOAD_BALANCER)
                .on(
                        State.UNDOING_LOAD_BALANCER,
                        MachineEvent.MachineDeleted.class,
                        (data, event) -> event.role() == MachineRole.LOAD_BALANCER
                                ? undone(data)
                                : Move.to(State.UNDOING_LOAD_BALANCER, data),
                        State.DONE,
                        State.UNDOING_LOAD_BALANCER)
                .refused(
                        State.UNDOING_LOAD_BALANCER,
                        MachineCommand.RetireMachine.class,
                        (data, refusal) -> undone(data),
                        State.DONE);
    }

    private static Move<State, Data> undone(Data data) {
        return Move.to(
                State.DONE,
                data,
                new NetworkCommand.ReleaseVmId(data.region(), data.loadBalancer()),
                new NetworkCommand.ReleaseNetwork(data.region(), data.clusterId()));
    }

    /** What may come at any time: pools asked for and given up, deletion, and events that mean nothing here. */
    private static void sideways(ProcessTable.Builder<State, Data> table, State state) {
        table.on(
                state,
                ClusterEvent.ClusterDeletionRequested.class,
                (data, event) -> Move.to(State.DONE, data),
                State.DONE);
        table.on(
                state,
                NodePoolEvent.NodePoolRequested.class,
                (data, event) -> Move.to(state, data.with(event.poolId())),
                state);
        if (state != State.JOINING_POOLS) {
            table.on(
                    state,
                    NodePoolEvent.NodePoolDeleted.class,
                    (data, event) -> Move.to(state, data.without(event.poolId())),
                    state);
            table.ignore(state, NodePoolEvent.NodePoolRunning.class);
        }
        if (state != State.STARTING_LOAD_BALANCER) {
            table.ignore(state, MachineEvent.MachineReady.class);
        }
        if (state != State.UNDOING_LOAD_BALANCER) {
            table.ignore(state, MachineEvent.MachineDeleted.class);
        }
    }
}
