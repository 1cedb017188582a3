package aether.reconcile.certificates;

import aether.domain.cluster.ClusterAuthorities;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterState;
import aether.domain.cluster.EtcdMembers;
import aether.domain.cluster.IssuedCertificate;
import aether.domain.cluster.KeyRotation;
import aether.domain.cluster.ProvisioningStage;
import aether.domain.organization.OrganizationId;
import aether.reconcile.desired.Known;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is wanted of a tenant's certificates.
 *
 * @param endpointHost what clients dial
 * @param apiNames further names and addresses that the API answers to
 * @param etcdMembers how many members answer as etcd
 * @param authorities the CAs and how far their rotations are
 * @param serviceAccount the key pair that signs tokens and how far its rotation is
 * @param known the certificates that the log knows, by name
 * @param overdue those of which the log says that their renewal is overdue
 * @param reported whether the log already says that they are issued
 * @param basis the last event of the cluster's stream that is known
 */
public record DesiredCertificates(
        ClusterId clusterId,
        OrganizationId organizationId,
        String endpointHost,
        List<String> apiNames,
        int etcdMembers,
        ClusterAuthorities authorities,
        KeyRotation serviceAccount,
        Map<String, IssuedCertificate> known,
        Set<String> overdue,
        boolean reported,
        long basis) {
    public DesiredCertificates {
        apiNames = List.copyOf(apiNames);
        known = Map.copyOf(known);
        overdue = Set.copyOf(overdue);
    }

    /** Those of a cluster whose etcd has as many members as one has that does not say. */
    public DesiredCertificates(
            ClusterId clusterId,
            OrganizationId organizationId,
            String endpointHost,
            List<String> apiNames,
            ClusterAuthorities authorities,
            KeyRotation serviceAccount,
            Map<String, IssuedCertificate> known,
            Set<String> overdue,
            boolean reported,
            long basis) {
        this(
                clusterId,
                organizationId,
                endpointHost,
                apiNames,
                EtcdMembers.DEFAULT,
                authorities,
                serviceAccount,
                known,
                overdue,
                reported,
                basis);
    }

    /** What the log wants; empty while it wants none. */
    public static Optional<DesiredCertificates> of(Known<ClusterState> known) {
        ClusterState state = known.state();
        var request = state.request();
        var endpoint = state.endpoint();
        boolean wanted = state.wanted().contains(ClusterState.Wanted.CERTIFICATES)
                && !state.wanted().contains(ClusterState.Wanted.REMOVAL);
        if (!wanted || request == null || endpoint == null) {
            return Optional.empty();
        }
        return Optional.of(new DesiredCertificates(
                request.clusterId(),
                request.organizationId(),
                endpoint.host(),
                state.apiNames(),
                request.etcdMembers(),
                state.authorities(),
                state.keys().serviceAccount(),
                state.certificates(),
                state.overdue() == null ? Set.of() : Set.copyOf(state.overdue().names()),
                state.reached().contains(ProvisioningStage.CERTIFICATES),
                known.sequence()));
    }

    /**
     * The same without what only says how far it has come: objects must not depend on it, or each event renders them.
     */
    DesiredCertificates apartFromItsPast() {
        return new DesiredCertificates(
                clusterId,
                organizationId,
                endpointHost,
                apiNames,
                etcdMembers,
                authorities,
                serviceAccount,
                Map.of(),
                Set.of(),
                false,
                0);
    }
}
