package aether.command.gateway;

import aether.domain.cluster.Channel;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterState;
import aether.domain.cluster.ClusterStatus;
import aether.domain.nodepool.NodePoolId;
import aether.domain.nodepool.NodePoolState;
import aether.domain.nodepool.NodePoolStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the log says about the cluster of a resource.
 *
 * @param clusterId the one that its status names, else the holder of the name; absent when there is neither
 * @param named whether the resource's organization and name still mean this cluster
 * @param pools its pools that are not gone, by name
 */
record ObservedCluster(@Nullable ClusterId clusterId, boolean named, ClusterState state, List<Pool> pools) {

    static final ObservedCluster NONE = new ObservedCluster(null, false, ClusterState.ABSENT, List.of());

    ObservedCluster {
        pools = List.copyOf(pools);
    }

    /** A pool of the cluster. */
    record Pool(String name, NodePoolId id, NodePoolState state) {}

    Optional<ClusterId> id() {
        return Optional.ofNullable(clusterId);
    }

    /** Whether there is no cluster, or none any more. */
    boolean isGone() {
        return clusterId == null || !state.isKnown() || state.status() == ClusterStatus.DELETED;
    }

    /** Whether custom resources are how it is changed. */
    boolean isOurs() {
        ClusterEvent.ClusterRequested request = state.request();
        return request != null && request.channel() == Channel.KUBERNETES;
    }

    Optional<Pool> pool(String name) {
        return pools.stream()
                .filter(pool -> Objects.equals(pool.name(), name))
                .filter(pool -> pool.state().status() != NodePoolStatus.DELETED)
                .findFirst();
    }
}
