package aether.reconcile.addons;

import aether.domain.cluster.ClusterCommand;
import aether.reconcile.kube.KubeApi;
import aether.reconcile.kube.TenantApis;
import aether.reconcile.lease.Leases;
import aether.reconcile.loop.OutsideFailure;
import aether.reconcile.report.Reports;
import java.util.random.RandomGenerator;

/** Does what the planner decided; doing it again is harmless. */
public final class AddonsActor {

    private final KubeApi cluster;
    private final TenantApis tenants;
    private final Leases leases;
    private final Reports reports;
    private final RandomGenerator chance;

    /**
     * Acts in tenants' APIs.
     *
     * @param chance where tokens come from; give a secure one outside of tests
     */
    public AddonsActor(KubeApi cluster, TenantApis tenants, Leases leases, Reports reports, RandomGenerator chance) {
        this.cluster = cluster;
        this.tenants = tenants;
        this.leases = leases;
        this.reports = reports;
        this.chance = chance;
    }

    /** Does one step under the tenant's lease. */
    public void act(DesiredAddons desired, AddonsStep step) {
        long epoch = leases.epoch(desired.clusterId());
        switch (step) {
            case AddonsStep.KeepNewToken unused -> {
                boolean ignored = cluster.create(
                        BootstrapToken.generate(chance).keep(desired.organizationId(), desired.clusterId()));
            }
            case AddonsStep.Apply apply -> api(desired).apply(apply.rendered());
            case AddonsStep.Remove remove -> api(desired).delete(remove.ref(), remove.uid());
            case AddonsStep.ReportDrift drift ->
                reports.send(
                        desired.clusterId(),
                        new ClusterCommand.RecordDriftCorrected(
                                desired.clusterId(), epoch, drift.subject(), drift.correction()),
                        desired.basis());
            case AddonsStep.ReportInstalled unused ->
                reports.send(
                        desired.clusterId(),
                        new ClusterCommand.RecordAddonsInstalled(desired.clusterId(), epoch),
                        desired.basis());
        }
    }

    private KubeApi api(DesiredAddons desired) {
        // The observer came in through the door a moment ago.
        return tenants.current(desired.clusterId())
                .orElseThrow(() -> new OutsideFailure(
                        OutsideFailure.Kind.AWAY, "Expected the tenant's API to be there still, but it is not"));
    }
}
