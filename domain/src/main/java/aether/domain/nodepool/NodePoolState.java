package aether.domain.nodepool;

import aether.domain.cluster.ClusterId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a node pool is.
 *
 * @param request what was first asked for; absent before the first event
 * @param status where it is in its life
 * @param desired how many nodes are wanted now
 * @param rolls how many replacements of all nodes were ever started
 * @param rolled the last of them that is over
 */
public record NodePoolState(
        NodePoolEvent.@Nullable NodePoolRequested request,
        NodePoolStatus status,
        int min,
        int max,
        int desired,
        int rolls,
        int rolled) {

    /** Before the first event. */
    public static final NodePoolState ABSENT = new NodePoolState(null, NodePoolStatus.PROVISIONING, 0, 0, 0, 0, 0);

    /** The cluster the pool belongs to; empty before the first event. */
    public Optional<ClusterId> cluster() {
        return Optional.ofNullable(request).map(NodePoolEvent.NodePoolRequested::clusterId);
    }

    /** The state after an event. */
    public NodePoolState apply(NodePoolEvent event) {
        return switch (event) {
            case NodePoolEvent.NodePoolRequested requested ->
                new NodePoolState(requested, status, requested.min(), requested.max(), requested.min(), rolls, rolled);
            case NodePoolEvent.NodePoolScaled scaled ->
                new NodePoolState(request, scaling(), scaled.min(), scaled.max(), scaled.desired(), rolls, rolled);
            case NodePoolEvent.NodePoolRollStarted started ->
                new NodePoolState(request, status, min, max, desired, started.roll(), rolled);
            case NodePoolEvent.NodePoolRolled over ->
                new NodePoolState(request, status, min, max, desired, rolls, over.roll());
            case NodePoolEvent.NodePoolHibernationStarted unused -> in(NodePoolStatus.HIBERNATING);
            case NodePoolEvent.NodePoolHibernated unused -> in(NodePoolStatus.HIBERNATED);
            case NodePoolEvent.NodePoolWoken unused -> in(NodePoolStatus.SCALING);
            case NodePoolEvent.NodePoolRunning running -> in(NodePoolStatus.RUNNING);
            case NodePoolEvent.NodePoolDegraded degraded -> in(NodePoolStatus.DEGRADED);
            case NodePoolEvent.NodePoolDeletionRequested requested -> in(NodePoolStatus.DELETING);
            case NodePoolEvent.NodePoolDeleted deleted -> in(NodePoolStatus.DELETED);
        };
    }

    /** Another size of a pool that sleeps is kept for its end. */
    private NodePoolStatus scaling() {
        return status == NodePoolStatus.PROVISIONING || isAsleep() ? status : NodePoolStatus.SCALING;
    }

    /** Whether the pool is to have no machine for now. */
    boolean isAsleep() {
        return status == NodePoolStatus.HIBERNATING || status == NodePoolStatus.HIBERNATED;
    }

    private NodePoolState in(NodePoolStatus next) {
        return new NodePoolState(request, next, min, max, desired, rolls, rolled);
    }
}
