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

    /** The holder of a name in an organization. */
    Optional<ClusterId> holder(String organization, String name) {
        return streams.slug(organization)
                .holder()
                .flatMap(id -> streams.organization(id).clusterNamed(name));
    }

    ObservedCluster observe(ClusterId id) {
        ClusterState state = streams.cluster(id);
        return new ObservedCluster(
                id,
                state,
                state.pools().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(pool -> new ObservedCluster.Pool(
                                pool.getKey(), pool.getValue(), streams.nodePool(pool.getValue())))
                        .toList());
    }
}
