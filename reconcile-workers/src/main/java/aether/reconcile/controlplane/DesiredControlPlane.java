package aether.reconcile.controlplane;

import aether.domain.cluster.ClusterAuthority;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterState;
import aether.domain.cluster.ClusterStatus;
import aether.domain.cluster.ProvisioningStage;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.organization.OrganizationId;
import aether.reconcile.desired.Known;
import java.util.Optional;

/**
 * What is wanted of a tenant's control plane.
 *
 * @param name the cluster's name, a DNS label
 * @param endpoint what clients dial; unknown when the cluster is taken down early
 * @param authority the cluster CA and how far its rotation is
 * @param publicName the name that a public authority is asked to certify; empty for none
 * @param removal whether nothing of the tenant may be left
 * @param reported whether the log already says that it served once
 * @param status where the cluster is in its life
 * @param basis the last event of the cluster's stream that is known
 */
public record DesiredControlPlane(
        ClusterId clusterId,
        OrganizationId organizationId,
        String name,
        KubernetesVersion version,
        Optional<ClusterEvent.EndpointPublished> endpoint,
        ClusterAuthority authority,
        String publicName,
        boolean removal,
        boolean reported,
        ClusterStatus status,
        long basis) {

    /** What the log wants; empty while it wants nothing. */
    public static Optional<DesiredControlPlane> of(Known<ClusterState> known) {
        ClusterState state = known.state();
        var request = state.request();
        boolean removal = state.wanted().contains(ClusterState.Wanted.REMOVAL);
        if (request == null || !(removal || state.wanted().contains(ClusterState.Wanted.CONTROL_PLANE))) {
            return Optional.empty();
        }
        return Optional.of(new DesiredControlPlane(
                request.clusterId(),
                request.organizationId(),
                request.name(),
                request.version(),
                Optional.ofNullable(state.endpoint()),
                state.authority(),
                state.publicName().name(),
                removal,
                state.reached().contains(ProvisioningStage.CONTROL_PLANE),
                state.status(),
                known.sequence()));
    }

    /** Host and port of the endpoint. */
    public String endpointAddress() {
        return endpoint.map(published -> published.host() + ":" + published.port())
                .orElseThrow(() -> new IllegalStateException(
                        "Expected a published endpoint before a control plane, but " + clusterId + " has none."));
    }
}
