package aether.domain.process;

import aether.domain.cluster.ClusterEvent;
import aether.domain.machine.MachineCommand;
import aether.domain.machine.MachineEvent;
import aether.domain.network.NetworkCommand;
import aether.domain.nodepool.NodePoolCommand;
import aether.domain.nodepool.NodePoolEvent;
import java.time.Duration;
import java.util.List;

/** Keeps a node pool at its wanted size for as long as it lives, replaces what is lost, and takes it down. */
public final class ScalePool {

    /** Where the pool is. */
    public enum State {
        /** Nodes cannot join before the cluster's addons are there. */
        WAITING_FOR_CLUSTER,
        /** Machines are on their way in or out. */
        SCALING,
        /** Every wanted machine is ready. */
        STEADY,
        /** The cluster is put to sleep: all machines are on their way out, and will come back. */
        HIBERNATING,
        /** The cluster sleeps, and the pool has no machine. */
        HIBERNATED,
        /** All machines are on their way out. */
        DELETING,
        /** Over: the pool is gone. */
        DONE
    }

    /** How long the pool may be away from its size before it is called degraded. */
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    /** The table. */
    public static final ProcessTable<State, PoolData> TABLE = table();

    private ScalePool() {}

    private static ProcessTable<State, PoolData> table() {
        ProcessTable.Builder<State, PoolData> table = ProcessTable.<State, PoolData>named("ScalePool", State.class)
                .deadline(State.SCALING, PATIENCE)
                .deadline(State.HIBERNATING, PATIENCE)
                .deadline(State.DELETING, PATIENCE)
                .end(State.DONE)
                .start(
                        NodePoolEvent.NodePoolRequested.class,
                        PoolMoves::begin,
                        State.WAITING_FOR_CLUSTER,
                        State.SCALING,
                        State.STEADY)
                .on(
                        State.WAITING_FOR_CLUSTER,
                        ClusterEvent.AddonsInstalled.class,
                        (data, event) -> PoolMoves.level(data, List.of()),
                        State.SCALING,
                        State.STEADY)
                .on(
                        State.WAITING_FOR_CLUSTER,
                        NodePoolEvent.NodePoolScaled.class,
                        (data, event) -> Move.to(State.WAITING_FOR_CLUSTER, data.wanting(event.desired())),
                        State.WAITING_FOR_CLUSTER)
                .ignore(
                        State.WAITING_FOR_CLUSTER,
                        MachineEvent.MachineReady.class,
                        MachineEvent.MachineLost.class,
                        MachineEvent.MachineDeleted.class);
        table.on(State.SCALING, NodePoolEvent.NodePoolScaled.class, PoolMoves::scaled, State.SCALING)
                .on(State.STEADY, NodePoolEvent.NodePoolScaled.class, PoolMoves::scaled, State.SCALING, State.STEADY)
                .on(State.SCALING, MachineEvent.MachineReady.class, PoolMoves::becameReady, State.SCALING, State.STEADY)
                .on(State.STEADY, MachineEvent.MachineReady.class, PoolMoves::becameReady, State.STEADY)
                .on(State.SCALING, MachineEvent.MachineLost.class, PoolMoves::lost, State.SCALING)
                .on(State.STEADY, MachineEvent.MachineLost.class, PoolMoves::lost, State.SCALING, State.STEADY);
        table.on(
                        State.WAITING_FOR_CLUSTER,
                        NodePoolEvent.NodePoolRollStarted.class,
                        (data, event) -> Move.to(
                                State.WAITING_FOR_CLUSTER,
                                data,
                                new NodePoolCommand.RecordPoolRolled(data.poolId(), event.roll())),
                        State.WAITING_FOR_CLUSTER)
                .ignore(State.DELETING, NodePoolEvent.NodePoolRollStarted.class);
        for (State state : List.of(State.SCALING, State.STEADY)) {
            table.on(
                    state, NodePoolEvent.NodePoolRollStarted.class, PoolMoves::replaceAll, State.SCALING, State.STEADY);
            table.on(state, MachineEvent.MachineDeleted.class, PoolMoves::level, State.SCALING, State.STEADY)
                    .ignore(state, ClusterEvent.AddonsInstalled.class);
        }
        table.late(State.SCALING, PoolMoves::late, State.SCALING)
                .refused(
                        State.SCALING,
                        NetworkCommand.ReserveMachine.class,
                        (data, refusal) -> Move.to(
                                State.SCALING,
                                PoolMoves.withoutRefused(data, refusal),
                                new NodePoolCommand.RecordPoolDegraded(data.poolId(), refusal.message())),
                        State.SCALING)
                .refused(
                        State.SCALING,
                        MachineCommand.RetireMachine.class,
                        PoolMoves::level,
                        State.SCALING,
                        State.STEADY)
                .refused(
                        State.DELETING,
                        MachineCommand.RetireMachine.class,
                        PoolMoves::leaving,
                        State.DELETING,
                        State.DONE)
                // The pool was scaled or deleted meanwhile: the event that says so is on its way.
                .refused(
                        State.STEADY,
                        NodePoolCommand.RecordPoolRunning.class,
                        (data, refusal) -> Move.to(State.STEADY, data),
                        State.STEADY)
                .on(State.DELETING, MachineEvent.MachineDeleted.class, PoolMoves::leaving, State.DELETING, State.DONE)
                .late(State.DELETING, (data, passed) -> Move.to(State.DELETING, data), State.DELETING)
                .ignore(
                        State.DELETING,
                        ClusterEvent.AddonsInstalled.class,
                        NodePoolEvent.NodePoolScaled.class,
                        NodePoolEvent.NodePoolDeletionRequested.class,
                        MachineEvent.MachineReady.class,
                        MachineEvent.MachineLost.class);
        table.on(
                        State.WAITING_FOR_CLUSTER,
                        NodePoolEvent.NodePoolDeletionRequested.class,
                        (data, event) -> PoolMoves.leaving(data, List.of()),
                        State.DONE)
                .on(
                        State.SCALING,
                        NodePoolEvent.NodePoolDeletionRequested.class,
                        (data, event) -> PoolMoves.leaving(PoolMoves.withForgotten(data, 0), List.of()),
                        State.DELETING)
                .on(
                        State.STEADY,
                        NodePoolEvent.NodePoolDeletionRequested.class,
                        (data, event) -> PoolMoves.leaving(data, List.of()),
                        State.DELETING,
                        State.DONE);
        sleep(table);
        return table.build();
    }

