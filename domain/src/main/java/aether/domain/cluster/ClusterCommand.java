package aether.domain.cluster;

import aether.domain.kernel.Command;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.machine.MachineShape;
import aether.domain.nodepool.NodePoolId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What may be asked of a tenant cluster; {@code Record…} commands are the reports of workers. */
public sealed interface ClusterCommand extends Command {

    /** The cluster. */
    ClusterId clusterId();

    @Override
    default String stream() {
        return clusterId().stream();
    }

    /** The report of a worker, made under a lease on the tenant. */
    sealed interface Report extends ClusterCommand {
        /** The epoch of the lease; a report under an older one is refused. */
        long epoch();
    }

    /** States the address of the API. */
    record PublishEndpoint(ClusterId clusterId, String host, int port) implements ClusterCommand {}

    /** Lets workers write the certificates. */
    record RequestCertificates(ClusterId clusterId) implements ClusterCommand {}

    /** See {@link ClusterEvent.CertificatesIssued}. */
    record RecordCertificatesIssued(ClusterId clusterId, long epoch, String authorityFingerprint, Instant notAfter)
            implements Report {}

    /** See {@link ClusterEvent.CertificatesRenewed}. */
    record RecordCertificatesRenewed(ClusterId clusterId, long epoch, List<IssuedCertificate> certificates)
            implements Report {
        public RecordCertificatesRenewed {
            certificates = List.copyOf(certificates);
        }
    }

    /** See {@link ClusterEvent.RenewalOverdue}. */
    record RecordRenewalOverdue(ClusterId clusterId, long epoch, List<String> names, Instant notAfter, String reason)
            implements Report {
        public RecordRenewalOverdue {
            names = List.copyOf(names);
        }
    }

    /** See {@link ClusterEvent.RenewalCaughtUp}. */
    record RecordRenewalCaughtUp(ClusterId clusterId, long epoch) implements Report {}

    /** See {@link ClusterEvent.WorkStalled}. */
    record RecordWorkStalled(
            ClusterId clusterId, long epoch, String work, Fault fault, String reason, String message, Instant since)
            implements Report {}

    /** See {@link ClusterEvent.WorkResumed}. */
    record RecordWorkResumed(ClusterId clusterId, long epoch, String work) implements Report {}

    /**
     * Chooses the domain under which the API shows a certificate that everybody trusts.
     *
     * @param domain see {@link PublicDomains}; empty for the one that the site gives, if it gives any
     */
    record SetPublicDomain(ClusterId clusterId, String domain) implements ClusterCommand {}

    /** See {@link ClusterEvent.PublicNameAsked}. */
    record RecordPublicNameAsked(ClusterId clusterId, long epoch, String name, String delegation) implements Report {}

    /** See {@link ClusterEvent.PublicNameIssued}. */
    record RecordPublicNameIssued(ClusterId clusterId, long epoch, String name, IssuedCertificate certificate)
            implements Report {}

    /** See {@link ClusterEvent.PublicNameFailed}. */
    record RecordPublicNameFailed(ClusterId clusterId, long epoch, String name, Fault fault, String reason)
            implements Report {}

    /** Asks for another CA, without a moment in which somebody is not trusted. */
    record RotateAuthority(ClusterId clusterId, CertificateAuthority authority) implements ClusterCommand {}

    /** See {@link ClusterEvent.AuthorityTrusted}. */
    record RecordAuthorityTrusted(
            ClusterId clusterId,
            long epoch,
            CertificateAuthority authority,
            int generation,
            String fingerprint,
            Instant notAfter)
            implements Report {}

    /** See {@link ClusterEvent.AuthoritySigning}. */
    record RecordAuthoritySigning(ClusterId clusterId, long epoch, CertificateAuthority authority, int generation)
            implements Report {}

    /** Says that every pool that had to be was replaced. */
    record MarkAuthorityPrepared(ClusterId clusterId, CertificateAuthority authority, int generation)
            implements ClusterCommand {}

    /** Says that no client depends on the old CA any more. */
    record CompleteAuthorityRotation(ClusterId clusterId, CertificateAuthority authority) implements ClusterCommand {}

    /** See {@link ClusterEvent.AuthorityLeavesReissued}. */
    record RecordAuthorityLeavesReissued(
            ClusterId clusterId, long epoch, CertificateAuthority authority, int generation) implements Report {}

    /** See {@link ClusterEvent.AuthorityRetired}. */
    record RecordAuthorityRetired(ClusterId clusterId, long epoch, CertificateAuthority authority, int generation)
            implements Report {}

    /** States that a deadline of a rotation passed. */
    record ReportAuthorityDelayed(
            ClusterId clusterId, CertificateAuthority authority, int generation, String waitingFor)
            implements ClusterCommand {}

    /** Asks for another key, without a moment in which what the old one made is not accepted. */
    record RotateKey(ClusterId clusterId, ClusterKey key) implements ClusterCommand {}

    /**
     * What a phase of a rotation asks for is so.
     *
     * @param generation of the new key
     */
    record RecordKeyPhaseDone(ClusterId clusterId, long epoch, ClusterKey key, int generation, KeyRotation.Phase phase)
            implements Report {}

