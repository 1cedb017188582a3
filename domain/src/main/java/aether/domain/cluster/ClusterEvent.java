package aether.domain.cluster;

import aether.domain.kernel.DomainEvent;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.kernel.Reported;
import aether.domain.nodepool.NodePoolId;
import aether.domain.organization.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What has happened to a tenant cluster. Where a worker reported it, {@code epoch} is the epoch of the tenant's lease
 * under which the worker acted.
 */
public sealed interface ClusterEvent extends DomainEvent {

    /** The cluster. */
    ClusterId clusterId();

    @Override
    default String stream() {
        return clusterId().stream();
    }

    /**
     * A customer asked for a cluster.
     *
     * @param etcdMembers one of {@link EtcdMembers#ALLOWED}
     * @param restoredFrom the snapshot that its etcd begins with; absent for one that begins empty
     * @param channel how, and so how it is changed until it is handed over
     */
    record ClusterRequested(
            ClusterId clusterId,
            OrganizationId organizationId,
            String name,
            String region,
            KubernetesVersion version,
            boolean publicEndpoint,
            int etcdMembers,
            @Nullable ClusterSnapshot restoredFrom,
            Channel channel)
            implements ClusterEvent {

        /** One that begins empty and does not say how many members its etcd has. */
        public ClusterRequested(
                ClusterId clusterId,
                OrganizationId organizationId,
                String name,
                String region,
                KubernetesVersion version,
                boolean publicEndpoint,
                Channel channel) {
            this(clusterId, organizationId, name, region, version, publicEndpoint, EtcdMembers.DEFAULT, null, channel);
        }
    }

    /** From now on the cluster is changed through another channel. */
    record ClusterHandedOver(ClusterId clusterId, Channel from, Channel to) implements ClusterEvent {}

    /**
     * Workers look at the cluster and change nothing of it.
     *
     * @param until when that ends by itself
     * @param reference the number of a case; empty where there is none
     */
    record ClusterPaused(ClusterId clusterId, Instant until, PauseReason reason, String reference)
            implements ClusterEvent {
        /** For a person: until when and why, without a period at its end. */
        public String sentence() {
            return "until " + until + ": " + reason.spoken() + (reference.isEmpty() ? "" : " " + reference);
        }
    }

    /** A customer ended the pause before its time. */
    record ClusterResumed(ClusterId clusterId) implements ClusterEvent {}

    /** The time of the pause is over. */
    record PauseEnded(ClusterId clusterId, long epoch, Instant until) implements ClusterEvent, Reported {}

    /**
     * A worker found something drifted in a pause, and left it.
     *
     * @param subject the object, for example {@code Deployment/kube-apiserver}
     * @param found what has become of it
     */
    record DriftLeft(ClusterId clusterId, long epoch, String subject, String found) implements ClusterEvent, Reported {}

    /**
     * A customer put the cluster to sleep.
     *
     * @param reference the number of a case; empty where there is none
     */
    record ClusterHibernationStarted(ClusterId clusterId, HibernationReason reason, String reference)
            implements ClusterEvent {
        /** For a person: why, without a period at its end. */
        public String sentence() {
            return reason.spoken() + (reference.isEmpty() ? "" : " " + reference);
        }
    }

    /**
     * Nothing stands in the way of a hibernation.
     *
     * @param number the how manyth of the cluster it is, from 1
     * @param snapshot the name of the snapshot of etcd that was taken; empty where the site keeps none
     * @param pools whose nodes go first
     */
    record HibernationPrepared(ClusterId clusterId, long epoch, long number, String snapshot, List<NodePoolId> pools)
            implements ClusterEvent, Reported {
        public HibernationPrepared {
            pools = List.copyOf(pools);
        }
    }

    /**
     * Workers found what would keep the cluster from waking, or would lose its data; it was not touched, and serves.
     *
     * @param obstacle what it is, as a sentence without a period at its end
     */
    record HibernationObstructed(ClusterId clusterId, long epoch, long number, String obstacle)
            implements ClusterEvent, Reported {}

    /** A customer asks no more for the hibernation that was obstructed. */
    record HibernationDropped(ClusterId clusterId) implements ClusterEvent {}

