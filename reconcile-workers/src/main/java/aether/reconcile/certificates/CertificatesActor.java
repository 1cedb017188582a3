package aether.reconcile.certificates;

import aether.domain.cluster.ClusterCommand;
import aether.reconcile.kube.KubeApi;
import aether.reconcile.lease.Leases;
import aether.reconcile.report.Reports;

/** Does what the planner decided; doing it again is harmless, because every object has a name that follows from ids. */
public final class CertificatesActor {

    private final KubeApi cluster;
    private final Leases leases;
    private final Reports reports;

    /** Acts in the management cluster. */
    public CertificatesActor(KubeApi cluster, Leases leases, Reports reports) {
        this.cluster = cluster;
        this.leases = leases;
        this.reports = reports;
    }

    /** Does one step under the tenant's lease. */
    public void act(DesiredCertificates desired, CertificatesStep step) {
        long epoch = leases.epoch(desired.clusterId());
        switch (step) {
            case CertificatesStep.Apply apply -> cluster.apply(apply.rendered());
            case CertificatesStep.ReportDrift drift ->
                reports.send(
                        desired.clusterId(),
                        new ClusterCommand.RecordDriftCorrected(
                                desired.clusterId(), epoch, drift.subject(), drift.correction()),
                        desired.basis());
            case CertificatesStep.Delete delete -> cluster.delete(delete.ref(), delete.uid());
            case CertificatesStep.ReportRenewed renewed ->
                reports.send(
                        desired.clusterId(),
                        new ClusterCommand.RecordCertificatesRenewed(
                                desired.clusterId(), epoch, renewed.certificates()),
                        desired.basis());
            case CertificatesStep.ReportOverdue overdue ->
                reports.send(
                        desired.clusterId(),
                        new ClusterCommand.RecordRenewalOverdue(
                                desired.clusterId(), epoch, overdue.names(), overdue.notAfter(), overdue.reason()),
                        desired.basis());
            case CertificatesStep.ReportCaughtUp unused ->
                reports.send(
                        desired.clusterId(),
                        new ClusterCommand.RecordRenewalCaughtUp(desired.clusterId(), epoch),
                        desired.basis());
            case CertificatesStep.ReportIssued issued ->
                reports.send(
                        desired.clusterId(),
                        new ClusterCommand.RecordCertificatesIssued(
                                desired.clusterId(), epoch, issued.authorityFingerprint(), issued.notAfter()),
                        desired.basis());
        }
    }
}
