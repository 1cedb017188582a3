package aether.domain.nodepool;

import aether.domain.cluster.ClusterId;
import aether.domain.kernel.DomainEvent;
import aether.domain.machine.MachineShape;
import aether.domain.organization.OrganizationId;

/** What has happened to a node pool. */
public sealed interface NodePoolEvent extends DomainEvent {

    /** The pool. */
    NodePoolId poolId();

    /** The cluster it belongs to. */
    ClusterId clusterId();

    @Override
    default String stream() {
        return poolId().stream();
    }

    /**
     * A customer asked for a pool.
     *
     * @param clusterReady whether nodes could join at that moment; otherwise the pool waits for the cluster's addons
     */
    record NodePoolRequested(
            NodePoolId poolId,
            ClusterId clusterId,
            OrganizationId organizationId,
            String clusterName,
            String region,
            String name,
            int min,
            int max,
            MachineShape shape,
            boolean clusterReady)
            implements NodePoolEvent {}

    /**
     * The wanted number of nodes changed.
     *
     * @param desired from min to max
     */
    record NodePoolScaled(NodePoolId poolId, ClusterId clusterId, int min, int max, int desired)
            implements NodePoolEvent {}

    /**
     * Every node is to be replaced by a new one, one after the other.
     *
     * @param roll the how manyth replacement of this pool, from 1
     */
    record NodePoolRollStarted(NodePoolId poolId, ClusterId clusterId, int roll) implements NodePoolEvent {}

    /** No node is left that was there when the replacement started. */
    record NodePoolRolled(NodePoolId poolId, ClusterId clusterId, int roll) implements NodePoolEvent {}

    /** Every node goes, and the wanted number stays: the cluster is put to sleep. */
    record NodePoolHibernationStarted(NodePoolId poolId, ClusterId clusterId) implements NodePoolEvent {}

    /** No machine of the pool is left. */
    record NodePoolHibernated(NodePoolId poolId, ClusterId clusterId) implements NodePoolEvent {}

    /** The wanted number of nodes comes back. */
    record NodePoolWoken(NodePoolId poolId, ClusterId clusterId) implements NodePoolEvent {}

    /** Every wanted node is ready. */
    record NodePoolRunning(NodePoolId poolId, ClusterId clusterId, int size) implements NodePoolEvent {}

    /** A node is missing or late. */
    record NodePoolDegraded(NodePoolId poolId, ClusterId clusterId, String reason) implements NodePoolEvent {}

    /** All nodes have to go. */
    record NodePoolDeletionRequested(NodePoolId poolId, ClusterId clusterId) implements NodePoolEvent {}

    /** The pool is gone. */
    record NodePoolDeleted(NodePoolId poolId, ClusterId clusterId) implements NodePoolEvent {}
}
