package aether.domain.nodepool;

import aether.domain.cluster.ClusterId;
import aether.domain.kernel.Decision;
import java.util.Optional;

/** Decides the life of a node pool. */
public final class NodePoolDecider {

    private NodePoolDecider() {}

    /** Decides one command. */
    public static Decision<NodePoolRejection> decide(NodePoolState state, NodePoolCommand command) {
        NodePoolEvent.NodePoolRequested request = state.request();
        if (request == null) {
            return Decision.refuse(new NodePoolRejection.UnknownPool(command.poolId()));
        }
        ClusterId cluster = request.clusterId();
        return switch (command) {
            case NodePoolCommand.ScaleNodePool scale -> scale(state, cluster, scale);
            case NodePoolCommand.RollNodePool roll ->
                isLeaving(state) || state.isAsleep()
                        ? Decision.refuse(new NodePoolRejection.WrongStatus(
                                isLeaving(state) ? "not being deleted" : "awake", state.status()))
                        : Decision.accept(
                                new NodePoolEvent.NodePoolRollStarted(roll.poolId(), cluster, state.rolls() + 1));
            case NodePoolCommand.RecordPoolRolled rolled -> rolled(state, cluster, rolled);
            case NodePoolCommand.HibernateNodePool hibernate -> hibernate(state, cluster, hibernate);
            case NodePoolCommand.RecordPoolHibernated hibernated ->
                state.status() == NodePoolStatus.HIBERNATING
                        ? Decision.accept(new NodePoolEvent.NodePoolHibernated(hibernated.poolId(), cluster))
                        : Decision.unchanged();
            case NodePoolCommand.WakeNodePool wake -> wake(state, cluster, wake);
            case NodePoolCommand.RecordPoolRunning running -> running(state, cluster, running);
            case NodePoolCommand.RecordPoolDegraded degraded -> degraded(state, cluster, degraded);
            case NodePoolCommand.DeleteNodePool delete ->
                isLeaving(state)
                        ? Decision.unchanged()
                        : Decision.accept(new NodePoolEvent.NodePoolDeletionRequested(delete.poolId(), cluster));
            case NodePoolCommand.ConfirmPoolDeleted confirm -> confirm(state, cluster, confirm);
        };
    }

    private static boolean isLeaving(NodePoolState state) {
        return switch (state.status()) {
            case DELETING, DELETED -> true;
            case PROVISIONING, SCALING, RUNNING, DEGRADED, HIBERNATING, HIBERNATED -> false;
        };
    }

    private static Decision<NodePoolRejection> scale(
            NodePoolState state, ClusterId cluster, NodePoolCommand.ScaleNodePool scale) {
        Optional<PoolLimits.Violation> violation = PoolLimits.check(scale.min(), scale.max());
        if (violation.isPresent()) {
            return Decision.refuse(new NodePoolRejection.InvalidSize(
                    violation.get().field(), violation.get().message()));
        }
        if (isLeaving(state)) {
            return Decision.refuse(new NodePoolRejection.WrongStatus("not being deleted", state.status()));
        }
        if (scale.min() == state.min() && scale.max() == state.max()) {
            return Decision.unchanged();
        }
        int desired = Math.clamp(state.desired(), scale.min(), scale.max());
        return Decision.accept(
                new NodePoolEvent.NodePoolScaled(scale.poolId(), cluster, scale.min(), scale.max(), desired));
    }

    /** A later replacement takes in what an earlier one had left, so only the last one can be over. */
    private static Decision<NodePoolRejection> rolled(
            NodePoolState state, ClusterId cluster, NodePoolCommand.RecordPoolRolled rolled) {
        boolean last = rolled.roll() == state.rolls() && rolled.roll() > state.rolled();
        return last && !isLeaving(state)
                ? Decision.accept(new NodePoolEvent.NodePoolRolled(rolled.poolId(), cluster, rolled.roll()))
                : Decision.unchanged();
    }

    private static Decision<NodePoolRejection> hibernate(
            NodePoolState state, ClusterId cluster, NodePoolCommand.HibernateNodePool hibernate) {
        if (isLeaving(state)) {
            return Decision.refuse(new NodePoolRejection.WrongStatus("not being deleted", state.status()));
        }
        return state.isAsleep()
                ? Decision.unchanged()
                : Decision.accept(new NodePoolEvent.NodePoolHibernationStarted(hibernate.poolId(), cluster));
    }

    private static Decision<NodePoolRejection> wake(
            NodePoolState state, ClusterId cluster, NodePoolCommand.WakeNodePool wake) {
        if (isLeaving(state)) {
            return Decision.refuse(new NodePoolRejection.WrongStatus("not being deleted", state.status()));
        }
        return state.isAsleep()
                ? Decision.accept(new NodePoolEvent.NodePoolWoken(wake.poolId(), cluster))
                : Decision.unchanged();
    }

    private static Decision<NodePoolRejection> running(
            NodePoolState state, ClusterId cluster, NodePoolCommand.RecordPoolRunning running) {
        if (isLeaving(state)) {
            return Decision.refuse(new NodePoolRejection.WrongStatus("not being deleted", state.status()));
        }
        if (state.isAsleep()) {
            return Decision.refuse(new NodePoolRejection.WrongStatus("awake", state.status()));
        }
        if (running.size() != state.desired()) {
            return Decision.refuse(new NodePoolRejection.WrongSize(state.desired(), running.size()));
        }
        return state.status() == NodePoolStatus.RUNNING
                ? Decision.unchanged()
                : Decision.accept(new NodePoolEvent.NodePoolRunning(running.poolId(), cluster, running.size()));
    }

    private static Decision<NodePoolRejection> degraded(
            NodePoolState state, ClusterId cluster, NodePoolCommand.RecordPoolDegraded degraded) {
        return isLeaving(state) || state.isAsleep() || state.status() == NodePoolStatus.DEGRADED
                ? Decision.unchanged()
                : Decision.accept(new NodePoolEvent.NodePoolDegraded(degraded.poolId(), cluster, degraded.reason()));
    }

    private static Decision<NodePoolRejection> confirm(
            NodePoolState state, ClusterId cluster, NodePoolCommand.ConfirmPoolDeleted confirm) {
        return switch (state.status()) {
            case DELETED -> Decision.unchanged();
            case DELETING -> Decision.accept(new NodePoolEvent.NodePoolDeleted(confirm.poolId(), cluster));
            case PROVISIONING, SCALING, RUNNING, DEGRADED, HIBERNATING, HIBERNATED ->
                Decision.refuse(new NodePoolRejection.WrongStatus("being deleted", state.status()));
        };
    }
}
