package aether.projection.timeline;

import aether.domain.archive.ArchiveEvent;
import aether.domain.audit.AuditEvent;
import aether.domain.cluster.CertificateAuthority;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterHibernation;
import aether.domain.cluster.ClusterSnapshot;
import aether.domain.cluster.ControlPlaneComponent;
import aether.domain.cluster.ControlPlaneSettings;
import aether.domain.cluster.Fault;
import aether.domain.cluster.IssuedCertificate;
import aether.domain.cluster.MaintenanceWindow;
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
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says in one sentence, without a period at its end, what happened. */
final class Narrator {

    private static final int MICROS_PER_MILLI = 1000;

    /** More than these are counted, not named. */
    private static final int NAMED_CERTIFICATES_MAX = 4;

    private Narrator() {}

    /**
     * The sentence.
     *
     * @throws IllegalArgumentException when the event is of a family that nobody taught it
     */
    static String tell(DomainEvent event, Names names) throws SQLException {
        return switch (event) {
            case ClusterEvent cluster -> ofCluster(cluster, names);
            case NodePoolEvent pool -> ofPool(pool, names);
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

    private static String begins(@Nullable ClusterSnapshot snapshot, Names names) throws SQLException {
        return snapshot == null
                ? ""
                : ", to begin with snapshot " + snapshot.name() + " of cluster "
                        + names.cluster(snapshot.clusterId().value());
    }

    private static String ofCluster(ClusterEvent event, Names names) throws SQLException {
        return switch (event) {
            case ClusterEvent.ClusterRequested requested ->
                "Cluster %s with Kubernetes %s requested in %s%s"
                        .formatted(
                                requested.name(),
                                requested.version(),
                                requested.region(),
                                begins(requested.restoredFrom(), names));
            case ClusterEvent.ClusterHandedOver handed ->
                "Handed over from " + handed.from().published() + " to "
                        + handed.to().published();
            case ClusterEvent.ClusterPaused paused -> "Paused " + paused.sentence();
            case ClusterEvent.ClusterResumed unused -> "The pause was ended before its time";
            case ClusterEvent.PauseEnded ended -> "The pause until " + ended.until() + " is over";
            case ClusterEvent.DriftLeft left ->
                "Drift of " + left.subject() + " left as it is, for the cluster is paused: " + left.found();
            case ClusterEvent.ClusterHibernationStarted started -> "Hibernation requested: " + started.sentence();
            case ClusterEvent.HibernationPrepared prepared ->
                "Nothing stands in the way of hibernation " + prepared.number()
                        + (prepared.snapshot().isEmpty() ? "" : ", snapshot " + prepared.snapshot() + " is taken");
            case ClusterEvent.HibernationObstructed obstructed -> "Not hibernated: " + obstructed.obstacle();
            case ClusterEvent.HibernationDropped unused -> "The hibernation that was obstructed is asked for no more";
            case ClusterEvent.NodesAsleep unused -> "No node pool has a machine any more";
            case ClusterEvent.HibernationAdvanced advanced -> advanced(advanced.phase());
            case ClusterEvent.ClusterHibernated unused ->
                "Hibernated: nothing runs; data, certificates, keys and addresses are kept";
            case ClusterEvent.ClusterWakeStarted unused -> "Wake requested";
            case ClusterEvent.ClusterAwake awake ->
                "Cluster " + names.cluster(awake.clusterId().value()) + " is awake";
            case ClusterEvent.HibernationDelayed delayed ->
                "Hibernating or waking takes longer than usual, waiting for "
                        + delayed.waitingFor().replace('_', ' ');
            case ClusterEvent.MaintenanceWindowsSet set ->
                set.windows().isEmpty()
                        ? "May be disturbed at any time"
                        : "May be disturbed "
                                + set.windows().stream()
                                        .map(MaintenanceWindow::text)
                                        .collect(Collectors.joining(" and "))
                                + " (UTC)";
            case ClusterEvent.WorkPlanned planned -> planned.sentence();
            case ClusterEvent.PlannedWorkDropped dropped ->
                "Waits for no window any more: " + dropped.work().spoken(dropped.target())
                        + (dropped.reason().isEmpty() ? "" : "; " + dropped.reason());
            case ClusterEvent.WindowPassedBy passed ->
                "Not waiting for a window, the " + passed.work().spoken(passed.target()) + ": "
                        + passed.reason().spoken()
                        + (passed.reference().isEmpty() ? "" : " " + passed.reference());
            case ClusterEvent.AuthorizedCidrsSet set ->
                set.cidrs().isEmpty()
                        ? "The API may be reached from everywhere"
                        : "The API may be reached from " + String.join(", ", set.cidrs());
            case ClusterEvent.ApiNamesSet set ->
                set.names().isEmpty()
                        ? "The API has no further names"
                        : "The API answers to " + String.join(", ", set.names()) + " as well";
            case ClusterEvent.ControlPlaneConfigured configured -> configured(configured.settings());
            case ClusterEvent.EndpointPublished published ->
                "Endpoint published at " + published.host() + ":" + published.port();
            case ClusterEvent.CertificatesRequested unused -> "Certificates requested";
            case ClusterEvent.CertificatesIssued unused -> "Certificates issued";
            case ClusterEvent.CertificatesRenewed renewed -> issued(renewed.certificates());
            case ClusterEvent.RenewalOverdue overdue -> overdue.sentence();
            case ClusterEvent.RenewalCaughtUp unused -> "No certificate's renewal is overdue any more";
            case ClusterEvent.WorkStalled stalled ->
                // What was seen of the platform's machinery is its people's to read; they find it in the event itself.
                stalled.sentence() + (stalled.fault() == Fault.CUSTOMER ? ": " + stalled.message() : "");
            case ClusterEvent.WorkResumed resumed ->
                "Work on " + resumed.work() + " goes on; it waited for "
                        + resumed.fault().spoken() + " since " + resumed.since() + " (" + resumed.reason() + ")";
            case ClusterEvent.PublicDomainSet set ->
                set.domain().isEmpty()
                        ? "The API has no domain of the customer's"
                        : "The API is to answer as " + set.domain();
            case ClusterEvent.PublicNameAsked asked ->
                asked.name().isEmpty()
                        ? "No public certificate is asked for any more"
                        : "Public certificate for " + asked.name() + " asked for"
                                + (asked.delegation().isEmpty()
                                        ? ""
                                        : "; _acme-challenge." + asked.name() + " has to be an alias of "
                                                + asked.delegation());
            case ClusterEvent.PublicNameIssued issued ->
                "Public certificate for " + issued.name() + " issued until "
                        + issued.certificate().notAfter();
            case ClusterEvent.PublicNameFailed failed ->
                "Public certificate for " + failed.name() + " waits for "
                        + failed.fault().spoken() + ": " + failed.reason();
            case ClusterEvent.AuthorityRotationStarted started ->
                "Rotation to " + started.authority().shown() + " " + started.generation() + " started";
            case ClusterEvent.AuthorityTrusted trusted ->
                named(trusted.authority(), trusted.generation()) + " is trusted beside the old one until "
                        + trusted.notAfter();
            case ClusterEvent.AuthoritySigning signing -> signing(signing);
            case ClusterEvent.AuthorityRotationPrepared prepared ->
                "Rotation to " + prepared.authority().shown() + " " + prepared.generation()
                        + (prepared.authority().isCompletedByTheCustomer()
                                ? " is prepared: fetch kubeconfigs again, then complete it"
                                : " is prepared, and completes itself");
            case ClusterEvent.AuthorityRotationCompleting completing ->
                "Completion of the rotation to " + completing.authority().shown() + " " + completing.generation()
                        + (completing.authority().isCompletedByTheCustomer() ? " requested" : " begun");
            case ClusterEvent.AuthorityLeavesReissued reissued -> reissued(reissued);
            case ClusterEvent.AuthorityRetired retired ->
                named(retired.authority(), retired.generation()) + " is the only one that is trusted";
            case ClusterEvent.AuthorityRotationDelayed delayed ->
                "The rotation to " + delayed.authority().shown() + " " + delayed.generation()
                        + " takes longer than usual; it is " + delayed.waitingFor();
            case ClusterEvent.KeyRotationStarted started ->
                "Rotation to " + started.key().shown() + " " + started.generation() + " started";
            case ClusterEvent.KeyRotationAdvanced advanced -> advanced(advanced);
            case ClusterEvent.KeyRotationCompleting completing ->
                "Completion of the rotation to " + completing.key().shown() + " " + completing.generation()
                        + " requested";
            case ClusterEvent.KeyRotated rotated ->
                "The " + rotated.key().shown() + " before " + rotated.generation()
                        + " is accepted no more, and is gone";
            case ClusterEvent.ControlPlaneRequested requested ->
                "Control plane with Kubernetes " + requested.version() + " requested";
            case ClusterEvent.ControlPlaneReady ready -> "Control plane answers with Kubernetes " + ready.version();
            case ClusterEvent.AddonsRequested unused -> "Addons requested";
            case ClusterEvent.AddonsInstalled unused -> "Addons installed";
            case ClusterEvent.ClusterRunning running ->
                "Cluster " + names.cluster(running.clusterId().value()) + " is running";
            case ClusterEvent.ClusterUpgradeStarted started ->
                "Upgrade from Kubernetes " + started.from() + " to " + started.to() + " started";
            case ClusterEvent.CredentialIssued issued ->
                "Credential " + issued.credentialId() + " for " + String.join(", ", issued.groups())
                        + " handed out until " + issued.notAfter() + ": "
                        + issued.reason().name().toLowerCase(Locale.ROOT)
                        + (issued.reference().isEmpty() ? "" : " " + issued.reference());
            case ClusterEvent.ClusterUpgradePrepared prepared ->
                "Upgrade to Kubernetes " + prepared.to() + " prepared"
                        + (prepared.snapshot().isEmpty() ? "" : ", with snapshot " + prepared.snapshot());
            case ClusterEvent.EtcdUpgraded moved -> "etcd runs as Kubernetes " + moved.to() + " has it";
            case ClusterEvent.ClusterUpgradeServing serving ->
                "The first API server of Kubernetes " + serving.to() + " serves";
            case ClusterEvent.ApiServersUpgraded servers -> "Every API server runs Kubernetes " + servers.to();
            case ClusterEvent.ControlPlaneUpgraded settled ->
                "The control plane runs Kubernetes " + settled.version() + "; nodes of "
                        + settled.pools().size() + " node pools follow";
            case ClusterEvent.PoolUpgraded pool -> "The nodes of a node pool run Kubernetes " + pool.version();
            case ClusterEvent.ClusterUpgradeDelayed delayed ->
                "The upgrade to Kubernetes " + delayed.to() + " takes longer than usual, waiting for "
                        + delayed.waitingFor().replace('_', ' ');
            case ClusterEvent.ClusterUpgradeAbandoned abandoned ->
                "Upgrade to Kubernetes " + abandoned.abandoned() + " abandoned, back to " + abandoned.backTo();
            case ClusterEvent.ClusterUpgraded upgraded -> "Upgraded to Kubernetes " + upgraded.version();
            case ClusterEvent.ClusterDegraded degraded -> "Cluster is degraded: " + degraded.reason();
            case ClusterEvent.ClusterRecovered unused -> "Cluster serves again";
            case ClusterEvent.DriftCorrected corrected ->
                "Drift of " + corrected.subject() + " corrected: " + corrected.correction();
            case ClusterEvent.ClusterProvisioningDelayed delayed ->
                "Provisioning takes longer than usual, waiting for \""
                        + delayed.stage().done() + "\"";
            case ClusterEvent.ClusterFailed failed ->
                "Provisioning given up before \"" + failed.stage().done() + "\": " + failed.reason();
            case ClusterEvent.PoolNameClaimed claimed -> "Node pool name " + claimed.name() + " taken";
            case ClusterEvent.PoolNameReleased released -> "Node pool name " + released.name() + " given back";
            case ClusterEvent.ClusterDeletionRequested requested ->
                "Deletion of cluster " + names.cluster(requested.clusterId().value()) + " requested";
            case ClusterEvent.ControlPlaneRemovalRequested unused -> "Removal of the control plane requested";
            case ClusterEvent.ControlPlaneRemoved unused -> "Control plane removed";
            case ClusterEvent.ClusterDeletionDelayed delayed ->
                "Deletion takes longer than usual, waiting for "
                        + delayed.waitingFor().replace('_', ' ');
            case ClusterEvent.ClusterDeleted deleted ->
                "Cluster " + names.cluster(deleted.clusterId().value()) + " is deleted";
        };
    }

    private static String advanced(ClusterHibernation.Phase phase) {
        return switch (phase) {
            case ETCD_STOPPING -> "Controllers and API servers have stopped";
            case ETCD_STARTING -> "Every certificate is good for a while";
            case API_STARTING -> "etcd serves again";
            case CONTROLLERS_STARTING -> "The API answers again";
            case NODES_JOINING -> "The whole control plane serves again";
            case AWAKE, PREPARING, NODES_LEAVING, API_STOPPING, ASLEEP, CERTIFICATES ->
                "The hibernation is " + phase.published().replace('_', ' ');
        };
    }

    private static String ofPool(NodePoolEvent event, Names names) throws SQLException {
        String name = names.pool(event.poolId().value());
        return switch (event) {
            case NodePoolEvent.NodePoolRequested requested ->
                "Node pool %s with %s of %d vCPUs, %d GB memory and %d GB disk requested"
                        .formatted(
                                requested.name(),
                                range(requested.min(), requested.max()),
                                requested.shape().vcpus(),
                                requested.shape().memoryGb(),
                                requested.shape().diskGb());
            case NodePoolEvent.NodePoolScaled scaled ->
                "Node pool %s set to %s, %d wanted now"
                        .formatted(name, range(scaled.min(), scaled.max()), scaled.desired());
            case NodePoolEvent.NodePoolRollStarted unused -> "Replacement of all nodes of pool " + name + " started";
            case NodePoolEvent.NodePoolRolled unused -> "All nodes of pool " + name + " were replaced";
            case NodePoolEvent.NodePoolHibernationStarted unused ->
                "Node pool " + name + " loses its machines and keeps its size, for the cluster is put to sleep";
            case NodePoolEvent.NodePoolHibernated unused -> "Node pool " + name + " has no machine any more";
            case NodePoolEvent.NodePoolWoken unused -> "Node pool " + name + " gets its machines back";
            case NodePoolEvent.NodePoolRunning running ->
                "Node pool " + name + " is running with " + nodes(running.size());
            case NodePoolEvent.NodePoolDegraded degraded -> "Node pool " + name + " is degraded: " + degraded.reason();
            case NodePoolEvent.NodePoolDeletionRequested unused -> "Deletion of node pool " + name + " requested";
            case NodePoolEvent.NodePoolDeleted unused -> "Node pool " + name + " is deleted";
        };
    }

    private static String range(int min, int max) {
        return min == max ? nodes(min) : min + " to " + nodes(max);
    }

    private static String nodes(int count) {
        return count == 1 ? "1 node" : count + " nodes";
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

    /** A list of all that a new tenant has would hide the one thing that matters: when somebody has to look again. */
    private static String named(CertificateAuthority authority, int generation) {
        return switch (authority) {
                    case CLUSTER -> "Cluster CA ";
                    case ETCD -> "Etcd CA ";
                    case FRONT_PROXY -> "Front-proxy CA ";
                }
                + generation;
    }

    private static String signing(ClusterEvent.AuthoritySigning signing) {
        return named(signing.authority(), signing.generation())
                + switch (signing.authority()) {
                    case CLUSTER -> " signs nodes";
                    case ETCD -> " signs the API server as a client of etcd";
                    case FRONT_PROXY -> " signs the API server as a client of extension API servers";
                };
    }

    private static String reissued(ClusterEvent.AuthorityLeavesReissued reissued) {
        String authority = reissued.authority().shown() + " " + reissued.generation();
        return switch (reissued.authority()) {
            case CLUSTER -> "The API answers with a certificate of " + authority;
            case ETCD -> "Every member of etcd answers with a certificate of " + authority;
            case FRONT_PROXY -> "No certificate that is shown is of an older CA than " + authority;
        };
    }

    private static String advanced(ClusterEvent.KeyRotationAdvanced advanced) {
        String key = advanced.key().shown() + " " + advanced.generation();
        return switch (advanced.phase()) {
            case STEADY, SPREADING -> "Every API server learns of " + key;
            case SWITCHING -> "Every API server accepts " + key + ", and it is put to use";
            case REPLACING ->
                advanced.key().isCompletedByTheCustomer()
                        ? "New tokens are signed with " + key + ": fetch those that are kept again, then complete it"
                        : "Secrets are written again with " + key;
            case DROPPING -> "All is made with " + key + ", and the old one is being taken away";
        };
    }

    private static String configured(ControlPlaneSettings settings) {
        long args = Arrays.stream(ControlPlaneComponent.values())
                .mapToLong(component -> settings.extraArgs().of(component).size())
                .sum();
        return "The control plane is set: "
                + (settings.oidc().hasIssuer() ? "people of " + settings.oidc().issuerUrl() : "no identity provider")
                + ", "
                + args + " extra argument" + (args == 1 ? "" : "s");
    }

    private static String issued(List<IssuedCertificate> certificates) {
        Instant first = certificates.stream()
                .map(IssuedCertificate::notAfter)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
        String which = certificates.size() > NAMED_CERTIFICATES_MAX
                ? certificates.size() + " certificates"
                : certificates.stream().map(IssuedCertificate::name).collect(Collectors.joining(", "));
        return "cert-manager issued " + which + "; the first ends " + first;
    }
}
