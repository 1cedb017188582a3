package aether.format;

import aether.domain.archive.ArchiveEvent;
import aether.domain.audit.AuditEvent;
import aether.domain.cluster.ClusterEvent;
import aether.domain.export.ExportEvent;
import aether.domain.kernel.DomainEvent;
import aether.domain.machine.MachineEvent;
import aether.domain.network.NetworkEvent;
import aether.domain.nodepool.NodePoolEvent;
import aether.domain.organization.OrganizationEvent;
import aether.domain.organization.SlugEvent;
import aether.domain.privacy.SubjectEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The table of event types: the name and current revision of every event class. Names are for ever; a class may be
 * renamed or moved, its row may not.
 */
public final class EventTypes {

    /**
     * One event type.
     *
     * @param name the name without revision
     * @param revision the revision that is written now, from 1
     * @param event the class that it is read as
     */
    public record Row(String name, int revision, Class<? extends DomainEvent> event) {
        public Row {
            if (revision < 1) {
                throw new IllegalArgumentException(
                        "Expected a revision of " + name + " from 1, but got " + revision + ".");
            }
        }
    }

    /** What every name begins with. */
    public static final String PREFIX = "cloud.aetherplatform.";

    /** Every event of the domain. */
    public static final EventTypes PLATFORM = new EventTypes(List.of(
            row("organization.registered", 1, OrganizationEvent.OrganizationRegistered.class),
            row("organization.renamed", 1, OrganizationEvent.OrganizationRenamed.class),
            row("organization.billing-contact-set", 1, OrganizationEvent.BillingContactSet.class),
            row("organization.billing-contact-removed", 1, OrganizationEvent.BillingContactRemoved.class),
            row("organization.cluster-name-claimed", 1, OrganizationEvent.ClusterNameClaimed.class),
            row("organization.cluster-name-released", 1, OrganizationEvent.ClusterNameReleased.class),
            row("slug.claimed", 1, SlugEvent.SlugClaimed.class),
            row("region.opened", 1, NetworkEvent.RegionOpened.class),
            row("region.network-allocated", 1, NetworkEvent.NetworkAllocated.class),
            row("region.network-released", 1, NetworkEvent.NetworkReleased.class),
            row("region.vm-id-claimed", 2, NetworkEvent.VmIdClaimed.class),
            row("region.vm-id-released", 1, NetworkEvent.VmIdReleased.class),
            row("cluster.requested", 4, ClusterEvent.ClusterRequested.class),
            row("cluster.handed-over", 1, ClusterEvent.ClusterHandedOver.class),
            row("cluster.paused", 1, ClusterEvent.ClusterPaused.class),
            row("cluster.resumed", 1, ClusterEvent.ClusterResumed.class),
            row("cluster.pause-ended", 1, ClusterEvent.PauseEnded.class),
            row("cluster.drift-left", 1, ClusterEvent.DriftLeft.class),
            row("cluster.hibernation-started", 1, ClusterEvent.ClusterHibernationStarted.class),
            row("cluster.hibernation-prepared", 1, ClusterEvent.HibernationPrepared.class),
            row("cluster.hibernation-obstructed", 1, ClusterEvent.HibernationObstructed.class),
            row("cluster.hibernation-dropped", 1, ClusterEvent.HibernationDropped.class),
            row("cluster.nodes-asleep", 1, ClusterEvent.NodesAsleep.class),
            row("cluster.hibernation-advanced", 1, ClusterEvent.HibernationAdvanced.class),
            row("cluster.hibernated", 1, ClusterEvent.ClusterHibernated.class),
            row("cluster.wake-started", 1, ClusterEvent.ClusterWakeStarted.class),
            row("cluster.awake", 1, ClusterEvent.ClusterAwake.class),
            row("cluster.hibernation-delayed", 1, ClusterEvent.HibernationDelayed.class),
            row("cluster.maintenance-windows-set", 1, ClusterEvent.MaintenanceWindowsSet.class),
            row("cluster.work-planned", 1, ClusterEvent.WorkPlanned.class),
            row("cluster.planned-work-dropped", 1, ClusterEvent.PlannedWorkDropped.class),
            row("cluster.window-passed-by", 1, ClusterEvent.WindowPassedBy.class),
            row("cluster.control-plane-configured", 1, ClusterEvent.ControlPlaneConfigured.class),
            row("cluster.authorized-cidrs-set", 1, ClusterEvent.AuthorizedCidrsSet.class),
            row("cluster.api-names-set", 1, ClusterEvent.ApiNamesSet.class),
            row("cluster.endpoint-published", 1, ClusterEvent.EndpointPublished.class),
            row("cluster.certificates-requested", 1, ClusterEvent.CertificatesRequested.class),
            row("cluster.certificates-issued", 1, ClusterEvent.CertificatesIssued.class),
            row("cluster.certificates-renewed", 1, ClusterEvent.CertificatesRenewed.class),
            row("cluster.credential-issued", 1, ClusterEvent.CredentialIssued.class),
            row("cluster.renewal-overdue", 1, ClusterEvent.RenewalOverdue.class),
            row("cluster.renewal-caught-up", 1, ClusterEvent.RenewalCaughtUp.class),
            row("cluster.work-stalled", 1, ClusterEvent.WorkStalled.class),
            row("cluster.work-resumed", 1, ClusterEvent.WorkResumed.class),
            row("cluster.public-domain-set", 1, ClusterEvent.PublicDomainSet.class),
            row("cluster.public-name-asked", 1, ClusterEvent.PublicNameAsked.class),
            row("cluster.public-name-issued", 1, ClusterEvent.PublicNameIssued.class),
            row("cluster.public-name-failed", 1, ClusterEvent.PublicNameFailed.class),
            row("cluster.authority-rotation-started", 2, ClusterEvent.AuthorityRotationStarted.class),
            row("cluster.authority-trusted", 2, ClusterEvent.AuthorityTrusted.class),
            row("cluster.authority-signing", 2, ClusterEvent.AuthoritySigning.class),
            row("cluster.authority-rotation-prepared", 2, ClusterEvent.AuthorityRotationPrepared.class),
            row("cluster.authority-rotation-completing", 2, ClusterEvent.AuthorityRotationCompleting.class),
            row("cluster.authority-leaves-reissued", 2, ClusterEvent.AuthorityLeavesReissued.class),
            row("cluster.authority-retired", 2, ClusterEvent.AuthorityRetired.class),
            row("cluster.authority-rotation-delayed", 2, ClusterEvent.AuthorityRotationDelayed.class),
            row("cluster.key-rotation-started", 1, ClusterEvent.KeyRotationStarted.class),
            row("cluster.key-rotation-advanced", 1, ClusterEvent.KeyRotationAdvanced.class),
            row("cluster.key-rotation-completing", 1, ClusterEvent.KeyRotationCompleting.class),
            row("cluster.key-rotated", 1, ClusterEvent.KeyRotated.class),
            row("cluster.control-plane-requested", 1, ClusterEvent.ControlPlaneRequested.class),
            row("cluster.control-plane-ready", 1, ClusterEvent.ControlPlaneReady.class),
            row("cluster.addons-requested", 1, ClusterEvent.AddonsRequested.class),
            row("cluster.addons-installed", 1, ClusterEvent.AddonsInstalled.class),
            row("cluster.running", 1, ClusterEvent.ClusterRunning.class),
            row("cluster.upgrade-started", 1, ClusterEvent.ClusterUpgradeStarted.class),
            row("cluster.upgrade-prepared", 1, ClusterEvent.ClusterUpgradePrepared.class),
            row("cluster.etcd-upgraded", 1, ClusterEvent.EtcdUpgraded.class),
            row("cluster.upgrade-serving", 1, ClusterEvent.ClusterUpgradeServing.class),
            row("cluster.api-servers-upgraded", 1, ClusterEvent.ApiServersUpgraded.class),
            row("cluster.control-plane-upgraded", 1, ClusterEvent.ControlPlaneUpgraded.class),
            row("cluster.pool-upgraded", 1, ClusterEvent.PoolUpgraded.class),
            row("cluster.upgrade-delayed", 1, ClusterEvent.ClusterUpgradeDelayed.class),
            row("cluster.upgrade-abandoned", 1, ClusterEvent.ClusterUpgradeAbandoned.class),
            row("cluster.upgraded", 1, ClusterEvent.ClusterUpgraded.class),
            row("cluster.degraded", 1, ClusterEvent.ClusterDegraded.class),
            row("cluster.recovered", 1, ClusterEvent.ClusterRecovered.class),
            row("cluster.drift-corrected", 1, ClusterEvent.DriftCorrected.class),
            row("cluster.failed", 1, ClusterEvent.ClusterFailed.class),
            row("cluster.provisioning-delayed", 1, ClusterEvent.ClusterProvisioningDelayed.class),
            row("cluster.pool-name-claimed", 1, ClusterEvent.PoolNameClaimed.class),
            row("cluster.pool-name-released", 1, ClusterEvent.PoolNameReleased.class),
            row("cluster.deletion-requested", 1, ClusterEvent.ClusterDeletionRequested.class),
            row("cluster.control-plane-removal-requested", 1, ClusterEvent.ControlPlaneRemovalRequested.class),
            row("cluster.control-plane-removed", 1, ClusterEvent.ControlPlaneRemoved.class),
            row("cluster.deletion-delayed", 1, ClusterEvent.ClusterDeletionDelayed.class),
            row("cluster.deleted", 1, ClusterEvent.ClusterDeleted.class),
            row("node-pool.requested", 1, NodePoolEvent.NodePoolRequested.class),
            row("node-pool.scaled", 1, NodePoolEvent.NodePoolScaled.class),
            row("node-pool.roll-started", 1, NodePoolEvent.NodePoolRollStarted.class),
            row("node-pool.rolled", 1, NodePoolEvent.NodePoolRolled.class),
            row("node-pool.hibernation-started", 1, NodePoolEvent.NodePoolHibernationStarted.class),
            row("node-pool.hibernated", 1, NodePoolEvent.NodePoolHibernated.class),
            row("node-pool.woken", 1, NodePoolEvent.NodePoolWoken.class),
            row("node-pool.running", 1, NodePoolEvent.NodePoolRunning.class),
            row("node-pool.degraded", 1, NodePoolEvent.NodePoolDegraded.class),
            row("node-pool.deletion-requested", 1, NodePoolEvent.NodePoolDeletionRequested.class),
            row("node-pool.deleted", 1, NodePoolEvent.NodePoolDeleted.class),
            row("machine.reserved", 1, MachineEvent.MachineReserved.class),
            row("machine.cloned", 1, MachineEvent.MachineCloned.class),
            row("machine.configured", 1, MachineEvent.MachineConfigured.class),
            row("machine.started", 1, MachineEvent.MachineStarted.class),
            row("machine.ready", 1, MachineEvent.MachineReady.class),
            row("machine.lost", 1, MachineEvent.MachineLost.class),
            row("machine.retired", 1, MachineEvent.MachineRetired.class),
            row("machine.deleted", 1, MachineEvent.MachineDeleted.class),
            row("audit.request-refused", 2, AuditEvent.RequestRefused.class),
            row("audit.refusals-summarized", 2, AuditEvent.RefusalsSummarized.class),
            row("audit.kubeconfig-read", 1, AuditEvent.KubeconfigRead.class),
            row("audit.clock-stepped", 1, AuditEvent.ClockStepped.class),
            row("subject.hold-placed", 1, SubjectEvent.HoldPlaced.class),
            row("subject.hold-lifted", 1, SubjectEvent.HoldLifted.class),
            row("subject.erased", 1, SubjectEvent.SubjectErased.class),
            row("subject.key-destroyed", 1, SubjectEvent.KeyDestroyed.class),
            row("export.requested", 1, ExportEvent.ExportRequested.class),
            row("export.completed", 1, ExportEvent.ExportCompleted.class),
            row("export.failed", 1, ExportEvent.ExportFailed.class),
            row("export.downloaded", 1, ExportEvent.ExportDownloaded.class),
            row("archive.store-probed", 1, ArchiveEvent.StoreProbed.class),
            row("archive.heartbeat-recorded", 1, ArchiveEvent.HeartbeatRecorded.class),
            row("archive.log-reconciled", 1, ArchiveEvent.LogReconciled.class),
            row("archive.key-changed", 1, ArchiveEvent.LogKeyChanged.class),
            row("archive.witness-refused", 1, ArchiveEvent.WitnessRefused.class),
            row("archive.witness-agreed", 1, ArchiveEvent.WitnessAgreed.class),
            row("archive.verified", 1, ArchiveEvent.ArchiveVerified.class)));

