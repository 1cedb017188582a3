package aether.domain.process;

import aether.domain.cluster.CertificateAuthority;
import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.kernel.Command;
import aether.domain.nodepool.NodePoolCommand;
import aether.domain.nodepool.NodePoolEvent;
import aether.domain.nodepool.NodePoolId;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Exchanges one of a cluster's CAs without a moment in which somebody is not trusted: trust both, sign clients with the
 * new one, replace nodes that are signed by it, wait until the customer's clients know both where there are some,
 * reissue the rest, drop the old one. It never goes on by time; it says that it is late.
 */
public final class RotateAuthority {

    /** Where the rotation is. */
    public enum State {
        /** Waiting until everything that verifies trusts both. */
        TRUSTING,
        /** Waiting until the new CA signs clients, and nodes. */
        SIGNING,
        /** Waiting until no node of before is left, where nodes are signed by it. */
        REJOINING,
        /** Waiting for the customer to say that clients have fetched their kubeconfigs; only where there are some. */
        PREPARED,
        /** Waiting until every server is the new CA's. */
        REISSUING,
        /** Waiting until nothing trusts the old CA. */
        RETIRING,
        /** Over: one CA is left, or the cluster goes. */
        DONE
    }

    /**
     * What the rotation remembers.
     *
     * @param authority the one that is exchanged
     * @param generation of the new CA
     * @param pools those that have nodes of before
     */
    public record Data(ClusterId clusterId, CertificateAuthority authority, int generation, WaitingPools pools) {
        private Data waitingFor(WaitingPools next) {
            return new Data(clusterId, authority, generation, next);
        }
    }

    /** How long workers may take for a stage before the log says that it is late. */
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    /** Nodes are replaced one after the other, minutes each. */
    private static final Duration PATIENCE_WITH_NODES = Duration.ofHours(24);

    /** The stages that workers carry out. */
    private static final Set<State> TIMED = Set.of(State.TRUSTING, State.SIGNING, State.REISSUING, State.RETIRING);

    /** The table. */
    public static final ProcessTable<State, Data> TABLE = table();

    private RotateAuthority() {}

    private static ProcessTable<State, Data> table() {
        ProcessTable.Builder<State, Data> table = ProcessTable.<State, Data>named("RotateAuthority", State.class)
                .end(State.DONE)
                .start(
                        ClusterEvent.AuthorityRotationStarted.class,
                        event -> Move.to(
                                State.TRUSTING,
                                new Data(
                                        event.clusterId(),
                                        event.authority(),
                                        event.generation(),
                                        WaitingPools.of(List.of()))),
                        State.TRUSTING)
                .on(
                        State.TRUSTING,
                        ClusterEvent.AuthorityTrusted.class,
                        (data, event) -> Move.to(State.SIGNING, data),
                        State.SIGNING)
                .on(State.SIGNING, ClusterEvent.AuthoritySigning.class, RotateAuthority::replaceNodes, State.REJOINING)
                .on(
                        State.REJOINING,
                        ClusterEvent.AuthorityRotationPrepared.class,
                        (data, event) -> Move.to(State.PREPARED, data),
                        State.PREPARED)
                .on(
                        State.PREPARED,
                        ClusterEvent.AuthorityRotationCompleting.class,
                        (data, event) -> Move.to(State.REISSUING, data),
                        State.REISSUING)
                .on(
                        State.REISSUING,
                        ClusterEvent.AuthorityLeavesReissued.class,
                        (data, event) -> Move.to(State.RETIRING, data),
                        State.RETIRING)
                .on(
                        State.RETIRING,
                        ClusterEvent.AuthorityRetired.class,
                        (data, event) -> Move.to(State.DONE, data),
                        State.DONE);
        pools(table);
        for (State state : State.values()) {
            if (state != State.DONE) {
                table.on(
                        state,
                        ClusterEvent.ClusterDeletionRequested.class,
                        (data, event) -> Move.to(State.DONE, data),
                        State.DONE);
            }
            if (TIMED.contains(state) || state == State.REJOINING) {
                table.deadline(state, state == State.REJOINING ? PATIENCE_WITH_NODES : PATIENCE)
                        .late(state, (data, passed) -> late(state, data), state);
            }
        }
        return table.build();
    }

    private static void pools(ProcessTable.Builder<State, Data> table) {
        table.on(
                        State.REJOINING,
                        NodePoolEvent.NodePoolRollStarted.class,
                        (data, event) -> Move.to(
                                State.REJOINING, data.waitingFor(data.pools().started(event.poolId()))),
                        State.REJOINING)
                .on(
                        State.REJOINING,
                        NodePoolEvent.NodePoolRolled.class,
                        (data, event) -> data.pools().isRolling(event.poolId())
                                ? gone(data, event.poolId())
                                : Move.to(State.REJOINING, data),
                        State.REJOINING)
                .on(
                        State.REJOINING,
                        NodePoolEvent.NodePoolDeleted.class,
                        (data, event) -> gone(data, event.poolId()),
                        State.REJOINING)
                .refused(
                        State.REJOINING,
                        NodePoolCommand.RollNodePool.class,
                        RotateAuthority::leavingAlready,
                        State.REJOINING);
        for (State state : State.values()) {
            if (state != State.REJOINING && state != State.DONE) {
                table.ignore(
                        state,
                        NodePoolEvent.NodePoolRollStarted.class,
                        NodePoolEvent.NodePoolRolled.class,
                        NodePoolEvent.NodePoolDeleted.class);
            }
        }
    }

    private static Move<State, Data> replaceNodes(Data data, ClusterEvent.AuthoritySigning event) {
        Data next = data.waitingFor(WaitingPools.of(event.pools()));
        List<Command> commands = event.pools().isEmpty()
                ? List.of(prepared(next))
                : event.pools().stream()
                        .<Command>map(NodePoolCommand.RollNodePool::new)
                        .toList();
        return new Move<>(State.REJOINING, next, commands);
    }

    private static Move<State, Data> gone(Data data, NodePoolId pool) {
        Data next = data.waitingFor(data.pools().without(pool));
        return next.pools().isEmpty() && !data.pools().isEmpty()
                ? Move.to(State.REJOINING, next, prepared(next))
                : Move.to(State.REJOINING, next);
    }

    /** Only a pool that is deleted refuses, and its nodes go with it; a deletion that is seen later says it again. */
    private static Move<State, Data> leavingAlready(Data data, Trigger.CommandRefused refusal) {
        return refusal.command() instanceof NodePoolCommand.RollNodePool roll
                ? gone(data, roll.poolId())
                : Move.to(State.REJOINING, data);
    }

    private static Command prepared(Data data) {
        return new ClusterCommand.MarkAuthorityPrepared(data.clusterId(), data.authority(), data.generation());
    }

    private static Move<State, Data> late(State state, Data data) {
        return Move.to(
                state,
                data,
                new ClusterCommand.ReportAuthorityDelayed(
                        data.clusterId(),
                        data.authority(),
                        data.generation(),
                        state.name().toLowerCase(Locale.ROOT)));
    }
}