    /** Down to nothing and back; what is asked for meanwhile is kept. */
    private static void sleep(ProcessTable.Builder<State, PoolData> table) {
        table.on(
                        State.WAITING_FOR_CLUSTER,
                        NodePoolEvent.NodePoolHibernationStarted.class,
                        (data, event) -> PoolMoves.sleeping(data, List.of()),
                        State.HIBERNATED)
                .on(
                        State.SCALING,
                        NodePoolEvent.NodePoolHibernationStarted.class,
                        (data, event) -> PoolMoves.sleeping(PoolMoves.withForgotten(data, 0), List.of()),
                        State.HIBERNATING)
                .on(
                        State.STEADY,
                        NodePoolEvent.NodePoolHibernationStarted.class,
                        (data, event) -> PoolMoves.sleeping(data, List.of()),
                        State.HIBERNATING,
                        State.HIBERNATED)
                .on(
                        State.HIBERNATING,
                        MachineEvent.MachineDeleted.class,
                        PoolMoves::sleeping,
                        State.HIBERNATING,
                        State.HIBERNATED)
                .refused(
                        State.HIBERNATING,
                        MachineCommand.RetireMachine.class,
                        PoolMoves::sleeping,
                        State.HIBERNATING,
                        State.HIBERNATED)
                .late(State.HIBERNATING, (data, passed) -> Move.to(State.HIBERNATING, data), State.HIBERNATING)
                .on(
                        State.HIBERNATING,
                        NodePoolEvent.NodePoolWoken.class,
                        (data, event) -> PoolMoves.level(data, List.of()),
                        State.SCALING)
                .on(
                        State.HIBERNATED,
                        NodePoolEvent.NodePoolWoken.class,
                        (data, event) -> PoolMoves.level(data, List.of()),
                        State.SCALING,
                        State.STEADY)
                .on(
                        State.HIBERNATING,
                        NodePoolEvent.NodePoolDeletionRequested.class,
                        (data, event) -> PoolMoves.leaving(data, List.of()),
                        State.DELETING)
                .on(
                        State.HIBERNATED,
                        NodePoolEvent.NodePoolDeletionRequested.class,
                        (data, event) -> PoolMoves.leaving(data, List.of()),
                        State.DONE)
                .ignore(State.HIBERNATED, MachineEvent.MachineDeleted.class);
        for (State state : List.of(State.HIBERNATING, State.HIBERNATED)) {
            table.on(
                            state,
                            NodePoolEvent.NodePoolScaled.class,
                            (data, event) -> Move.to(state, data.wanting(event.desired())),
                            state)
                    .ignore(
                            state,
                            ClusterEvent.AddonsInstalled.class,
                            NodePoolEvent.NodePoolHibernationStarted.class,
                            NodePoolEvent.NodePoolRollStarted.class,
                            MachineEvent.MachineReady.class,
                            MachineEvent.MachineLost.class);
        }
        for (State state : List.of(State.WAITING_FOR_CLUSTER, State.SCALING, State.STEADY, State.DELETING)) {
            table.ignore(state, NodePoolEvent.NodePoolWoken.class); // only who sleeps is woken
        }
        table.ignore(State.DELETING, NodePoolEvent.NodePoolHibernationStarted.class);
    }
}
