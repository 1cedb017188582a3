package aether.domain.process;

import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.kernel.Command;
import aether.domain.machine.MachineCommand;
import aether.domain.machine.MachineEvent;
import aether.domain.machine.MachineId;
import aether.domain.machine.MachineRole;
import aether.domain.network.NetworkCommand;
import aether.domain.nodepool.NodePoolCommand;
import aether.domain.nodepool.NodePoolId;
import aether.domain.organization.OrganizationCommand;
import aether.domain.organization.OrganizationId;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes a cluster down, outermost part first, and gives back what it held. It never gives up; it says that it is late.
 */
public final class RetireCluster {

    /** Where the retirement is. */
    public enum State {
        /** Waiting for the node pools to be gone. */
        DELETING_POOLS,
        /** Waiting for the control plane and its certificates to be gone. */
        REMOVING_CONTROL_PLANE,
        /** Waiting for the load-balancer VM to be gone. */
        RETIRING_LOAD_BALANCER,
        /** Over: nothing is left and everything is given back. */
        DONE
    }

    /**
     * What the retirement remembers.
     *
     * @param pools the pools that have not given their name back yet
     */
    public record Data(ClusterId clusterId, OrganizationId organizationId, String region, Set<NodePoolId> pools) {
        public Data {
            pools = Set.copyOf(pools);
        }

        private MachineId loadBalancer() {
            return ProvisionCluster.loadBalancerOf(clusterId);
        }

        private Data without(NodePoolId pool) {
            Set<NodePoolId> next = new HashSet<>(pools);
            next.remove(pool);
            return new Data(clusterId, organizationId, region, next);
        }
    }

    /** How long a stage may take before the log says that it is late. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    /** The table. */
    public static final ProcessTable<State, Data> TABLE = table();

    private RetireCluster() {}

    private static ProcessTable<State, Data> table() {
        return ProcessTable.<State, Data>named("RetireCluster", State.class)
                .deadline(State.DELETING_POOLS, PATIENCE)
                .deadline(State.REMOVING_CONTROL_PLANE, PATIENCE)
                .deadline(State.RETIRING_LOAD_BALANCER, PATIENCE)
                .end(State.DONE)
                .start(
                        ClusterEvent.ClusterDeletionRequested.class,
                        RetireCluster::begin,
                        State.DELETING_POOLS,
                        State.REMOVING_CONTROL_PLANE)
                // A pool may be gone already when this starts, but then it has not given its name back yet.
                .on(
                        State.DELETING_POOLS,
                        ClusterEvent.PoolNameReleased.class,
                        (data, event) -> poolGone(data.without(event.poolId())),
                        State.DELETING_POOLS,
                        State.REMOVING_CONTROL_PLANE)
                .late(State.DELETING_POOLS, (data, passed) -> late(State.DELETING_POOLS, data), State.DELETING_POOLS)
                .on(
                        State.REMOVING_CONTROL_PLANE,
                        ClusterEvent.ControlPlaneRemoved.class,
                        (data, event) -> Move.to(
                                State.RETIRING_LOAD_BALANCER,
                                data,
                                new MachineCommand.RetireMachine(data.loadBalancer())),
                        State.RETIRING_LOAD_BALANCER)
                .late(
                        State.REMOVING_CONTROL_PLANE,
                        (data, passed) -> late(State.REMOVING_CONTROL_PLANE, data),
                        State.REMOVING_CONTROL_PLANE)
                .on(
                        State.RETIRING_LOAD_BALANCER,
                        MachineEvent.MachineDeleted.class,
                        (data, event) -> event.role() == MachineRole.LOAD_BALANCER
                                ? giveBack(data)
                                : Move.to(State.RETIRING_LOAD_BALANCER, data),
                        State.DONE,
                        State.RETIRING_LOAD_BALANCER)
                .refused(
                        State.RETIRING_LOAD_BALANCER,
                        MachineCommand.RetireMachine.class,
                        (data, refusal) -> giveBack(data),
                        State.DONE)
                .late(
                        State.RETIRING_LOAD_BALANCER,
                        (data, passed) -> late(State.RETIRING_LOAD_BALANCER, data),
                        State.RETIRING_LOAD_BALANCER)
                .ignore(State.DELETING_POOLS, MachineEvent.MachineDeleted.class, ClusterEvent.ControlPlaneRemoved.class)
                .ignore(
                        State.REMOVING_CONTROL_PLANE,
                        MachineEvent.MachineDeleted.class,
                        ClusterEvent.PoolNameReleased.class)
                .ignore(
                        State.RETIRING_LOAD_BALANCER,
                        ClusterEvent.PoolNameReleased.class,
                        ClusterEvent.ControlPlaneRemoved.class)
                .build();
    }

    private static Move<State, Data> begin(ClusterEvent.ClusterDeletionRequested event) {
        Data data = new Data(event.clusterId(), event.organizationId(), event.region(), Set.copyOf(event.pools()));
        if (event.pools().isEmpty()) {
            return poolGone(data);
        }
        List<Command> commands = event.pools().stream()
                .<Command>map(NodePoolCommand.DeleteNodePool::new)
                .toList();
        return new Move<>(State.DELETING_POOLS, data, commands);
    }

    private static Move<State, Data> poolGone(Data data) {
        return data.pools().isEmpty()
                ? Move.to(
                        State.REMOVING_CONTROL_PLANE,
                        data,
                        new ClusterCommand.RequestControlPlaneRemoval(data.clusterId()))
                : Move.to(State.DELETING_POOLS, data);
    }

    private static Move<State, Data> late(State state, Data data) {
        return Move.to(
                state,
                data,
                new ClusterCommand.ReportDeletionDelayed(
                        data.clusterId(), state.name().toLowerCase(java.util.Locale.ROOT)));
    }

    private static Move<State, Data> giveBack(Data data) {
        return Move.to(
                State.DONE,
                data,
                new NetworkCommand.ReleaseVmId(data.region(), data.loadBalancer()),
                new NetworkCommand.ReleaseNetwork(data.region(), data.clusterId()),
                new OrganizationCommand.ReleaseClusterName(data.organizationId(), data.clusterId()),
                new ClusterCommand.ConfirmDeleted(data.clusterId()));
    }
}