    /** Says that nobody needs what the old key made any more. */
    record CompleteKeyRotation(ClusterId clusterId, ClusterKey key) implements ClusterCommand {}

    /** See {@link ClusterEvent.CredentialIssued}. */
    record RecordCredentialIssued(
            ClusterId clusterId,
            UUID credentialId,
            List<String> groups,
            String fingerprint,
            Instant notAfter,
            CredentialReason reason,
            String reference)
            implements ClusterCommand {
        public RecordCredentialIssued {
            groups = List.copyOf(groups);
        }
    }

    /** Lets workers write the control plane. */
    record RequestControlPlane(ClusterId clusterId) implements ClusterCommand {}

    /** The control plane answers with this version; ends provisioning's stage, or an upgrade's. */
    record RecordControlPlaneReady(ClusterId clusterId, long epoch, KubernetesVersion version) implements Report {}

    /** Lets workers write into the tenant's API. */
    record RequestAddons(ClusterId clusterId) implements ClusterCommand {}

    /** See {@link ClusterEvent.AddonsInstalled}. */
    record RecordAddonsInstalled(ClusterId clusterId, long epoch) implements Report {}

    /** Ends provisioning. */
    record MarkRunning(ClusterId clusterId) implements ClusterCommand {}

    /** Lets the cluster be changed through this channel, and through no other. */
    record HandOverCluster(ClusterId clusterId, Channel to) implements ClusterCommand {}

    /**
     * Has workers look at the cluster and change nothing of it for a while.
     *
     * @param asked when it was asked for; it begins now
     * @param until when it ends by itself, at most {@link ClusterPause#LONGEST} later
     * @param reference the number of a case; empty where there is none
     */
    record PauseCluster(ClusterId clusterId, Instant asked, Instant until, PauseReason reason, String reference)
            implements ClusterCommand {}

    /** Ends a pause before its time. */
    record ResumeCluster(ClusterId clusterId) implements ClusterCommand {}

    /** See {@link ClusterEvent.PauseEnded}. */
    record RecordPauseEnded(ClusterId clusterId, long epoch, Instant until) implements Report {}

    /** See {@link ClusterEvent.DriftLeft}. */
    record RecordDriftLeft(ClusterId clusterId, long epoch, String subject, String found) implements Report {}

    /**
     * Puts the cluster to sleep: nothing of it runs, and what it needs to wake is kept.
     *
     * @param reference the number of a case; empty where there is none
     */
    record HibernateCluster(ClusterId clusterId, HibernationReason reason, String reference)
            implements ClusterCommand {}

    /** Wakes the cluster. */
    record WakeCluster(ClusterId clusterId) implements ClusterCommand {}

    /**
     * See {@link ClusterEvent.HibernationPrepared}.
     *
     * @param number of the hibernation
     */
    record RecordHibernationPrepared(ClusterId clusterId, long epoch, long number, String snapshot) implements Report {}

    /**
     * See {@link ClusterEvent.HibernationObstructed}.
     *
     * @param number of the hibernation
     */
    record RecordHibernationObstructed(ClusterId clusterId, long epoch, long number, String obstacle)
            implements Report {}

    /** Says that no node pool has a machine any more. */
    record MarkNodesAsleep(ClusterId clusterId) implements ClusterCommand {}

    /**
     * What a phase of a hibernation asks for is so.
     *
     * @param number of the hibernation
     */
    record RecordHibernationPhaseDone(ClusterId clusterId, long epoch, long number, ClusterHibernation.Phase phase)
            implements Report {}

    /** Says that every node pool has its nodes again. */
    record MarkAwake(ClusterId clusterId) implements ClusterCommand {}

    /** States that a deadline of a hibernation or of its end passed. */
    record ReportHibernationDelayed(ClusterId clusterId, String waitingFor) implements ClusterCommand {}

    /**
     * Says when the cluster may be disturbed.
     *
     * @param asked when it is said
     * @param windows at most {@link MaintenanceWindow#MAX}; empty for any time
     */
    record SetMaintenanceWindows(ClusterId clusterId, Instant asked, List<MaintenanceWindow> windows)
            implements ClusterCommand {
        public SetMaintenanceWindows {
            windows = List.copyOf(windows);
        }
    }

    /**
     * Asks for work that begins now, or in the next window.
     *
     * @param target the version of an upgrade; absent for others
     */
    record AskForWork(
            ClusterId clusterId,
            Instant asked,
            DisruptiveWork work,
            @Nullable KubernetesVersion target) implements ClusterCommand {}

    /**
     * Asks for work that does not wait for a window.
     *
     * @param target the version of an upgrade; absent for others
     * @param reference the number of a case; empty where there is none
     */
    record DoWorkNow(
            ClusterId clusterId,
            DisruptiveWork work,
            @Nullable KubernetesVersion target,
            UrgencyReason reason,
            String reference)
            implements ClusterCommand {}

    /** Gives up what waits for a window. */
    record DropPlannedWork(ClusterId clusterId, DisruptiveWork work) implements ClusterCommand {}

