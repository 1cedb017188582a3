package aether.command.manifest;

import aether.command.streams.Streams;
import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterDecider;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterState;
import aether.domain.nodepool.NodePoolCommand;
import aether.domain.nodepool.NodePoolDecider;
import aether.domain.nodepool.NodePoolEvent;
import aether.domain.nodepool.NodePoolId;
import aether.domain.nodepool.NodePoolState;
import aether.domain.organization.OrganizationId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the document of a node pool leads to. */
final class NodePoolPlan {

    private NodePoolPlan() {}

    static @Nullable Step of(Document.NodePool document, StepDraft step) {
        OrganizationId organization = step.organization(document.organization());
        if (organization == null) {
            return null;
        }
        Optional<ClusterId> cluster = step.draft().organization(organization).clusterNamed(document.cluster());
        if (cluster.isEmpty()) {
            step.broken(
                    "metadata.cluster",
                    "cluster_unknown",
                    "Expected a cluster of '" + document.organization() + "' or one in this file, but there is no '"
                            + document.cluster() + "'.");
            return null;
        }
        ClusterState state = step.draft().cluster(cluster.get());
        Optional<NodePoolId> existing = state.poolNamed(document.name());
        NodePoolId id = existing.orElseGet(() -> Streams.nodePoolId(cluster.get(), document.name(), state));
        if (existing.isPresent()) {
            scale(document, id, step);
        } else {
            request(document, cluster.get(), state, id, step);
        }
        step.allow(state);
        return step.step(id.toString(), existing.isEmpty());
    }

    private static void request(
            Document.NodePool document, ClusterId cluster, ClusterState state, NodePoolId id, StepDraft step) {
        var request = new ClusterCommand.RequestNodePool(
                cluster,
                id,
                document.name(),
                document.size().min(),
                document.size().max(),
                document.shape());
        step.accept(field -> FieldPaths.pool(document, field), ClusterDecider.decide(state, request), request);
    }

    private static void scale(Document.NodePool document, NodePoolId id, StepDraft step) {
        NodePoolState state = step.draft().nodePool(id);
        NodePoolEvent.NodePoolRequested request = state.request();
        if (request != null && !request.shape().equals(document.shape())) {
            step.broken(
                    "spec.vcpus",
                    "immutable",
                    "Expected the node size that pool '" + document.name() + "' was made with ("
                            + request.shape().vcpus() + " vcpus, "
                            + request.shape().memoryGb() + " GB memory, "
                            + request.shape().diskGb()
                            + " GB disk), but got another; another size means another pool.");
            return;
        }
        var scale = new NodePoolCommand.ScaleNodePool(
                id, document.size().min(), document.size().max());
        step.accept(field -> FieldPaths.pool(document, field), NodePoolDecider.decide(state, scale), scale);
    }
}
