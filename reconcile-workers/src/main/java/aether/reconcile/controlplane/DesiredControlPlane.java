package aether.reconcile.controlplane;

import aether.domain.cluster.ClusterAuthorities;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterHibernation;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterKeys;
import aether.domain.cluster.ClusterSnapshot;
import aether.domain.cluster.ClusterState;
import aether.domain.cluster.ClusterStatus;
import aether.domain.cluster.ClusterUpgrade;
import aether.domain.cluster.ClusterVersions;
import aether.domain.cluster.ControlPlaneSettings;
import aether.domain.cluster.ProvisioningStage;
import aether.domain.organization.OrganizationId;
import aether.reconcile.desired.Known;
import java.util.Optional;

/**
 * What is wanted of a tenant's control plane.
 *
 * @param name the cluster's name, a DNS label
 * @param versions what each part is to run
 * @param upgrade how far a change of version is; empty while none is under way
 * @param endpoint what clients dial; unknown when the cluster is taken down early
 * @param authorities the CAs and how far their rotations are
 * @param keys the cluster's other keys and how far their rotations are
 * @param publicName the name that a public authority is asked to certify; empty for none
 * @param choices what the customer has chosen of it
 * @param removal whether nothing of the tenant may be left
 * @param reported whether the log already says that it served once
 * @param status where the cluster is in its life
 * @param basis the last event of the cluster's stream that is known
 */
public record DesiredControlPlane(
        ClusterId clusterId,
        OrganizationId organizationId,
        String name,
        ClusterVersions versions,
        Optional<ClusterUpgrade> upgrade,
        Optional<ClusterEvent.EndpointPublished> endpoint,
        ClusterAuthorities authorities,
        ClusterKeys keys,
        String publicName,
        ControlPlaneChoices choices,
        boolean removal,
        boolean reported,
        ClusterStatus status,
        long basis) {

    /** The same with other settings. */
    public DesiredControlPlane with(ControlPlaneSettings other) {
        return with(choices.with(other), reported, status, basis);
    }

    /** The same with an etcd of so many members. */
    public DesiredControlPlane with(int members) {
        return with(choices.with(members), reported, status, basis);
    }

    /** The same with an etcd that begins with a snapshot. */
    public DesiredControlPlane with(ClusterSnapshot snapshot) {
        return with(choices.with(snapshot), reported, status, basis);
    }

    /** The same in another phase of its sleep. */
    public DesiredControlPlane with(ClusterHibernation other) {
        return with(choices.with(other), reported, status, basis);
    }

    /**
     * The same without what only says how far it has come: objects must not depend on it, or each event renders them.
     */
    DesiredControlPlane apartFromItsPast() {
        ControlPlaneChoices present = hibernation().isUnderWay() ? choices : choices.with(ClusterHibernation.NEVER);
        return with(present, false, ClusterStatus.RUNNING, 0);
    }

    private DesiredControlPlane with(
            ControlPlaneChoices other, boolean alreadyReported, ClusterStatus where, long since) {
        return new DesiredControlPlane(
                clusterId,
                organizationId,
                name,
                versions,
                upgrade,
                endpoint,
                authorities,
                keys,
                publicName,
                other,
                removal,
                alreadyReported,
                where,
                since);
    }

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
                state.versions().orElseThrow(),
                Optional.ofNullable(state.upgrade()),
                Optional.ofNullable(state.endpoint()),
                state.authorities(),
                state.keys(),
                state.publicName().name(),
                new ControlPlaneChoices(
                        state.settings(),
                        request.etcdMembers(),
                        Optional.ofNullable(request.restoredFrom()),
                        state.hibernation()),
                removal,
                state.reached().contains(ProvisioningStage.CONTROL_PLANE),
                state.status(),
                known.sequence()));
    }

    /** What the customer has set of it. */
    public ControlPlaneSettings settings() {
        return choices.settings();
    }

    /** How many members its etcd has. */
    public int etcdMembers() {
        return choices.etcdMembers();
    }

    /** The snapshot that its etcd begins with; empty for one that begins empty. */
    public Optional<ClusterSnapshot> restoredFrom() {
        return choices.restoredFrom();
    }

    /** Its sleep, and what of it runs. */
    public ClusterHibernation hibernation() {
        return choices.hibernation();
    }

    /** Host and port of the endpoint. */
    public String endpointAddress() {
        return endpoint.map(published -> published.host() + ":" + published.port())
                .orElseThrow(() -> new IllegalStateException(
                        "Expected a published endpoint before a control plane, but " + clusterId + " has none."));
    }
}
