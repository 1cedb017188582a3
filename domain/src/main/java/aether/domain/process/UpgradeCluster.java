package aether.domain.process;

import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.kernel.Command;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.nodepool.NodePoolCommand;
import aether.domain.nodepool.NodePoolEvent;
import aether.domain.nodepool.NodePoolId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Moves a cluster to another version: etcd, API servers and controllers are moved by workers, stage by stage; then
 * every node is replaced. It never goes on by time; it says that it is late.
 */
public final class UpgradeCluster {

    /** Where the upgrade is. */
    public enum State {
        /** Waiting for the snapshot, where the site keeps some. */
        PREPARING,
        /** Waiting for etcd. */
        ETCD,
        /** Waiting until no API server of before is left. */
        API_SERVERS,
        /** Waiting for controller manager and scheduler. */
        CONTROLLERS,
        /** Waiting until no node of before is left. */
        NODES,
        /** Over: done, abandoned, or the cluster goes. */
        DONE
    }

    /**
     * What the upgrade remembers.
     *
     * @param pools those that have nodes of before
     */
    public record Data(ClusterId clusterId, KubernetesVersion to, WaitingPools pools) {
        private Data waitingFor(WaitingPools next) {
            return new Data(clusterId, to, next);
        }
    }

    /** How long workers may take for a stage before the log says that it is late. */
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    /** Nodes are replaced one after the other, minutes each. */
    private static final Duration PATIENCE_WITH_NODES = Duration.ofHours(24);

    private static final Set<State> BEFORE_NODES =
            Set.of(State.PREPARING, State.ETCD, State.API_SERVERS, State.CONTROLLERS);

    /** The table. */
    public static final ProcessTable<State, Data> TABLE = table();

    private UpgradeCluster() {}

    private static ProcessTable<State, Data> table() {
        ProcessTable.Builder<State, Data> table = ProcessTable.<State, Data>named("UpgradeCluster", State.class)
                .end(State.DONE)
                .start(
                        ClusterEvent.ClusterUpgradeStarted.class,
                        event -> Move.to(
                                State.PREPARING, new Data(event.clusterId(), event.to(), WaitingPools.of(List.of()))),
                        State.PREPARING)
                .on(
                        State.PREPARING,
                        ClusterEvent.ClusterUpgradePrepared.class,
                        (data, event) -> Move.to(event.etcdMoves() ? State.ETCD : State.API_SERVERS, data),
                        State.ETCD,
                        State.API_SERVERS)
                .on(
                        State.ETCD,
                        ClusterEvent.EtcdUpgraded.class,
                        (data, event) -> Move.to(State.API_SERVERS, data),
                        State.API_SERVERS)
                .ignore(State.API_SERVERS, ClusterEvent.ClusterUpgradeServing.class)
                .on(
                        State.API_SERVERS,
                        ClusterEvent.ApiServersUpgraded.class,
                        (data, event) -> Move.to(State.CONTROLLERS, data),
                        State.CONTROLLERS)
                .on(
                        State.CONTROLLERS,
                        ClusterEvent.ControlPlaneUpgraded.class,
                        UpgradeCluster::replaceNodes,
                        State.NODES);
        nodes(table);
        for (State state : State.values()) {
            if (state == State.DONE) {
                continue;
            }
            table.on(
                            state,
                            ClusterEvent.ClusterDeletionRequested.class,
                            (data, event) -> Move.to(State.DONE, data),
                            State.DONE)
                    .on(
                            state,
                            ClusterEvent.ClusterUpgraded.class,
                            (data, event) -> Move.to(State.DONE, data),
                            State.DONE)
                    .deadline(state, state == State.NODES ? PATIENCE_WITH_NODES : PATIENCE)
                    .late(state, (data, passed) -> late(state, data), state);
            if (BEFORE_NODES.contains(state)) {
                table.on(
                                state,
                                ClusterEvent.ClusterUpgradeAbandoned.class,
                                (data, event) -> Move.to(State.DONE, data),
                                State.DONE)
                        .ignore(
                                state,
                                NodePoolEvent.NodePoolRollStarted.class,
                                NodePoolEvent.NodePoolRolled.class,
                                NodePoolEvent.NodePoolDeleted.class);
            }
        }
        return table.build();
    }

    private static void nodes(ProcessTable.Builder<State, Data> table) {
        table.on(
                        State.NODES,
                        NodePoolEvent.NodePoolRollStarted.class,
                        (data, event) -> Move.to(
                                State.NODES, data.waitingFor(data.pools().started(event.poolId()))),
                        State.NODES)
                .on(
                        State.NODES,
                        NodePoolEvent.NodePoolRolled.class,
                        (data, event) -> data.pools().isRolling(event.poolId())
                                ? gone(
                                        data,
                                        event.poolId(),
                                        List.of(new ClusterCommand.MarkPoolUpgraded(
                                                data.clusterId(), event.poolId(), data.to())))
                                : Move.to(State.NODES, data),
                        State.NODES)
                .on(
                        State.NODES,
                        NodePoolEvent.NodePoolDeleted.class,
                        (data, event) -> gone(data, event.poolId(), List.of()),
                        State.NODES)
                .refused(State.NODES, NodePoolCommand.RollNodePool.class, UpgradeCluster::leavingAlready, State.NODES);
    }

    private static Move<State, Data> replaceNodes(Data data, ClusterEvent.ControlPlaneUpgraded event) {
        Data next = data.waitingFor(WaitingPools.of(event.pools()));
        List<Command> commands = event.pools().isEmpty()
                ? List.of(over(next))
                : event.pools().stream()
                        .<Command>map(NodePoolCommand.RollNodePool::new)
                        .toList();
        return new Move<>(State.NODES, next, commands);
    }

    private static Move<State, Data> gone(Data data, NodePoolId pool, List<Command> first) {
        WaitingPools left = data.pools().without(pool);
        List<Command> commands = new ArrayList<>(first);
        if (left.isEmpty() && !data.pools().isEmpty()) {
            commands.add(over(data));
        }
        return new Move<>(State.NODES, data.waitingFor(left), commands);
    }

    /** Only a pool that is deleted refuses, and its nodes go with it; a deletion that is seen later says it again. */
    private static Move<State, Data> leavingAlready(Data data, Trigger.CommandRefused refusal) {
        return refusal.command() instanceof NodePoolCommand.RollNodePool roll
                ? gone(data, roll.poolId(), List.of())
                : Move.to(State.NODES, data);
    }

    private static Command over(Data data) {
        return new ClusterCommand.MarkUpgraded(data.clusterId(), data.to());
    }

    private static Move<State, Data> late(State state, Data data) {
        return Move.to(
                state,
                data,
                new ClusterCommand.ReportUpgradeDelayed(
                        data.clusterId(), data.to(), state.name().toLowerCase(Locale.ROOT)));
    }
}
