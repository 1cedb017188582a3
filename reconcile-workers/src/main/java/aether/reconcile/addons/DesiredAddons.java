package aether.reconcile.addons;

import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterState;
import aether.domain.cluster.ProvisioningStage;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.organization.OrganizationId;
import aether.reconcile.desired.Known;
import java.util.Optional;

/**
 * What is wanted inside a tenant's API.
 *
 * @param endpoint host and port that nodes dial
 * @param version what runs beside the API servers is of
 * @param restored whether its data began as a snapshot of another cluster
 * @param reported whether the log already says that it is there
 * @param basis the last event of the cluster's stream that is known
 */
public record DesiredAddons(
        ClusterId clusterId,
        OrganizationId organizationId,
        String endpoint,
        KubernetesVersion version,
        boolean restored,
        boolean reported,
        long basis) {

    /** The same, whatever has been said of it: no rendering looks at that. */
    DesiredAddons apartFromItsPast() {
        return new DesiredAddons(clusterId, organizationId, endpoint, version, restored, false, 0);
    }

    /** What the log wants; empty while it wants nothing. */
    public static Optional<DesiredAddons> of(Known<ClusterState> known) {
        ClusterState state = known.state();
        var request = state.request();
        var endpoint = state.endpoint();
        boolean wanted = state.wanted().contains(ClusterState.Wanted.ADDONS)
                && !state.wanted().contains(ClusterState.Wanted.REMOVAL)
                && state.hibernation().runsControllers(); // before, its API is not there to be looked into
        if (!wanted || request == null || endpoint == null) {
            return Optional.empty();
        }
        return Optional.of(new DesiredAddons(
                request.clusterId(),
                request.organizationId(),
                endpoint.host() + ":" + endpoint.port(),
                state.versions().orElseThrow().controllers(), // agents after the servers that they dial
                request.restoredFrom() != null,
                state.reached().contains(ProvisioningStage.ADDONS),
                known.sequence()));
    }
}
