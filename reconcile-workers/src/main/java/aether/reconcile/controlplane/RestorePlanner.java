package aether.reconcile.controlplane;

import aether.domain.cluster.ClusterSnapshot;
import aether.domain.cluster.Fault;
import aether.reconcile.loop.Hindrance;
import aether.reconcile.loop.Plan;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.TenantNames;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether a cluster may begin with its snapshot. Without a store it would begin empty, and without the keys of
 * the other cluster its API server could not read one Secret: it does not begin then, and says what is missing.
 */
final class RestorePlanner {

    private RestorePlanner() {}

    /** What has to come before anything is rendered; empty when nothing has. */
    static Optional<Plan<ControlPlaneStep>> plan(
            DesiredControlPlane desired, ObservedControlPlane observed, boolean store) {
        Optional<ClusterSnapshot> snapshot = desired.restoredFrom();
        if (snapshot.isEmpty()) {
            return Optional.empty();
        }
        boolean begun =
                desired.hibernation().isUnderWay() || EncryptionKeys.areInUse(observed.objects(), desired.clusterId());
        if (!store && !begun) {
            return Optional.of(blocked(
                    desired,
                    "NoSnapshotStore",
                    "Expected a store with snapshot " + snapshot.get().key()
                            + ", but this site keeps no snapshots (aether.workers.etcd.snapshots)"));
        }
        ObjectRef inherited = EncryptionKeys.inherited(desired.clusterId());
        if (observed.objects().containsKey(inherited)) {
            return Optional.empty();
        }
        if (begun) {
            return Optional.of(ControlPlanePlanner.withoutKeys(desired, inherited));
        }
        Optional<Rendered> keys = EncryptionKeys.inherit(desired, observed.sourceKeys());
        return Optional.of(
                keys.isPresent()
                        ? Plan.andLookAgain(
                                List.of(new ControlPlaneStep.KeepInheritedKeys(keys.get())),
                                "the keys of the Secrets in the snapshot were taken over")
                        : blocked(
                                desired,
                                "RestoreKeysMissing",
                                "Expected "
                                        + EncryptionKeys.kept(snapshot.get().clusterId(), 1)
                                                .shown()
                                        + " in namespace "
                                        + TenantNames.namespace(snapshot.get().clusterId())
                                        + ", which opens the Secrets in the snapshot, but it is gone; put a copy of it"
                                        + " into " + inherited.shown() + " of namespace " + inherited.namespace()));
    }

    private static Plan<ControlPlaneStep> blocked(DesiredControlPlane desired, String reason, String sentence) {
        return ControlPlanePlanner.needsSomebody(
                desired, new Hindrance(Fault.INFRASTRUCTURE, reason, sentence), sentence);
    }
}
