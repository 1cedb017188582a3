package aether.command.gateway;

import aether.command.streams.Streams;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterState;
import java.util.Map;
import java.util.Optional;

/** Reads what the log says about a cluster, as it is at this moment. */
final class LogObserver {

    private final Streams streams;

    LogObserver(Streams streams) {
        this.streams = streams;
    }

    /** Which cluster a resource is about: its own for as long as it lives, whatever its spec says by now. */
    Optional<ClusterId> clusterOf(CustomResource resource) {
        return resource.recorded("clusterId").map(ClusterId::parse).or(() -> named(resource));
    }

    private Optional<ClusterId> named(CustomResource resource) {
        return streams.slug(resource.text("organization"))
                .holder()
                .flatMap(id ->
                        streams.organization(id).clusterNamed(resource.key().name()));
    }

    ObservedCluster observe(CustomResource resource, ClusterId id) {
        ClusterState state = streams.cluster(id);
        return new ObservedCluster(
                id,
                named(resource).equals(Optional.of(id)),
                state,
                state.pools().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(pool -> new ObservedCluster.Pool(
                                pool.getKey(), pool.getValue(), streams.nodePool(pool.getValue())))
                        .toList());
    }
}
