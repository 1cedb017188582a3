package aether.command.gateway;

import aether.domain.cluster.ClusterId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Which TenantCluster shows which cluster; one entry per cluster that a resource has named. */
final class Dependents {

    private final Map<ClusterId, ResourceKey> shown = new ConcurrentHashMap<>();

    void note(ClusterId id, ResourceKey resource) {
        shown.put(id, resource);
    }

    Optional<ResourceKey> of(ClusterId id) {
        return Optional.ofNullable(shown.get(id));
    }

    void forget(ResourceKey resource) {
        shown.values().remove(resource);
    }
}