    /** No node pool has a machine any more. */
    record NodesAsleep(ClusterId clusterId) implements ClusterEvent {}

    /**
     * A hibernation, or its end, has entered another phase.
     *
     * @param phase the one that begins
     */
    record HibernationAdvanced(ClusterId clusterId, long epoch, long number, ClusterHibernation.Phase phase)
            implements ClusterEvent, Reported {}

    /** Nothing of the cluster runs; its data, certificates, keys and addresses are kept. */
    record ClusterHibernated(ClusterId clusterId, long epoch, long number) implements ClusterEvent, Reported {}

    /** A customer woke the cluster. */
    record ClusterWakeStarted(ClusterId clusterId) implements ClusterEvent {}

    /** The cluster serves as it did before it was put to sleep. */
    record ClusterAwake(ClusterId clusterId) implements ClusterEvent {}

    /** A stage of a hibernation, or of its end, takes longer than it should. */
    record HibernationDelayed(ClusterId clusterId, String waitingFor) implements ClusterEvent {}

    /**
     * A customer said when the cluster may be disturbed.
     *
     * @param windows empty for any time
     */
    record MaintenanceWindowsSet(ClusterId clusterId, List<MaintenanceWindow> windows) implements ClusterEvent {
        public MaintenanceWindowsSet {
            windows = List.copyOf(windows);
        }
    }

    /**
     * Something was asked for that waits for a maintenance window.
     *
     * @param target the version of an upgrade; absent for others
     * @param opens when the window opens
     */
    record WorkPlanned(
            ClusterId clusterId,
            DisruptiveWork work,
            @Nullable KubernetesVersion target,
            Instant opens) implements ClusterEvent {
        /** For a person, without a period at its end. */
        public String sentence() {
            return "Waiting for the window of " + opens + ": " + work.spoken(target);
        }
    }

    /**
     * What waited for a window does not wait any more, and was not done.
     *
     * @param reason why not; empty when a customer gave it up
     */
    record PlannedWorkDropped(
            ClusterId clusterId,
            DisruptiveWork work,
            @Nullable KubernetesVersion target,
            String reason) implements ClusterEvent {}

    /**
     * A customer has something done outside of a maintenance window.
     *
     * @param target the version of an upgrade; absent for others
     * @param reference the number of a case; empty where there is none
     */
    record WindowPassedBy(
            ClusterId clusterId,
            DisruptiveWork work,
            @Nullable KubernetesVersion target,
            UrgencyReason reason,
            String reference)
            implements ClusterEvent {}

    /**
     * A customer said from where the API may be reached.
     *
     * @param cidrs all blocks, in order; empty for everywhere
     */
    record AuthorizedCidrsSet(ClusterId clusterId, List<String> cidrs) implements ClusterEvent {
        public AuthorizedCidrsSet {
            cidrs = List.copyOf(cidrs);
        }
    }

    /**
     * A customer said by which further names and addresses clients reach the API.
     *
     * @param names all of them, in order; empty for none
     */
    record ApiNamesSet(ClusterId clusterId, List<String> names) implements ClusterEvent {
        public ApiNamesSet {
            names = List.copyOf(names);
        }
    }

    /**
     * A customer set parts of the control plane.
     *
     * @param settings all that is set now
     */
    record ControlPlaneConfigured(ClusterId clusterId, ControlPlaneSettings settings) implements ClusterEvent {}

    /** The load balancer runs, so the address of the API is known and may be certified. */
    record EndpointPublished(ClusterId clusterId, String host, int port) implements ClusterEvent {}

    /** Workers may now write the certificates of the cluster. */
    record CertificatesRequested(ClusterId clusterId) implements ClusterEvent {}

    /**
     * Every certificate of the cluster is issued.
     *
     * @param authorityFingerprint SHA-256 of the cluster CA's DER form, in hex
     * @param notAfter when the first of them ends
     */
    record CertificatesIssued(ClusterId clusterId, long epoch, String authorityFingerprint, Instant notAfter)
            implements ClusterEvent, Reported {}

