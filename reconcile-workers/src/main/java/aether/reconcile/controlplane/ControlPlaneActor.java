package aether.reconcile.controlplane;

import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterHibernation;
import aether.domain.cluster.ClusterId;
import aether.domain.kernel.Command;
import aether.reconcile.kube.KubeApi;
import aether.reconcile.kube.TenantApis;
import aether.reconcile.lease.Leases;
import aether.reconcile.loop.OutsideFailure;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.report.Reports;
import java.util.random.RandomGenerator;

/** Does what the planner decided; doing it again is harmless. */
public final class ControlPlaneActor {

    private final KubeApi cluster;
    private final TenantApis tenants;
    private final Leases leases;
    private final Reports reports;
    private final RandomGenerator chance;

    /**
     * Acts in the management cluster.
     *
     * @param chance where keys come from; give a secure one outside of tests
     */
    public ControlPlaneActor(
            KubeApi cluster, TenantApis tenants, Leases leases, Reports reports, RandomGenerator chance) {
        this.chance = chance;
        this.cluster = cluster;
        this.tenants = tenants;
        this.leases = leases;
        this.reports = reports;
    }

    /** Does one step under the tenant's lease. */
    public void act(DesiredControlPlane desired, ControlPlaneStep step) {
        ClusterId id = desired.clusterId();
        long epoch = leases.epoch(id);
        switch (step) {
            case ControlPlaneStep.Apply apply -> cluster.apply(apply.rendered());
            case ControlPlaneStep.KeepNewEncryptionKey key -> {
                boolean ignored = cluster.create(EncryptionKeys.keep(desired, key.generation(), chance));
            }
            case ControlPlaneStep.KeepInheritedKeys inherited -> {
                boolean ignored = cluster.create(inherited.rendered());
            }
            case ControlPlaneStep.Delete delete -> cluster.delete(delete.ref(), delete.uid());
            case ControlPlaneStep.ReportDrift drift ->
                report(
                        desired,
                        new ClusterCommand.RecordDriftCorrected(id, epoch, drift.subject(), drift.correction()));
            case ControlPlaneStep.ReportReady ready ->
                report(desired, new ClusterCommand.RecordControlPlaneReady(id, epoch, ready.version()));
            case ControlPlaneStep.ReportUpgradePrepared prepared ->
                report(
                        desired,
                        new ClusterCommand.RecordUpgradePrepared(
                                id, epoch, prepared.to(), prepared.snapshot(), prepared.etcdMoves()));
            case ControlPlaneStep.ReportEtcdUpgraded etcd ->
                report(desired, new ClusterCommand.RecordEtcdUpgraded(id, epoch, etcd.to()));
            case ControlPlaneStep.ReportUpgradeServing serving ->
                report(desired, new ClusterCommand.RecordUpgradeServing(id, epoch, serving.to()));
            case ControlPlaneStep.ReportApiServersUpgraded servers ->
                report(desired, new ClusterCommand.RecordApiServersUpgraded(id, epoch, servers.to()));
            case ControlPlaneStep.ReportHibernationPrepared prepared ->
                report(
                        desired,
                        new ClusterCommand.RecordHibernationPrepared(
                                id, epoch, prepared.number(), prepared.snapshot()));
            case ControlPlaneStep.ReportHibernationObstructed obstructed ->
                report(
                        desired,
                        new ClusterCommand.RecordHibernationObstructed(
                                id, epoch, obstructed.number(), obstructed.obstacle()));
            case ControlPlaneStep.ReportHibernationPhaseDone done -> {
                if (done.phase() == ClusterHibernation.Phase.API_STOPPING) {
                    tenants.forget(id);
                }
                report(desired, new ClusterCommand.RecordHibernationPhaseDone(id, epoch, done.number(), done.phase()));
            }
            case ControlPlaneStep.ReportAuthorityTrusted trusted ->
                report(
                        desired,
                        new ClusterCommand.RecordAuthorityTrusted(
                                id,
                                epoch,
                                trusted.authority(),
                                trusted.generation(),
                                trusted.fingerprint(),
                                trusted.notAfter()));
            case ControlPlaneStep.ReportAuthoritySigning signing ->
                report(
                        desired,
                        new ClusterCommand.RecordAuthoritySigning(
                                id, epoch, signing.authority(), signing.generation()));
            case ControlPlaneStep.ReportLeavesReissued reissued ->
                report(
                        desired,
                        new ClusterCommand.RecordAuthorityLeavesReissued(
                                id, epoch, reissued.authority(), reissued.generation()));
            case ControlPlaneStep.ReportAuthorityRetired retired ->
                report(
                        desired,
                        new ClusterCommand.RecordAuthorityRetired(
                                id, epoch, retired.authority(), retired.generation()));
            case ControlPlaneStep.TellTrustAnew told -> tenant(id).delete(PublishedTrust.PLACE, told.uid());
            case ControlPlaneStep.RewriteSecrets unused -> rewriteSecrets(id);
            case ControlPlaneStep.ReportKeyPhaseDone done ->
                report(
                        desired,
                        new ClusterCommand.RecordKeyPhaseDone(id, epoch, done.key(), done.generation(), done.phase()));
            case ControlPlaneStep.ReportDegraded degraded ->
                report(desired, new ClusterCommand.RecordDegraded(id, epoch, degraded.reason()));
            case ControlPlaneStep.ReportRecovered unused ->
                report(desired, new ClusterCommand.RecordRecovered(id, epoch));
            case ControlPlaneStep.ReportRemoved unused -> {
                tenants.forget(id);
                report(desired, new ClusterCommand.RecordControlPlaneRemoved(id, epoch));
            }
        }
    }

    /** A Secret that is stored with the key in use already is not written; so a crash on the way costs only reading. */
    private void rewriteSecrets(ClusterId id) {
        KubeApi tenant = tenant(id);
        tenant.names(ResourceKind.SECRET).forEach(tenant::rewrite);
    }

    private KubeApi tenant(ClusterId id) {
        return tenants.current(id)
                .orElseThrow(() -> new OutsideFailure(OutsideFailure.Kind.AWAY, "the tenant's API is not open"));
    }

    private void report(DesiredControlPlane desired, Command report) {
        reports.send(desired.clusterId(), report, desired.basis());
    }
}
