package aether.reconcile.controlplane;

import aether.domain.cluster.ClusterAuthorities;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterKeys;
import aether.domain.cluster.ClusterStatus;
import aether.domain.cluster.ClusterUpgrade;
import aether.domain.cluster.ClusterVersions;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.organization.OrganizationId;
import java.util.Optional;

/** A wanted control plane that runs and was reported; a test says what else matters to it. */
public final class SomeControlPlane {

    private final ClusterId cluster;
    private final OrganizationId organization;
    private String name = "shop";
    private ClusterVersions versions = ClusterVersions.all(new KubernetesVersion(1, 34, 1));
    private Optional<ClusterUpgrade> upgrade = Optional.empty();
    private ClusterAuthorities authorities = ClusterAuthorities.FIRST;
    private ClusterKeys keys = ClusterKeys.FIRST;
    private String publicName = "";
    private boolean removal;
    private boolean reported = true;
    private ClusterStatus status = ClusterStatus.RUNNING;

    private SomeControlPlane(ClusterId cluster, OrganizationId organization) {
        this.cluster = cluster;
        this.organization = organization;
    }

    /** Of this cluster, called shop, at 10.2.0.2:6443. */
    public static SomeControlPlane of(ClusterId cluster, OrganizationId organization) {
        return new SomeControlPlane(cluster, organization);
    }

    /** One of a cluster with another name. */
    public SomeControlPlane called(String other) {
        name = other;
        return this;
    }

    /** One of which all parts have this version. */
    public SomeControlPlane at(KubernetesVersion version) {
        versions = ClusterVersions.all(version);
        return this;
    }

    /** One in the middle of an upgrade. */
    public SomeControlPlane during(ClusterUpgrade other) {
        upgrade = Optional.of(other);
        versions = other.versions();
        return in(ClusterStatus.UPGRADING);
    }

    /** One with CAs that are this far. */
    public SomeControlPlane with(ClusterAuthorities other) {
        authorities = other;
        return this;
    }

    /** One with keys that are this far. */
    public SomeControlPlane with(ClusterKeys other) {
        keys = other;
        return this;
    }

    /** One with a name for the public. */
    public SomeControlPlane reachedAs(String other) {
        publicName = other;
        return this;
    }

    /** One of which nothing may be left. */
    public SomeControlPlane removed(boolean yes) {
        removal = yes;
        return this;
    }

    /** One of which the log says, or does not say yet, that it served. */
    public SomeControlPlane reported(boolean yes) {
        reported = yes;
        return this;
    }

    /** One of a cluster elsewhere in its life. */
    public SomeControlPlane in(ClusterStatus other) {
        status = other;
        return this;
    }

    /** What is wanted of it; the customer has chosen nothing. */
    public DesiredControlPlane wanted() {
        return new DesiredControlPlane(
                cluster,
                organization,
                name,
                versions,
                upgrade,
                Optional.of(new ClusterEvent.EndpointPublished(cluster, "10.2.0.2", 6443)),
                authorities,
                keys,
                publicName,
                ControlPlaneChoices.NONE,
                removal,
                reported,
                status,
                7);
    }
}
