package aether.domain.nodepool;

import aether.domain.kernel.Command;

/** What may be asked of a node pool. */
public sealed interface NodePoolCommand extends Command {

    /** The pool. */
    NodePoolId poolId();

    @Override
    default String stream() {
        return poolId().stream();
    }

    /** Changes the wanted number of nodes; equal bounds make the pool a fixed one. */
    record ScaleNodePool(NodePoolId poolId, int min, int max) implements NodePoolCommand {}

    /** Replaces every node by a new one: one more is made, then one after the other goes. */
    record RollNodePool(NodePoolId poolId) implements NodePoolCommand {}

    /** States that the replacement of that number is over. */
    record RecordPoolRolled(NodePoolId poolId, int roll) implements NodePoolCommand {}

    /** Takes every node away and keeps the wanted number, because the cluster is put to sleep. */
    record HibernateNodePool(NodePoolId poolId) implements NodePoolCommand {}

    /** States that no machine of the pool is left. */
    record RecordPoolHibernated(NodePoolId poolId) implements NodePoolCommand {}

    /** Brings the wanted number of nodes back. */
    record WakeNodePool(NodePoolId poolId) implements NodePoolCommand {}

    /** States that so many nodes are ready. */
    record RecordPoolRunning(NodePoolId poolId, int size) implements NodePoolCommand {}

    /** States that a node is missing or late. */
    record RecordPoolDegraded(NodePoolId poolId, String reason) implements NodePoolCommand {}

    /** Asks for the end of the pool. */
    record DeleteNodePool(NodePoolId poolId) implements NodePoolCommand {}

    /** Ends the life of the pool. */
    record ConfirmPoolDeleted(NodePoolId poolId) implements NodePoolCommand {}
}
