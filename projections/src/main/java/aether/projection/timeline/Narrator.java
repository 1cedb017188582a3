package aether.projection.timeline;

import aether.domain.archive.ArchiveEvent;
import aether.domain.audit.AuditEvent;
import aether.domain.cluster.ClusterEvent;
import aether.domain.export.ExportEvent;
import aether.domain.kernel.DomainEvent;
import aether.domain.machine.MachineEvent;
import aether.domain.machine.MachineRole;
import aether.domain.network.NetworkEvent;
import aether.domain.nodepool.NodePoolEvent;
import aether.domain.organization.OrganizationEvent;
import aether.domain.organization.SlugEvent;
import aether.domain.privacy.SubjectEvent;
import java.sql.SQLException;

/** Says in one sentence, without a period at its end, what happened. */
final class Narrator {

    private static final int MICROS_PER_MILLI = 1000;

    private Narrator() {}

    /**
     * The sentence.
     *
     * @throws IllegalArgumentException when the event is of a family that nobody taught it
     */
    static String tell(DomainEvent event, Names names) throws SQLException {
        return switch (event) {
            case ClusterEvent cluster -> OfClusters.tell(cluster, names);
            case NodePoolEvent pool -> OfNodePools.tell(pool, names);
            case MachineEvent machine -> ofMachine(machine, names);
            case NetworkEvent network -> ofNetwork(network, names);
            case OrganizationEvent organization -> ofOrganization(organization);
            case SlugEvent.SlugClaimed claimed -> "The slug " + claimed.slug() + " was taken";
            case AuditEvent audit -> ofAudit(audit, names);
            case SubjectEvent subject -> ofSubject(subject);
            case ExportEvent export -> OfArchives.tell(export);
            case ArchiveEvent archive -> OfArchives.tell(archive);
            default ->
                throw new IllegalArgumentException("Expected an event of a known family, but got "
                        + event.getClass().getName() + ".");
        };
    }

    private static String ofMachine(MachineEvent event, Names names) throws SQLException {
        String name = names.machine(event.machineId().value());
        return switch (event) {
            case MachineEvent.MachineReserved reserved ->
                "%s %s reserved as VM %d"
                        .formatted(
                                reserved.role() == MachineRole.WORKER ? "Worker" : "Load balancer",
                                reserved.name(),
                                reserved.vmId());
            case MachineEvent.MachineCloned unused -> "Machine " + name + " cloned";
            case MachineEvent.MachineConfigured unused -> "Machine " + name + " configured";
            case MachineEvent.MachineStarted started -> "Machine " + name + " started at " + started.address();
            case MachineEvent.MachineReady unused -> "Machine " + name + " is ready";
            case MachineEvent.MachineLost lost -> "Machine " + name + " is lost: " + lost.reason();
            case MachineEvent.MachineRetired unused -> "Machine " + name + " is to go";
            case MachineEvent.MachineDeleted unused -> "Machine " + name + " is deleted";
        };
    }

    private static String ofNetwork(NetworkEvent event, Names names) throws SQLException {
        return switch (event) {
            case NetworkEvent.RegionOpened opened ->
                "Region %s opened with workers in %s and load balancers in %s"
                        .formatted(opened.region(), opened.workers(), opened.loadBalancers());
            case NetworkEvent.NetworkAllocated allocated ->
                "Network allocated: workers in %s, load balancer at %s"
                        .formatted(allocated.workerSubnet(), allocated.loadBalancerAddress());
            case NetworkEvent.NetworkReleased released ->
                "Network given back: workers in %s, load balancer at %s"
                        .formatted(released.workerSubnet(), released.loadBalancerAddress());
            case NetworkEvent.VmIdClaimed claimed -> "VM id " + claimed.vmId() + " taken";
            case NetworkEvent.VmIdReleased released ->
                "VM id %d of machine %s given back"
                        .formatted(
                                released.vmId(),
                                names.machine(released.machineId().value()));
        };
    }

    private static String ofOrganization(OrganizationEvent event) {
        return switch (event) {
            case OrganizationEvent.OrganizationRegistered registered ->
                "Organization " + registered.name() + " joined as " + registered.slug();
            case OrganizationEvent.OrganizationRenamed renamed -> "Organization renamed to " + renamed.name();
            case OrganizationEvent.BillingContactSet unused -> "Billing contact set";
            case OrganizationEvent.BillingContactRemoved unused -> "Billing contact removed";
            case OrganizationEvent.ClusterNameClaimed claimed -> "Cluster name " + claimed.name() + " taken";
            case OrganizationEvent.ClusterNameReleased released -> "Cluster name " + released.name() + " given back";
        };
    }

    private static String ofSubject(SubjectEvent event) {
        return switch (event) {
            case SubjectEvent.HoldPlaced placed ->
                "Legal hold %s placed on subject %s".formatted(placed.reference(), placed.subjectId());
            case SubjectEvent.HoldLifted lifted ->
                "Legal hold %s lifted from subject %s".formatted(lifted.reference(), lifted.subjectId());
            case SubjectEvent.SubjectErased erased ->
                "Subject %s is forgotten, key %s goes".formatted(erased.subjectId(), erased.keyId());
            case SubjectEvent.KeyDestroyed destroyed ->
                "Key %s is destroyed, and generation %d of the master key with it"
                        .formatted(destroyed.keyId(), destroyed.generation());
        };
    }

    private static String ofAudit(AuditEvent event, Names names) throws SQLException {
        return switch (event) {
            case AuditEvent.RequestRefused refused ->
                "%s was refused to %s: %s".formatted(refused.action(), refused.caller(), refused.code());
            case AuditEvent.RefusalsSummarized summarized ->
                "%d more refusals of %s from %s to %s"
                        .formatted(summarized.count(), summarized.caller(), summarized.since(), summarized.until());
            case AuditEvent.KubeconfigRead read ->
                "Kubeconfig of cluster " + names.cluster(read.clusterId().value()) + " handed out";
            case AuditEvent.ClockStepped stepped ->
                "The log's clock stepped by %d ms".formatted(stepped.byMicros() / MICROS_PER_MILLI);
        };
    }
}