    /**
     * cert-manager issued certificates of the cluster, for the first time or again.
     *
     * @param certificates those that were not known before, by name
     */
    record CertificatesRenewed(ClusterId clusterId, long epoch, List<IssuedCertificate> certificates)
            implements ClusterEvent, Reported {
        public CertificatesRenewed {
            certificates = List.copyOf(certificates);
        }
    }

    /**
     * Certificates that cert-manager should have renewed by now have not been.
     *
     * @param names of those, in order
     * @param notAfter when the first of them ends
     * @param reason what cert-manager says of it; empty when it says nothing
     */
    record RenewalOverdue(ClusterId clusterId, long epoch, List<String> names, Instant notAfter, String reason)
            implements ClusterEvent, Reported {
        public RenewalOverdue {
            names = List.copyOf(names);
        }

        /** For a person, without a period at its end. */
        public String sentence() {
            return String.join(", ", names) + " should have been renewed by now, the first ends " + notAfter
                    + (reason.isEmpty() ? "" : "; cert-manager says: " + reason);
        }
    }

    /** No certificate of the cluster should have been renewed by now and was not. */
    record RenewalCaughtUp(ClusterId clusterId, long epoch) implements ClusterEvent, Reported {}

    /**
     * Something keeps workers from going on; they try again until it is over. Said again for the same work only when it
     * is another fault, or another reason.
     *
     * @param work which, for example {@code control-plane} or {@code machine shop-lb}
     * @param fault whose it is to put it right
     * @param reason one word for it, as conditions have it
     * @param message what was seen, for a person, without a period at its end
     * @param since when it was first seen
     */
    record WorkStalled(
            ClusterId clusterId, long epoch, String work, Fault fault, String reason, String message, Instant since)
            implements ClusterEvent, Reported {
        /** For a person, without a period at its end. */
        public String sentence() {
            return "Work on " + work + " waits for " + fault.spoken() + " since " + since + " (" + reason + ")";
        }
    }

    /**
     * What kept workers from going on is over.
     *
     * @param fault whose it was
     * @param reason what it was
     * @param since when it was first seen
     */
    record WorkResumed(ClusterId clusterId, long epoch, String work, Fault fault, String reason, Instant since)
            implements ClusterEvent, Reported {}

    /**
     * A customer chose the domain under which the API shows a certificate that everybody trusts.
     *
     * @param domain empty for the one that the site gives, if it gives any
     */
    record PublicDomainSet(ClusterId clusterId, String domain) implements ClusterEvent {}

    /**
     * A certificate of a public authority is asked for.
     *
     * @param name empty when none is any more
     * @param delegation what {@code _acme-challenge.<name>} has to be an alias of; empty when the zone is the site's
     */
    record PublicNameAsked(ClusterId clusterId, long epoch, String name, String delegation)
            implements ClusterEvent, Reported {}

    /** A public authority certified the name, for the first time or again. */
    record PublicNameIssued(ClusterId clusterId, long epoch, String name, IssuedCertificate certificate)
            implements ClusterEvent, Reported {}

    /**
     * Something keeps the name from being certified, or certified again; it is tried on.
     *
     * @param fault whose it is to put that right
     */
    record PublicNameFailed(ClusterId clusterId, long epoch, String name, Fault fault, String reason)
            implements ClusterEvent, Reported {}

    /**
     * A customer asked for another CA.
     *
     * @param generation of the CA that will be in use
     */
    record AuthorityRotationStarted(ClusterId clusterId, CertificateAuthority authority, int generation)
            implements ClusterEvent {}

    /** Everything that verifies trusts the old CA and the new one. */
    record AuthorityTrusted(
            ClusterId clusterId,
            long epoch,
            CertificateAuthority authority,
            int generation,
            String fingerprint,
            Instant notAfter)
            implements ClusterEvent, Reported {}

    /**
     * The new CA signs nodes, and clients that only the control plane verifies.
     *
     * @param pools whose nodes are still the old one's; none of a CA that nodes do not know
     */
    record AuthoritySigning(
            ClusterId clusterId, long epoch, CertificateAuthority authority, int generation, List<NodePoolId> pools)
            implements ClusterEvent, Reported {
        public AuthoritySigning {
            pools = List.copyOf(pools);
        }
    }

