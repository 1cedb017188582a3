package aether.projection.clusters;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A tenant cluster as it is shown.
 *
 * @param k8sVersion the version that is wanted
 * @param statusMessage what it is waiting for or what is wrong; absent when there is nothing to say
 * @param endpoint the address of its API, once published
 * @param observedKubernetesVersion the version its control plane last answered with
 * @param lbSubnet the load balancer's address as a /32
 * @param workerSubnet the /24 of its workers
 * @param standing what does not go on, the first of it first
 */
public record ClusterView(
        UUID id,
        UUID orgId,
        String name,
        String region,
        String k8sVersion,
        String status,
        @Nullable String statusMessage,
        @Nullable String endpoint,
        @Nullable String observedKubernetesVersion,
        @Nullable String lbSubnet,
        @Nullable String workerSubnet,
        List<StandingWork> standing,
        long createdPosition,
        Instant createdAt,
        Instant updatedAt) {
    public ClusterView {
        standing = List.copyOf(standing);
    }
}