    /** Says that the time of something that waits has come. */
    record BeginPlannedWork(ClusterId clusterId, DisruptiveWork work, Instant at) implements ClusterCommand {}

    /**
     * Says by which further names and addresses clients reach the API; its certificate will answer to all of them.
     *
     * @param names all of them, at most {@link ApiNames#MAX}; DNS names or IP addresses
     */
    record SetApiNames(ClusterId clusterId, List<String> names) implements ClusterCommand {
        public SetApiNames {
            names = List.copyOf(names);
        }
    }

    /**
     * Says from where the API may be reached.
     *
     * @param cidrs all blocks, at most {@link AuthorizedCidrs#MAX}; empty for everywhere
     */
    record SetAuthorizedCidrs(ClusterId clusterId, List<String> cidrs) implements ClusterCommand {
        public SetAuthorizedCidrs {
            cidrs = List.copyOf(cidrs);
        }
    }

    /**
     * Sets parts of the control plane; what is absent stays as it is.
     *
     * @param oidc {@link OidcSettings#NONE} for none
     */
    record ConfigureControlPlane(
            ClusterId clusterId,
            @Nullable OidcSettings oidc,
            @Nullable ExtraArgs extraArgs) implements ClusterCommand {}

    /** Moves to a later patch or the next minor. */
    record UpgradeCluster(ClusterId clusterId, KubernetesVersion target) implements ClusterCommand {}

    /** Goes back to where an unfinished upgrade came from. */
    record AbandonUpgrade(ClusterId clusterId) implements ClusterCommand {}

    /** See {@link ClusterEvent.ClusterUpgradePrepared}. */
    record RecordUpgradePrepared(
            ClusterId clusterId, long epoch, KubernetesVersion to, String snapshot, boolean etcdMoves)
            implements Report {}

    /** See {@link ClusterEvent.EtcdUpgraded}. */
    record RecordEtcdUpgraded(ClusterId clusterId, long epoch, KubernetesVersion to) implements Report {}

    /** See {@link ClusterEvent.ClusterUpgradeServing}. */
    record RecordUpgradeServing(ClusterId clusterId, long epoch, KubernetesVersion to) implements Report {}

    /** See {@link ClusterEvent.ApiServersUpgraded}. */
    record RecordApiServersUpgraded(ClusterId clusterId, long epoch, KubernetesVersion to) implements Report {}

    /** Says that every node of a pool was replaced during an upgrade. */
    record MarkPoolUpgraded(ClusterId clusterId, NodePoolId poolId, KubernetesVersion to) implements ClusterCommand {}

    /** Says that every pool was. */
    record MarkUpgraded(ClusterId clusterId, KubernetesVersion to) implements ClusterCommand {}

    /** States that a deadline of an upgrade passed. */
    record ReportUpgradeDelayed(ClusterId clusterId, KubernetesVersion to, String waitingFor)
            implements ClusterCommand {}

    /** See {@link ClusterEvent.ClusterDegraded}. */
    record RecordDegraded(ClusterId clusterId, long epoch, String reason) implements Report {}

    /** See {@link ClusterEvent.ClusterRecovered}. */
    record RecordRecovered(ClusterId clusterId, long epoch) implements Report {}

    /** See {@link ClusterEvent.DriftCorrected}. */
    record RecordDriftCorrected(ClusterId clusterId, long epoch, String subject, String correction) implements Report {}

    /** Gives provisioning up. */
    record FailCluster(ClusterId clusterId, ProvisioningStage stage, String reason) implements ClusterCommand {}

    /** See {@link ClusterEvent.ClusterProvisioningDelayed}. */
    record ReportProvisioningDelayed(ClusterId clusterId, ProvisioningStage stage) implements ClusterCommand {}

    /**
     * Asks for a node pool: claims its name and starts its life, or does neither.
     *
     * @param poolId chosen by the caller, so that a retry makes nothing twice
     * @param name a DNS label, unique in the cluster
     * @param min the least number of nodes; equal to max for a fixed pool
     * @param max the greatest number of nodes
     */
    record RequestNodePool(ClusterId clusterId, NodePoolId poolId, String name, int min, int max, MachineShape shape)
            implements ClusterCommand {}

    /** Gives the name of a deleted node pool back. */
    record ReleasePoolName(ClusterId clusterId, NodePoolId poolId) implements ClusterCommand {}

    /** Asks for the end of the cluster. */
    record DeleteCluster(ClusterId clusterId) implements ClusterCommand {}

    /** Lets workers take the control plane down. */
    record RequestControlPlaneRemoval(ClusterId clusterId) implements ClusterCommand {}

    /** See {@link ClusterEvent.ControlPlaneRemoved}. */
    record RecordControlPlaneRemoved(ClusterId clusterId, long epoch) implements Report {}

    /** States that a deadline of the deletion passed. */
    record ReportDeletionDelayed(ClusterId clusterId, String waitingFor) implements ClusterCommand {}

    /** Ends the life of the cluster. */
    record ConfirmDeleted(ClusterId clusterId) implements ClusterCommand {}
}
