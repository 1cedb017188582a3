package aether.reconcile.publicname;

import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterId;
import aether.domain.kernel.Command;
import aether.reconcile.kube.KubeApi;
import aether.reconcile.lease.Leases;
import aether.reconcile.report.Reports;

/** Does what the planner decided; doing it again is harmless. */
public final class PublicNameActor {

    private final KubeApi cluster;
    private final Leases leases;
    private final Reports reports;

    /** Acts in the management cluster. */
    public PublicNameActor(KubeApi cluster, Leases leases, Reports reports) {
        this.cluster = cluster;
        this.leases = leases;
        this.reports = reports;
    }

    /** Does one step under the tenant's lease. */
    public void act(DesiredPublicName desired, PublicNameStep step) {
        ClusterId id = desired.clusterId();
        long epoch = leases.epoch(id);
        switch (step) {
            case PublicNameStep.Apply apply -> cluster.apply(apply.rendered());
            case PublicNameStep.Delete delete -> cluster.delete(delete.ref(), delete.uid());
            case PublicNameStep.ReportAsked asked ->
                report(desired, new ClusterCommand.RecordPublicNameAsked(id, epoch, asked.name(), asked.delegation()));
            case PublicNameStep.ReportIssued issued ->
                report(
                        desired,
                        new ClusterCommand.RecordPublicNameIssued(id, epoch, issued.name(), issued.certificate()));
            case PublicNameStep.ReportFailed failed ->
                report(
                        desired,
                        new ClusterCommand.RecordPublicNameFailed(
                                id, epoch, failed.name(), failed.fault(), failed.reason()));
        }
    }

    private void report(DesiredPublicName desired, Command report) {
        reports.send(desired.clusterId(), report, desired.basis());
    }
}
