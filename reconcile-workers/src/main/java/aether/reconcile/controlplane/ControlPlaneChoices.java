package aether.reconcile.controlplane;

import aether.domain.cluster.ClusterHibernation;
import aether.domain.cluster.ClusterSnapshot;
import aether.domain.cluster.ControlPlaneSettings;
import aether.domain.cluster.EtcdMembers;
import java.util.Optional;

/**
 * What the customer has chosen of a control plane.
 *
 * @param settings what is set of it
 * @param etcdMembers how many members its etcd has
 * @param restoredFrom the snapshot that its etcd begins with; empty for one that begins empty
 * @param hibernation its sleep, and what of it runs
 */
public record ControlPlaneChoices(
        ControlPlaneSettings settings,
        int etcdMembers,
        Optional<ClusterSnapshot> restoredFrom,
        ClusterHibernation hibernation) {

    /** Whoever has chosen nothing. */
    public static final ControlPlaneChoices NONE = new ControlPlaneChoices(
            ControlPlaneSettings.NONE, EtcdMembers.DEFAULT, Optional.empty(), ClusterHibernation.NEVER);

    ControlPlaneChoices with(ControlPlaneSettings other) {
        return new ControlPlaneChoices(other, etcdMembers, restoredFrom, hibernation);
    }

    ControlPlaneChoices with(int members) {
        return new ControlPlaneChoices(settings, members, restoredFrom, hibernation);
    }

    ControlPlaneChoices with(ClusterSnapshot snapshot) {
        return new ControlPlaneChoices(settings, etcdMembers, Optional.of(snapshot), hibernation);
    }

    ControlPlaneChoices with(ClusterHibernation other) {
        return new ControlPlaneChoices(settings, etcdMembers, restoredFrom, other);
    }
}
