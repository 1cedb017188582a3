package aether.projection.pools;

import aether.domain.nodepool.NodePoolEvent;
import aether.domain.nodepool.NodePoolStatus;
import aether.projection.event.IncomingEvent;
import aether.projection.event.Projected;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an event makes of a node pool's view. */
public final class NodePoolProjector {

    /** What another size does not end. */
    private static final Set<String> KEPT = Set.of(
            NodePoolStatus.PROVISIONING.published(),
            NodePoolStatus.HIBERNATING.published(),
            NodePoolStatus.HIBERNATED.published());

    private NodePoolProjector() {}

    /**
     * The view after the event.
     *
     * @param view the view before it; absent when there is none yet
     */
    public static NodePoolView project(@Nullable NodePoolView view, NodePoolEvent event, IncomingEvent incoming) {
        if (event instanceof NodePoolEvent.NodePoolRequested requested) {
            return begin(requested, incoming);
        }
        NodePoolView before = Projected.existing(view, incoming);
        return switch (event) {
            case NodePoolEvent.NodePoolRequested requested -> begin(requested, incoming);
            case NodePoolEvent.NodePoolScaled scaled ->
                before.sized(
                        scaled.min(),
                        scaled.max(),
                        scaled.desired(),
                        statusAfterScaling(before),
                        null,
                        incoming.recordedTime());
            case NodePoolEvent.NodePoolRollStarted unused -> before;
            case NodePoolEvent.NodePoolRolled unused -> before;
            case NodePoolEvent.NodePoolHibernationStarted unused ->
                before.in(NodePoolStatus.HIBERNATING.published(), null, incoming.recordedTime());
            case NodePoolEvent.NodePoolHibernated unused ->
                before.in(NodePoolStatus.HIBERNATED.published(), null, incoming.recordedTime());
            case NodePoolEvent.NodePoolWoken unused ->
                before.in(NodePoolStatus.SCALING.published(), null, incoming.recordedTime());
            case NodePoolEvent.NodePoolRunning unused ->
                before.in(NodePoolStatus.RUNNING.published(), null, incoming.recordedTime());
            case NodePoolEvent.NodePoolDegraded degraded ->
                before.in(NodePoolStatus.DEGRADED.published(), degraded.reason(), incoming.recordedTime());
            case NodePoolEvent.NodePoolDeletionRequested unused ->
                before.in(NodePoolStatus.DELETING.published(), null, incoming.recordedTime());
            case NodePoolEvent.NodePoolDeleted unused ->
                before.in(NodePoolStatus.DELETED.published(), null, incoming.recordedTime());
        };
    }

    private static String statusAfterScaling(NodePoolView before) {
        return KEPT.contains(before.status()) ? before.status() : NodePoolStatus.SCALING.published();
    }

    private static NodePoolView begin(NodePoolEvent.NodePoolRequested requested, IncomingEvent incoming) {
        return new NodePoolView(
                requested.poolId().value(),
                requested.clusterId().value(),
                requested.name(),
                requested.min(),
                requested.max(),
                requested.min(),
                requested.shape().vcpus(),
                requested.shape().memoryGb(),
                requested.shape().diskGb(),
                NodePoolStatus.PROVISIONING.published(),
                null,
                incoming.position(),
                incoming.recordedTime(),
                incoming.recordedTime());
    }
}
