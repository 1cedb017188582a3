package aether.command.gateway;

import aether.domain.cluster.ClusterId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which TenantClusters name which cluster; one entry per resource that has named one, however many name the same. */
final class Dependents {

    private final Map<ClusterId, Set<ResourceKey>> naming = new ConcurrentHashMap<>();

    void note(ClusterId id, ResourceKey resource) {
        boolean ignored = naming.computeIfAbsent(id, unused -> ConcurrentHashMap.newKeySet())
                .add(resource);
    }

    Set<ResourceKey> of(ClusterId id) {
        return Set.copyOf(naming.getOrDefault(id, Set.of()));
    }

    void forget(ResourceKey resource) {
        naming.values().forEach(resources -> resources.remove(resource));
        naming.values().removeIf(Set::isEmpty);
    }
}