    /**
     * No client depends on the old CA, but those that only the customer knows: whoever holds a kubeconfig has to fetch
     * it again before a rotation of the cluster CA is completed.
     */
    record AuthorityRotationPrepared(ClusterId clusterId, CertificateAuthority authority, int generation)
            implements ClusterEvent {}

    /** A customer said that no client depends on the old CA any more, or there is no client of whom only they know. */
    record AuthorityRotationCompleting(ClusterId clusterId, CertificateAuthority authority, int generation)
            implements ClusterEvent {}

    /** All servers are the new CA's, and answered to whoever trusts no other. */
    record AuthorityLeavesReissued(ClusterId clusterId, long epoch, CertificateAuthority authority, int generation)
            implements ClusterEvent, Reported {}

    /** The old CA is trusted no more, and its key is gone. */
    record AuthorityRetired(ClusterId clusterId, long epoch, CertificateAuthority authority, int generation)
            implements ClusterEvent, Reported {}

    /** A stage of a rotation takes longer than it should. */
    record AuthorityRotationDelayed(
            ClusterId clusterId, CertificateAuthority authority, int generation, String waitingFor)
            implements ClusterEvent {}

    /**
     * A customer asked for another key.
     *
     * @param generation of the key that will be in use
     */
    record KeyRotationStarted(ClusterId clusterId, ClusterKey key, int generation) implements ClusterEvent {}

    /** Every API server runs as the phase before said, and this one begins. */
    record KeyRotationAdvanced(ClusterId clusterId, long epoch, ClusterKey key, int generation, KeyRotation.Phase phase)
            implements ClusterEvent, Reported {}

    /** A customer said that nobody needs what the old key made any more. */
    record KeyRotationCompleting(ClusterId clusterId, ClusterKey key, int generation) implements ClusterEvent {}

    /** The old key is accepted no more, and is gone. */
    record KeyRotated(ClusterId clusterId, long epoch, ClusterKey key, int generation)
            implements ClusterEvent, Reported {}

    /**
     * Somebody was given a short-lived client certificate for the tenant's API.
     *
     * @param credentialId whose name the tenant's own audit log has: the user is {@code aether:} and this
     * @param groups what it may do there, by the tenant's role bindings
     * @param fingerprint SHA-256 of the certificate's DER form, in hex
     * @param notAfter when it ends; it cannot be taken back before
     * @param reference the number of a case; empty where there is none
     */
    record CredentialIssued(
            ClusterId clusterId,
            UUID credentialId,
            List<String> groups,
            String fingerprint,
            Instant notAfter,
            CredentialReason reason,
            String reference)
            implements ClusterEvent {
        public CredentialIssued {
            groups = List.copyOf(groups);
        }
    }

    /** Workers may now write the control plane of the cluster. */
    record ControlPlaneRequested(ClusterId clusterId, KubernetesVersion version) implements ClusterEvent {}

    /** The control plane answers over TLS with the version. */
    record ControlPlaneReady(ClusterId clusterId, long epoch, KubernetesVersion version)
            implements ClusterEvent, Reported {}

    /** Workers may now write into the tenant's own API. */
    record AddonsRequested(ClusterId clusterId) implements ClusterEvent {}

    /** Network plugin, DNS and the rules for joining nodes are installed. */
    record AddonsInstalled(ClusterId clusterId, long epoch) implements ClusterEvent, Reported {}

    /** The cluster serves. */
    record ClusterRunning(ClusterId clusterId) implements ClusterEvent {}

    /** A customer asked for another version. */
    record ClusterUpgradeStarted(ClusterId clusterId, KubernetesVersion from, KubernetesVersion to)
            implements ClusterEvent {}

    /**
     * An upgrade may begin to touch something.
     *
     * @param snapshot the name of the snapshot of etcd that was taken; empty where the site keeps none
     * @param etcdMoves whether the version comes with another etcd
     */
    record ClusterUpgradePrepared(
            ClusterId clusterId, long epoch, KubernetesVersion to, String snapshot, boolean etcdMoves)
            implements ClusterEvent, Reported {}

