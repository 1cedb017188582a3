package aether.projection.timeline;

import aether.domain.nodepool.NodePoolEvent;
import java.sql.SQLException;

/** Says what happened to a node pool. */
final class OfNodePools {

    private OfNodePools() {}

    static String tell(NodePoolEvent event, Names names) throws SQLException {
        String name = names.pool(event.poolId().value());
        return switch (event) {
            case NodePoolEvent.NodePoolRequested requested ->
                "Node pool %s with %s of %d vCPUs, %d GB memory and %d GB disk requested"
                        .formatted(
                                requested.name(),
                                range(requested.min(), requested.max()),
                                requested.shape().vcpus(),
                                requested.shape().memoryGb(),
                                requested.shape().diskGb());
            case NodePoolEvent.NodePoolScaled scaled ->
                "Node pool %s set to %s, %d wanted now"
                        .formatted(name, range(scaled.min(), scaled.max()), scaled.desired());
            case NodePoolEvent.NodePoolRollStarted unused -> "Replacement of all nodes of pool " + name + " started";
            case NodePoolEvent.NodePoolRolled unused -> "All nodes of pool " + name + " were replaced";
            case NodePoolEvent.NodePoolHibernationStarted unused ->
                "Node pool " + name + " loses its machines and keeps its size, for the cluster is put to sleep";
            case NodePoolEvent.NodePoolHibernated unused -> "Node pool " + name + " has no machine any more";
            case NodePoolEvent.NodePoolWoken unused -> "Node pool " + name + " gets its machines back";
            case NodePoolEvent.NodePoolRunning running ->
                "Node pool " + name + " is running with " + nodes(running.size());
            case NodePoolEvent.NodePoolDegraded degraded -> "Node pool " + name + " is degraded: " + degraded.reason();
            case NodePoolEvent.NodePoolDeletionRequested unused -> "Deletion of node pool " + name + " requested";
            case NodePoolEvent.NodePoolDeleted unused -> "Node pool " + name + " is deleted";
        };
    }

    private static String range(int min, int max) {
        return min == max ? nodes(min) : min + " to " + nodes(max);
    }

    private static String nodes(int count) {
        return count == 1 ? "1 node" : count + " nodes";
    }
}
