package aether.reconcile.machines;

import aether.domain.cluster.ClusterCommand;
import aether.domain.kernel.Command;
import aether.domain.machine.MachineCommand;
import aether.domain.machine.MachineId;
import aether.reconcile.hypervisor.Hypervisor;
import aether.reconcile.hypervisor.NewMachine;
import aether.reconcile.kube.TenantApis;
import aether.reconcile.lease.Leases;
import aether.reconcile.loop.OutsideFailure;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.report.Reports;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what the planner decided. Identity was settled in the log before; tags carry it into the hypervisor. */
public final class MachinesActor {

    private static final Logger LOG = LoggerFactory.getLogger(MachinesActor.class);

    private final Hypervisor hypervisor;
    private final TenantApis tenants;
    private final Leases leases;
    private final Reports reports;

    /** Acts at the hypervisor, and in tenants' APIs. */
    public MachinesActor(Hypervisor hypervisor, TenantApis tenants, Leases leases, Reports reports) {
        this.hypervisor = hypervisor;
        this.tenants = tenants;
        this.leases = leases;
        this.reports = reports;
    }

    /** Does one step under the tenant's lease. */
    public void act(DesiredMachine desired, MachinesStep step) {
        MachineId id = desired.id();
        long epoch = leases.epoch(desired.clusterId());
        switch (step) {
            case MachinesStep.Clone unused -> hypervisor.clone(newMachine(desired, epoch));
            case MachinesStep.Configure configure -> hypervisor.configure(configure.machine(), configure.config());
            case MachinesStep.Start start -> hypervisor.start(start.machine());
            case MachinesStep.Stop stop -> hypervisor.stop(stop.machine());
            case MachinesStep.Delete delete -> hypervisor.delete(delete.machine());
            case MachinesStep.ForgetNode node -> forget(desired, node.uid());
            case MachinesStep.ReportCloned unused -> report(desired, new MachineCommand.RecordMachineCloned(id, epoch));
            case MachinesStep.ReportConfigured unused ->
                report(desired, new MachineCommand.RecordMachineConfigured(id, epoch));
            case MachinesStep.ReportStarted started ->
                report(desired, new MachineCommand.RecordMachineStarted(id, epoch, started.address()));
            case MachinesStep.ReportReady unused -> report(desired, new MachineCommand.RecordMachineReady(id, epoch));
            case MachinesStep.ReportLost lost ->
                report(desired, new MachineCommand.RecordMachineLost(id, epoch, lost.reason()));
            case MachinesStep.ReportDeleted unused ->
                report(desired, new MachineCommand.RecordMachineDeleted(id, epoch));
            case MachinesStep.ReportDrift drift ->
                reports.send(
                        desired.clusterId(),
                        new ClusterCommand.RecordDriftCorrected(
                                desired.clusterId(),
                                epoch,
                                "Machine/" + desired.reservation().name(),
                                drift.found() + " and " + drift.remedy()),
                        desired.clusterBasis());
        }
    }

    /** The end of a machine never waits for the tenant's own API: what it refuses stays there, as not ready. */
    private void forget(DesiredMachine desired, String uid) {
        ObjectRef node = MachinesObserver.nodeOf(desired);
        try {
            tenants.current(desired.clusterId()).ifPresent(api -> api.delete(node, uid));
        } catch (OutsideFailure away) {
            LOG.info("{} stays in the API of cluster {}: {}", node.shown(), desired.clusterId(), away.sentence());
        }
    }

    private static NewMachine newMachine(DesiredMachine desired, long epoch) {
        return new NewMachine(
                desired.reservation().vmId(),
                desired.reservation().name(),
                desired.reservation().shape(),
                List.of(desired.tag(), "aether-cluster-" + desired.clusterId(), "epoch-" + epoch));
    }

    private void report(DesiredMachine desired, Command report) {
        reports.send(desired.clusterId(), report, desired.basis());
    }
}