    /** etcd runs as the version has it. */
    record EtcdUpgraded(ClusterId clusterId, long epoch, KubernetesVersion to) implements ClusterEvent, Reported {}

    /** The first API server of the version serves; from here on, another minor is for good. */
    record ClusterUpgradeServing(ClusterId clusterId, long epoch, KubernetesVersion to)
            implements ClusterEvent, Reported {}

    /** Every API server runs the version. */
    record ApiServersUpgraded(ClusterId clusterId, long epoch, KubernetesVersion to)
            implements ClusterEvent, Reported {}

    /**
     * The whole control plane runs the version.
     *
     * @param pools whose nodes do not yet
     */
    record ControlPlaneUpgraded(ClusterId clusterId, long epoch, KubernetesVersion version, List<NodePoolId> pools)
            implements ClusterEvent, Reported {
        public ControlPlaneUpgraded {
            pools = List.copyOf(pools);
        }
    }

    /** Every node of the pool runs the version. */
    record PoolUpgraded(ClusterId clusterId, NodePoolId poolId, KubernetesVersion version) implements ClusterEvent {}

    /** A stage of an upgrade takes longer than it should. */
    record ClusterUpgradeDelayed(ClusterId clusterId, KubernetesVersion to, String waitingFor)
            implements ClusterEvent {}

    /** A customer gave an unfinished upgrade up; the cluster goes back. */
    record ClusterUpgradeAbandoned(ClusterId clusterId, KubernetesVersion abandoned, KubernetesVersion backTo)
            implements ClusterEvent {}

    /** The upgrade is over: control plane and nodes run the version. */
    record ClusterUpgraded(ClusterId clusterId, long epoch, KubernetesVersion version)
            implements ClusterEvent, Reported {}

    /** A worker found the cluster not serving as it should. */
    record ClusterDegraded(ClusterId clusterId, long epoch, String reason) implements ClusterEvent, Reported {}

    /** The cluster serves again. */
    record ClusterRecovered(ClusterId clusterId, long epoch) implements ClusterEvent, Reported {}

    /**
     * A worker put something back that had drifted.
     *
     * @param subject the object, for example {@code Deployment/kube-apiserver}
     * @param correction what was done to it
     */
    record DriftCorrected(ClusterId clusterId, long epoch, String subject, String correction)
            implements ClusterEvent, Reported {}

    /** Provisioning was given up at a stage. */
    record ClusterFailed(ClusterId clusterId, ProvisioningStage stage, String reason) implements ClusterEvent {}

    /** A stage of provisioning takes longer than usual, and is waited for. */
    record ClusterProvisioningDelayed(ClusterId clusterId, ProvisioningStage stage) implements ClusterEvent {}

    /** A node pool took a name in the cluster. */
    record PoolNameClaimed(ClusterId clusterId, String name, NodePoolId poolId) implements ClusterEvent {}

    /** A deleted node pool gave its name back. */
    record PoolNameReleased(ClusterId clusterId, String name, NodePoolId poolId) implements ClusterEvent {}

    /** A customer asked for the end of the cluster; the pools are those that have to go first. */
    record ClusterDeletionRequested(
            ClusterId clusterId, OrganizationId organizationId, String region, List<NodePoolId> pools)
            implements ClusterEvent {
        public ClusterDeletionRequested {
            pools = List.copyOf(pools);
        }
    }

    /** Workers have to take the control plane and its certificates down. */
    record ControlPlaneRemovalRequested(ClusterId clusterId) implements ClusterEvent {}

    /** Nothing of the cluster is left in the management cluster. */
    record ControlPlaneRemoved(ClusterId clusterId, long epoch) implements ClusterEvent, Reported {}

    /** A deadline of the deletion passed; the deletion goes on. */
    record ClusterDeletionDelayed(ClusterId clusterId, String waitingFor) implements ClusterEvent {}

    /** The cluster is gone. */
    record ClusterDeleted(ClusterId clusterId) implements ClusterEvent {}
}