    private final List<Row> rows;
    private final Map<String, Row> byName = new HashMap<>();
    private final Map<Class<?>, Row> byClass = new HashMap<>();

    /**
     * A table of these rows.
     *
     * @throws IllegalArgumentException when a name or a class appears twice
     */
    public EventTypes(List<Row> rows) {
        this.rows = List.copyOf(rows);
        for (Row row : rows) {
            if (byName.put(row.name(), row) != null || byClass.put(row.event(), row) != null) {
                throw new IllegalArgumentException("Expected one row per name and class, but " + row + " is another.");
            }
        }
    }

    /** Every row, in the order in which it was written. */
    public List<Row> rows() {
        return rows;
    }

    /**
     * The row of an event's class.
     *
     * @throws IllegalArgumentException when there is none
     */
    public Row of(Class<?> event) {
        Row row = byClass.get(event);
        if (row == null) {
            throw new IllegalArgumentException(
                    "Expected an event of the table of event types, but got a " + event.getName() + ".");
        }
        return row;
    }

    /**
     * The row of a name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public Row named(String name) {
        Row row = byName.get(name);
        if (row == null) {
            throw new IllegalArgumentException("Expected a name of the table of event types, but got '" + name + "'.");
        }
        return row;
    }

    private static Row row(String name, int revision, Class<? extends DomainEvent> event) {
        return new Row(PREFIX + name, revision, event);
    }
}
