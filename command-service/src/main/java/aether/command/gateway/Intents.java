package aether.command.gateway;

import aether.command.channel.ChannelRule;
import aether.domain.cluster.Channel;
import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterStatus;
import aether.domain.nodepool.NodePoolCommand;
import aether.domain.nodepool.NodePoolStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Decides what a resource leads to, from what it says and what the log says. */
final class Intents {

    private Intents() {}

    /**
     * What a TenantCluster leads to.
     *
     * @param rivals every TenantCluster, among which another may have named the same cluster before
     */
    static Intent ofCluster(CustomResource resource, ObservedCluster observed, List<CustomResource> rivals) {
        Optional<CustomResource> first = firstToName(resource, rivals);
        if (resource.leaving()) {
            return first.isPresent() ? new Intent.Release() : leaving(resource, observed);
        }
        if (first.isPresent()) {
            return new Intent.Yield(first.get().key());
        }
        if (resource.recorded("clusterId").isPresent()) {
            Optional<Intent.Refuse> lost = lost(resource, observed);
            if (lost.isPresent()) {
                return lost.get();
            }
        }
        Optional<String> elsewhere = ChannelRule.check(observed.state(), Channel.KUBERNETES);
        if (elsewhere.isPresent() && !observed.isGone()) {
            return new Intent.Refuse("ManagedElsewhere", elsewhere.get());
        }
        return resource.isPaused() ? new Intent.Wait() : new Intent.Apply();
    }

    /** Why the cluster that the resource has made is not the one that it asks for. */
    private static Optional<Intent.Refuse> lost(CustomResource resource, ObservedCluster observed) {
        if (observed.isGone()) {
            return Optional.of(new Intent.Refuse(
                    "ClusterDeleted",
                    "Expected the cluster that this resource made, but it was deleted; delete the resource, and create it"
                            + " anew for another cluster."));
        }
        return observed.named()
                ? Optional.empty()
                : Optional.of(new Intent.Refuse(
                        "Immutable",
                        "spec.organization: Expected the organization that the cluster was made for, which it keeps, but"
                                + " got '" + resource.text("organization") + "'."));
    }

    private static Intent leaving(CustomResource resource, ObservedCluster observed) {
        ClusterId id = observed.clusterId();
        if (id == null || observed.isGone() || !observed.isOurs()) {
            return new Intent.Release();
        }
        if (observed.state().status() == ClusterStatus.DELETING || resource.isPaused()) {
            return new Intent.Wait();
        }
        if (!resource.isDeletionConfirmed()) {
            return new Intent.Refuse(
                    "DeletionNotConfirmed",
                    "Expected the annotation " + CustomResource.CONFIRM + "="
                            + resource.key().name()
                            + " before the cluster and everything in it is deleted, but it is missing.");
        }
        return new Intent.End(new ClusterCommand.DeleteCluster(id));
    }

    /** What a NodePool leads to, in a cluster that its namespace has or has not. */
    static Intent ofPool(CustomResource resource, Optional<CustomResource> cluster, ObservedCluster observed) {
        Optional<ObservedCluster.Pool> pool = observed.pool(resource.key().name());
        if (resource.leaving()) {
            if (pool.isEmpty() || observed.isGone() || !observed.isOurs()) {
                return new Intent.Release();
            }
            return pool.get().state().status() == NodePoolStatus.DELETING || resource.isPaused()
                    ? new Intent.Wait()
                    : new Intent.End(
                            new NodePoolCommand.DeleteNodePool(pool.get().id()));
        }
        if (cluster.isEmpty()) {
            return new Intent.Refuse(
                    "ClusterMissing",
                    "Expected a TenantCluster '" + resource.text("clusterName") + "' in namespace '"
                            + resource.key().namespace() + "', but there is none.");
        }
        if (observed.clusterId() == null) {
            return new Intent.Refuse(
                    "ClusterNotAccepted",
                    "Expected TenantCluster '" + cluster.get().key().name()
                            + "' to have its cluster, but it has none yet.");
        }
        boolean paused = resource.isPaused() || cluster.get().isPaused();
        return paused || cluster.get().leaving() ? new Intent.Wait() : new Intent.Apply();
    }

    /**
     * Another resource that has the cluster: one that has it already; of two that have not, the older one. Creation
     * times are of whole seconds, so the ids decide between twins, the same way every time.
     */
    private static Optional<CustomResource> firstToName(CustomResource resource, List<CustomResource> rivals) {
        Comparator<CustomResource> order = Comparator.comparing(
                        (CustomResource rival) -> rival.recorded("clusterId").isEmpty())
                .thenComparing(CustomResource::created)
                .thenComparing(CustomResource::uid);
        return rivals.stream()
                .filter(rival -> rival.key().name().equals(resource.key().name()))
                .filter(rival -> rival.text("organization").equals(resource.text("organization")))
                .filter(rival -> !rival.uid().equals(resource.uid()))
                .filter(rival -> order.compare(rival, resource) < 0)
                .min(order);
    }
}
