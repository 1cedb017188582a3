package aether.domain.process;

import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterHibernation;
import aether.domain.cluster.ClusterId;
import aether.domain.kernel.Command;
import aether.domain.nodepool.NodePoolCommand;
import aether.domain.nodepool.NodePoolEvent;
import aether.domain.nodepool.NodePoolId;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Puts a cluster to sleep, outermost part first, and brings it back the other way round. It may be woken at any moment.
 * It never goes on by time but at the very end: a cluster whose control plane serves is awake, though a pool be late.
 */
public final class HibernateCluster {

    /** Where the hibernation is. */
    public enum State {
        /** Waiting for workers to have looked whether it can wake again. */
        PREPARING,
        /** Waiting until no pool has a machine. */
        NODES_LEAVING,
        /** Waiting until nothing of the control plane runs. */
        STOPPING,
        /** Waiting for somebody to wake it. */
        ASLEEP,
        /** Waiting for the control plane. */
        STARTING,
        /** Waiting until every pool has its nodes. */
        NODES_JOINING,
        /** Over: the cluster is awake, was never put to sleep, or goes. */
        DONE
    }

    /**
     * What the hibernation remembers.
     *
     * @param pools those that were told to sleep and are not gone since
     * @param waiting those that have not answered what they were told last
     */
    public record Data(ClusterId clusterId, Set<NodePoolId> pools, Set<NodePoolId> waiting) {
        public Data {
            pools = Set.copyOf(pools);
            waiting = Set.copyOf(waiting);
        }

        private Data asking(Set<NodePoolId> asked) {
            return new Data(clusterId, asked, asked);
        }

        private Data answered(NodePoolId pool) {
            return new Data(clusterId, pools, without(waiting, pool));
        }

        private Data gone(NodePoolId pool) {
            return new Data(clusterId, without(pools, pool), without(waiting, pool));
        }

        private static Set<NodePoolId> without(Set<NodePoolId> from, NodePoolId pool) {
            Set<NodePoolId> left = new HashSet<>(from);
            left.remove(pool);
            return left;
        }
    }

    /** How long workers may take for a stage before the log says that it is late. */
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    /** As provisioning has it: then the cluster serves without the late pool, which says of itself that it is late. */
    private static final Duration PATIENCE_WITH_NODES = Duration.ofMinutes(60);

    /** The table. */
    public static final ProcessTable<State, Data> TABLE = table();

    private HibernateCluster() {}

    private static ProcessTable<State, Data> table() {
        ProcessTable.Builder<State, Data> table = ProcessTable.<State, Data>named("HibernateCluster", State.class)
                .end(State.DONE)
                .start(
                        ClusterEvent.ClusterHibernationStarted.class,
                        event -> Move.to(State.PREPARING, new Data(event.clusterId(), Set.of(), Set.of())),
                        State.PREPARING)
                .on(
                        State.PREPARING,
                        ClusterEvent.HibernationPrepared.class,
                        HibernateCluster::sendPoolsToSleep,
                        State.NODES_LEAVING)
                .on(
                        State.PREPARING,
                        ClusterEvent.HibernationObstructed.class,
                        (data, event) -> Move.to(State.DONE, data),
                        State.DONE)
                .on(
                        State.NODES_LEAVING,
                        NodePoolEvent.NodePoolHibernated.class,
                        (data, event) -> left(data, data.answered(event.poolId())),
                        State.NODES_LEAVING)
                .on(
                        State.NODES_LEAVING,
                        ClusterEvent.PoolNameReleased.class,
                        (data, event) -> left(data, data.gone(event.poolId())),
                        State.NODES_LEAVING)
                // A pool that is being deleted has machines until the cluster gives its name back.
                .refused(
                        State.NODES_LEAVING,
                        NodePoolCommand.HibernateNodePool.class,
                        (data, refusal) -> Move.to(State.NODES_LEAVING, data),
                        State.NODES_LEAVING)
                .on(
                        State.NODES_LEAVING,
                        ClusterEvent.NodesAsleep.class,
                        (data, event) -> Move.to(State.STOPPING, data),
                        State.STOPPING)
                .on(
                        State.STOPPING,
                        ClusterEvent.ClusterHibernated.class,
                        (data, event) -> Move.to(State.ASLEEP, data),
                        State.ASLEEP)
                .ignore(State.STOPPING, ClusterEvent.HibernationAdvanced.class)
                .on(
                        State.STARTING,
                        ClusterEvent.HibernationAdvanced.class,
                        HibernateCluster::started,
                        State.STARTING,
                        State.NODES_JOINING)
                .on(
                        State.NODES_JOINING,
                        NodePoolEvent.NodePoolRunning.class,
                        (data, event) -> joined(data, data.answered(event.poolId())),
                        State.NODES_JOINING)
                .on(
                        State.NODES_JOINING,
                        ClusterEvent.PoolNameReleased.class,
                        (data, event) -> joined(data, data.gone(event.poolId())),
                        State.NODES_JOINING)
                .refused(
                        State.NODES_JOINING,
                        NodePoolCommand.WakeNodePool.class,
                        (data, refusal) -> joined(data, data.gone(poolOf(refusal))),
                        State.NODES_JOINING)
                .on(
                        State.NODES_JOINING,
                        ClusterEvent.ClusterAwake.class,
                        (data, event) -> Move.to(State.DONE, data),
                        State.DONE);
        for (State state : State.values()) {
            if (state != State.DONE) {
                sideways(table, state);
            }
        }
        return table.build();
    }

