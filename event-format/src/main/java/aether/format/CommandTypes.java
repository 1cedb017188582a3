package aether.format;

import aether.domain.archive.ArchiveCommand;
import aether.domain.audit.AuditCommand;
import aether.domain.cluster.ClusterCommand;
import aether.domain.export.ExportCommand;
import aether.domain.kernel.Command;
import aether.domain.machine.MachineCommand;
import aether.domain.network.NetworkCommand;
import aether.domain.nodepool.NodePoolCommand;
import aether.domain.organization.OrganizationCommand;
import aether.domain.organization.SlugCommand;
import aether.domain.privacy.SubjectCommand;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table of command types: the name of every command class, as it is sent between services. */
public final class CommandTypes {

    /**
     * One command type.
     *
     * @param name the subject, a dot, and what is asked, in kebab case
     * @param command the class
     */
    public record Row(String name, Class<? extends Command> command) {}

    /** Every command of the domain. */
    public static final List<Row> ROWS = List.of(
            new Row("organization.register", SlugCommand.RegisterOrganization.class),
            new Row("organization.rename", OrganizationCommand.RenameOrganization.class),
            new Row("organization.set-billing-contact", OrganizationCommand.SetBillingContact.class),
            new Row("organization.remove-billing-contact", OrganizationCommand.RemoveBillingContact.class),
            new Row("organization.request-cluster", OrganizationCommand.RequestCluster.class),
            new Row("organization.release-cluster-name", OrganizationCommand.ReleaseClusterName.class),
            new Row("region.open", NetworkCommand.OpenRegion.class),
            new Row("region.allocate-network", NetworkCommand.AllocateNetwork.class),
            new Row("region.release-network", NetworkCommand.ReleaseNetwork.class),
            new Row("region.reserve-machine", NetworkCommand.ReserveMachine.class),
            new Row("region.release-vm-id", NetworkCommand.ReleaseVmId.class),
            new Row("cluster.publish-endpoint", ClusterCommand.PublishEndpoint.class),
            new Row("cluster.request-certificates", ClusterCommand.RequestCertificates.class),
            new Row("cluster.record-certificates-issued", ClusterCommand.RecordCertificatesIssued.class),
            new Row("cluster.request-control-plane", ClusterCommand.RequestControlPlane.class),
            new Row("cluster.record-control-plane-ready", ClusterCommand.RecordControlPlaneReady.class),
            new Row("cluster.request-addons", ClusterCommand.RequestAddons.class),
            new Row("cluster.record-addons-installed", ClusterCommand.RecordAddonsInstalled.class),
            new Row("cluster.mark-running", ClusterCommand.MarkRunning.class),
            new Row("cluster.hand-over", ClusterCommand.HandOverCluster.class),
            new Row("cluster.pause", ClusterCommand.PauseCluster.class),
            new Row("cluster.resume", ClusterCommand.ResumeCluster.class),
            new Row("cluster.record-pause-ended", ClusterCommand.RecordPauseEnded.class),
            new Row("cluster.record-drift-left", ClusterCommand.RecordDriftLeft.class),
            new Row("cluster.set-maintenance-windows", ClusterCommand.SetMaintenanceWindows.class),
            new Row("cluster.ask-for-work", ClusterCommand.AskForWork.class),
            new Row("cluster.do-work-now", ClusterCommand.DoWorkNow.class),
            new Row("cluster.drop-planned-work", ClusterCommand.DropPlannedWork.class),
            new Row("cluster.begin-planned-work", ClusterCommand.BeginPlannedWork.class),
            new Row("cluster.hibernate", ClusterCommand.HibernateCluster.class),
            new Row("cluster.wake", ClusterCommand.WakeCluster.class),
            new Row("cluster.record-hibernation-prepared", ClusterCommand.RecordHibernationPrepared.class),
            new Row("cluster.record-hibernation-obstructed", ClusterCommand.RecordHibernationObstructed.class),
            new Row("cluster.mark-nodes-asleep", ClusterCommand.MarkNodesAsleep.class),
            new Row("cluster.record-hibernation-phase-done", ClusterCommand.RecordHibernationPhaseDone.class),
            new Row("cluster.mark-awake", ClusterCommand.MarkAwake.class),
            new Row("cluster.report-hibernation-delayed", ClusterCommand.ReportHibernationDelayed.class),
            new Row("cluster.configure-control-plane", ClusterCommand.ConfigureControlPlane.class),
            new Row("cluster.set-authorized-cidrs", ClusterCommand.SetAuthorizedCidrs.class),
            new Row("cluster.set-api-names", ClusterCommand.SetApiNames.class),
            new Row("cluster.record-certificates-renewed", ClusterCommand.RecordCertificatesRenewed.class),
            new Row("cluster.record-renewal-overdue", ClusterCommand.RecordRenewalOverdue.class),
            new Row("cluster.record-renewal-caught-up", ClusterCommand.RecordRenewalCaughtUp.class),
            new Row("cluster.record-work-stalled", ClusterCommand.RecordWorkStalled.class),
            new Row("cluster.record-work-resumed", ClusterCommand.RecordWorkResumed.class),
            new Row("cluster.set-public-domain", ClusterCommand.SetPublicDomain.class),
            new Row("cluster.record-public-name-asked", ClusterCommand.RecordPublicNameAsked.class),
            new Row("cluster.record-public-name-issued", ClusterCommand.RecordPublicNameIssued.class),
            new Row("cluster.record-public-name-failed", ClusterCommand.RecordPublicNameFailed.class),
            new Row("cluster.rotate-authority", ClusterCommand.RotateAuthority.class),
            new Row("cluster.record-authority-trusted", ClusterCommand.RecordAuthorityTrusted.class),
            new Row("cluster.record-authority-signing", ClusterCommand.RecordAuthoritySigning.class),
            new Row("cluster.mark-authority-prepared", ClusterCommand.MarkAuthorityPrepared.class),
            new Row("cluster.complete-authority-rotation", ClusterCommand.CompleteAuthorityRotation.class),
            new Row("cluster.record-authority-leaves-reissued", ClusterCommand.RecordAuthorityLeavesReissued.class),
            new Row("cluster.record-authority-retired", ClusterCommand.RecordAuthorityRetired.class),
            new Row("cluster.report-authority-delayed", ClusterCommand.ReportAuthorityDelayed.class),
            new Row("cluster.rotate-key", ClusterCommand.RotateKey.class),
            new Row("cluster.record-key-phase-done", ClusterCommand.RecordKeyPhaseDone.class),
            new Row("cluster.complete-key-rotation", ClusterCommand.CompleteKeyRotation.class),
            new Row("cluster.record-credential-issued", ClusterCommand.RecordCredentialIssued.class),
            new Row("cluster.upgrade", ClusterCommand.UpgradeCluster.class),
            new Row("cluster.abandon-upgrade", ClusterCommand.AbandonUpgrade.class),
            new Row("cluster.record-upgrade-prepared", ClusterCommand.RecordUpgradePrepared.class),
            new Row("cluster.record-etcd-upgraded", ClusterCommand.RecordEtcdUpgraded.class),
            new Row("cluster.record-upgrade-serving", ClusterCommand.RecordUpgradeServing.class),
            new Row("cluster.record-api-servers-upgraded", ClusterCommand.RecordApiServersUpgraded.class),
            new Row("cluster.mark-pool-upgraded", ClusterCommand.MarkPoolUpgraded.class),
            new Row("cluster.mark-upgraded", ClusterCommand.MarkUpgraded.class),
            new Row("cluster.report-upgrade-delayed", ClusterCommand.ReportUpgradeDelayed.class),
            new Row("cluster.record-degraded", ClusterCommand.RecordDegraded.class),
            new Row("cluster.record-recovered", ClusterCommand.RecordRecovered.class),
            new Row("cluster.record-drift-corrected", ClusterCommand.RecordDriftCorrected.class),
            new Row("cluster.fail", ClusterCommand.FailCluster.class),
            new Row("cluster.report-provisioning-delayed", ClusterCommand.ReportProvisioningDelayed.class),
            new Row("cluster.request-node-pool", ClusterCommand.RequestNodePool.class),
            new Row("cluster.release-pool-name", ClusterCommand.ReleasePoolName.class),
            new Row("cluster.delete", ClusterCommand.DeleteCluster.class),
            new Row("cluster.request-control-plane-removal", ClusterCommand.RequestControlPlaneRemoval.class),
            new Row("cluster.record-control-plane-removed", ClusterCommand.RecordControlPlaneRemoved.class),
            new Row("cluster.report-deletion-delayed", ClusterCommand.ReportDeletionDelayed.class),
            new Row("cluster.confirm-deleted", ClusterCommand.ConfirmDeleted.class),
            new Row("node-pool.scale", NodePoolCommand.ScaleNodePool.class),
            new Row("node-pool.roll", NodePoolCommand.RollNodePool.class),
            new Row("node-pool.record-rolled", NodePoolCommand.RecordPoolRolled.class),
            new Row("node-pool.hibernate", NodePoolCommand.HibernateNodePool.class),
            new Row("node-pool.record-hibernated", NodePoolCommand.RecordPoolHibernated.class),
            new Row("node-pool.wake", NodePoolCommand.WakeNodePool.class),
            new Row("node-pool.record-running", NodePoolCommand.RecordPoolRunning.class),
            new Row("node-pool.record-degraded", NodePoolCommand.RecordPoolDegraded.class),
            new Row("node-pool.delete", NodePoolCommand.DeleteNodePool.class),
            new Row("node-pool.confirm-deleted", NodePoolCommand.ConfirmPoolDeleted.class),
            new Row("machine.record-cloned", MachineCommand.RecordMachineCloned.class),
            new Row("machine.record-configured", MachineCommand.RecordMachineConfigured.class),
            new Row("machine.record-started", MachineCommand.RecordMachineStarted.class),
            new Row("machine.record-ready", MachineCommand.RecordMachineReady.class),
            new Row("machine.record-lost", MachineCommand.RecordMachineLost.class),
            new Row("machine.retire", MachineCommand.RetireMachine.class),
            new Row("machine.record-deleted", MachineCommand.RecordMachineDeleted.class),
            new Row("audit.record-refusal", AuditCommand.RecordRefusal.class),
            new Row("audit.summarize-refusals", AuditCommand.SummarizeRefusals.class),
            new Row("audit.record-kubeconfig-read", AuditCommand.RecordKubeconfigRead.class),
            new Row("audit.record-clock-step", AuditCommand.RecordClockStep.class),
            new Row("subject.place-hold", SubjectCommand.PlaceHold.class),
            new Row("subject.lift-hold", SubjectCommand.LiftHold.class),
            new Row("subject.erase", SubjectCommand.EraseSubject.class),
            new Row("subject.record-key-destroyed", SubjectCommand.RecordKeyDestroyed.class),
            new Row("export.request", ExportCommand.RequestExport.class),
            new Row("export.record-completed", ExportCommand.RecordExportCompleted.class),
            new Row("export.record-failed", ExportCommand.RecordExportFailed.class),
            new Row("export.record-downloaded", ExportCommand.RecordExportDownloaded.class),
            new Row("archive.record-probe", ArchiveCommand.RecordProbe.class),
            new Row("archive.record-heartbeat", ArchiveCommand.RecordHeartbeat.class),
            new Row("archive.record-reconciliation", ArchiveCommand.RecordReconciliation.class),
            new Row("archive.record-key-change", ArchiveCommand.RecordKeyChange.class),
            new Row("archive.record-witness-refusal", ArchiveCommand.RecordWitnessRefusal.class),
            new Row("archive.record-witness-agreement", ArchiveCommand.RecordWitnessAgreement.class),
            new Row("archive.record-verification", ArchiveCommand.RecordVerification.class));

    private static final Map<String, Class<? extends Command>> BY_NAME = new HashMap<>();
    private static final Map<Class<?>, String> BY_CLASS = new HashMap<>();

    static {
        for (Row row : ROWS) {
            BY_NAME.put(row.name(), row.command());
            BY_CLASS.put(row.command(), row.name());
        }
    }

    private CommandTypes() {}

    /** The class of a name; empty when there is no such command. */
    public static Optional<Class<? extends Command>> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /**
     * The name of a command's class.
     *
     * @throws IllegalArgumentException when the table has no row for it
     */
    public static String nameOf(Class<? extends Command> command) {
        String name = BY_CLASS.get(command);
        if (name == null) {
            throw new IllegalArgumentException(
                    "Expected a command of the table of command types, but got a " + command.getName() + ".");
        }
        return name;
    }
}
