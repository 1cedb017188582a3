package aether.reconcile.publicname;

import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterState;
import aether.domain.cluster.ProvisioningStage;
import aether.domain.cluster.PublicName;
import aether.domain.organization.OrganizationId;
import aether.reconcile.desired.Known;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of a tenant's public name.
 *
 * @param site how the site gives names; absent where it gives none
 * @param wanted the name; empty for none
 * @param delegated whether it is the customer's domain, so that the customer's zone has to agree
 * @param refused why the customer's domain cannot be had here; empty when it can
 * @param known what the log says of it
 * @param basis the last event of the cluster's stream that is known
 */
public record DesiredPublicName(
        ClusterId clusterId,
        OrganizationId organizationId,
        @Nullable PublicNames site,
        String wanted,
        boolean delegated,
        Refusal refused,
        PublicName known,
        long basis) {

    /** Why a customer's domain cannot be had. */
    public enum Refusal {
        NONE,
        /** This site gives no public names. */
        NOT_HERE,
        /** It lies below the site's own domain. */
        GIVEN_NOT_CHOSEN
    }

    /**
     * What the log wants; empty while nothing is wanted and nothing ever was.
     *
     * @param slug the organization's
     */
    public static Optional<DesiredPublicName> of(
            Known<ClusterState> known, @Nullable PublicNames site, Optional<String> slug) {
        ClusterState state = known.state();
        var request = state.request();
        boolean there = state.reached().contains(ProvisioningStage.CERTIFICATES)
                && !state.wanted().contains(ClusterState.Wanted.REMOVAL);
        if (request == null || !there || slug.isEmpty()) {
            return Optional.empty();
        }
        PublicName said = state.publicName();
        Refusal refusal = Refusal.NONE;
        String wanted = "";
        if (!said.domain().isEmpty()) {
            refusal = site == null
                    ? Refusal.NOT_HERE
                    : site.isOurs(said.domain()) ? Refusal.GIVEN_NOT_CHOSEN : Refusal.NONE;
            wanted = refusal == Refusal.NONE ? said.domain() : "";
        } else if (site != null && request.publicEndpoint()) {
            wanted = site.given(request.name(), slug.get(), request.region());
        }
        if (wanted.isEmpty() && said.equals(PublicName.NONE)) {
            return Optional.empty();
        }
        return Optional.of(new DesiredPublicName(
                request.clusterId(),
                request.organizationId(),
                site,
                wanted,
                !said.domain().isEmpty(),
                refusal,
                said,
                known.sequence()));
    }

    /** What {@code _acme-challenge.<wanted>} has to be an alias of; empty when the zone is ours. */
    public String delegation() {
        return site != null && delegated && !wanted.isEmpty() ? site.delegation(clusterId) : "";
    }
}
