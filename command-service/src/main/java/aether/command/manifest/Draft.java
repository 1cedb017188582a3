package aether.command.manifest;

import aether.command.streams.Streams;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterState;
import aether.domain.kernel.DomainEvent;
import aether.domain.network.NetworkState;
import aether.domain.nodepool.NodePoolEvent;
import aether.domain.nodepool.NodePoolId;
import aether.domain.nodepool.NodePoolState;
import aether.domain.organization.OrganizationEvent;
import aether.domain.organization.OrganizationId;
import aether.domain.organization.OrganizationState;
import aether.domain.organization.SlugEvent;
import aether.domain.organization.SlugState;
import java.util.HashMap;
import java.util.Map;

/** The log as it would be: what it says now, and what the documents before would add to it. Nothing is written. */
final class Draft {

    private final Streams streams;

    private final Map<String, SlugState> slugs = new HashMap<>();

    private final Map<OrganizationId, OrganizationState> organizations = new HashMap<>();

    private final Map<ClusterId, ClusterState> clusters = new HashMap<>();

    private final Map<NodePoolId, NodePoolState> pools = new HashMap<>();

    private final Map<String, NetworkState> regions = new HashMap<>();

    Draft(Streams streams) {
        this.streams = streams;
    }

    SlugState slug(String slug) {
        return slugs.computeIfAbsent(slug, streams::slug);
    }

    OrganizationState organization(OrganizationId id) {
        return organizations.computeIfAbsent(id, streams::organization);
    }

    ClusterState cluster(ClusterId id) {
        return clusters.computeIfAbsent(id, streams::cluster);
    }

    NodePoolState nodePool(NodePoolId id) {
        return pools.computeIfAbsent(id, streams::nodePool);
    }

    NetworkState region(String name) {
        return regions.computeIfAbsent(name, streams::region);
    }

    /** Adds an event. */
    void apply(DomainEvent event) {
        switch (event) {
            case SlugEvent slug -> slugs.put(slug.slug(), slug(slug.slug()).apply(slug));
            case OrganizationEvent organization ->
                organizations.put(
                        organization.organizationId(),
                        organization(organization.organizationId()).apply(organization));
            case ClusterEvent cluster ->
                clusters.put(cluster.clusterId(), cluster(cluster.clusterId()).apply(cluster));
            case NodePoolEvent pool ->
                pools.put(pool.poolId(), nodePool(pool.poolId()).apply(pool));
            default ->
                throw new IllegalStateException(
                        "Expected a document to lead to events of customers' subjects only, but got one of "
                                + event.stream());
        }
    }
}