    /**
     * What may come at any time: the wake, the end of the cluster, pools that go, and events that mean nothing here.
     */
    private static void sideways(ProcessTable.Builder<State, Data> table, State state) {
        table.on(
                state,
                ClusterEvent.ClusterDeletionRequested.class,
                (data, event) -> Move.to(State.DONE, data),
                State.DONE);
        boolean goesDown = state.compareTo(State.STARTING) < 0;
        if (goesDown) {
            table.on(
                    state,
                    ClusterEvent.ClusterWakeStarted.class,
                    (data, event) -> Move.to(State.STARTING, data),
                    State.STARTING);
        }
        if (state == State.NODES_JOINING) {
            table.deadline(state, PATIENCE_WITH_NODES)
                    .late(
                            state,
                            (data, passed) -> Move.to(state, data, new ClusterCommand.MarkAwake(data.clusterId())),
                            state);
        } else if (state != State.ASLEEP) {
            table.deadline(state, PATIENCE).late(state, (data, passed) -> late(state, data), state);
        }
        if (state != State.NODES_LEAVING && state != State.NODES_JOINING) {
            table.on(
                    state,
                    ClusterEvent.PoolNameReleased.class,
                    (data, event) -> Move.to(state, data.gone(event.poolId())),
                    state);
        }
        if (state != State.NODES_LEAVING) {
            table.ignore(state, NodePoolEvent.NodePoolHibernated.class);
        }
        if (state != State.NODES_JOINING) {
            table.ignore(state, NodePoolEvent.NodePoolRunning.class);
        }
    }

    private static Move<State, Data> sendPoolsToSleep(Data data, ClusterEvent.HibernationPrepared event) {
        Data next = data.asking(Set.copyOf(event.pools()));
        List<Command> commands = event.pools().isEmpty()
                ? List.of(new ClusterCommand.MarkNodesAsleep(data.clusterId()))
                : event.pools().stream()
                        .<Command>map(NodePoolCommand.HibernateNodePool::new)
                        .toList();
        return new Move<>(State.NODES_LEAVING, next, commands);
    }

    /**
     * Those whose sleep had not begun when the cluster was woken have nodes, and answer nothing; they are not asked.
     */
    private static Move<State, Data> started(Data data, ClusterEvent.HibernationAdvanced event) {
        if (event.phase() != ClusterHibernation.Phase.NODES_JOINING) {
            return Move.to(State.STARTING, data);
        }
        List<Command> commands = data.pools().isEmpty()
                ? List.of(new ClusterCommand.MarkAwake(data.clusterId()))
                : data.pools().stream()
                        .sorted(Comparator.comparing(NodePoolId::toString))
                        .<Command>map(NodePoolCommand.WakeNodePool::new)
                        .toList();
        return new Move<>(State.NODES_JOINING, data.asking(data.pools()), commands);
    }

    private static Move<State, Data> left(Data before, Data data) {
        return isLast(before, data)
                ? Move.to(State.NODES_LEAVING, data, new ClusterCommand.MarkNodesAsleep(data.clusterId()))
                : Move.to(State.NODES_LEAVING, data);
    }

    private static Move<State, Data> joined(Data before, Data data) {
        return isLast(before, data)
                ? Move.to(State.NODES_JOINING, data, new ClusterCommand.MarkAwake(data.clusterId()))
                : Move.to(State.NODES_JOINING, data);
    }

    private static boolean isLast(Data before, Data data) {
        return data.waiting().isEmpty() && !before.waiting().isEmpty();
    }

    private static NodePoolId poolOf(Trigger.CommandRefused refusal) {
        return switch (refusal.command()) {
            case NodePoolCommand command -> command.poolId();
            default ->
                throw new IllegalArgumentException("Expected a command to a pool, but got " + refusal.command() + ".");
        };
    }

    private static Move<State, Data> late(State state, Data data) {
        return Move.to(
                state,
                data,
                new ClusterCommand.ReportHibernationDelayed(
                        data.clusterId(), state.name().toLowerCase(Locale.ROOT)));
    }
}
