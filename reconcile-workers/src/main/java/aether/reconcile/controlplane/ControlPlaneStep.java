package aether.reconcile.controlplane;

import aether.domain.cluster.CertificateAuthority;
import aether.domain.cluster.ClusterHibernation;
import aether.domain.cluster.ClusterKey;
import aether.domain.cluster.KeyRotation;
import aether.domain.kernel.KubernetesVersion;
import aether.reconcile.loop.Step;
import aether.reconcile.render.Difference;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Rendered;
import java.time.Instant;
import java.util.Optional;

/** What may have to be done for a control plane. */
public sealed interface ControlPlaneStep extends Step {
    @Override
    default boolean isChange() {
        return switch (this) {
            case Apply unused -> true;
            case KeepNewEncryptionKey unused -> true;
            case KeepInheritedKeys unused -> true;
            case Delete unused -> true;
            case ReportDrift unused -> false;
            case ReportReady unused -> false;
            case ReportUpgradePrepared unused -> false;
            case ReportEtcdUpgraded unused -> false;
            case ReportUpgradeServing unused -> false;
            case ReportApiServersUpgraded unused -> false;
            case ReportHibernationPrepared unused -> false;
            case ReportHibernationObstructed unused -> false;
            case ReportHibernationPhaseDone unused -> false;
            case ReportAuthorityTrusted unused -> false;
            case ReportAuthoritySigning unused -> false;
            case ReportLeavesReissued unused -> false;
            case ReportAuthorityRetired unused -> false;
            case RewriteSecrets unused -> true;
            case TellTrustAnew unused -> true;
            case ReportKeyPhaseDone unused -> false;
            case ReportDegraded unused -> false;
            case ReportRecovered unused -> false;
            case ReportRemoved unused -> false;
        };
    }

    @Override
    default Optional<Drift> drift() {
        return this instanceof ReportDrift drift
                ? Optional.of(new Drift(drift.subject(), drift.correction()))
                : Optional.empty();
    }

    /** Makes an object be as rendered. */
    record Apply(Rendered rendered, Difference difference) implements ControlPlaneStep {}

    /** Makes and keeps a key for Secrets at rest, unless one of that generation is kept already. */
    record KeepNewEncryptionKey(int generation) implements ControlPlaneStep {}

    /** Keeps the keys of the cluster whose snapshot this one begins with, unless some are kept already. */
    record KeepInheritedKeys(Rendered rendered) implements ControlPlaneStep {}

    /** Deletes the tenant's namespace with all that is in it, or what of the tenant lies outside of it. */
    record Delete(ObjectRef ref, String uid) implements ControlPlaneStep {}

    /** Says that something had drifted and was put back. */
    record ReportDrift(String subject, String correction) implements ControlPlaneStep {}

    /** Says that the control plane answers with a version. */
    record ReportReady(KubernetesVersion version) implements ControlPlaneStep {}

    /**
     * Says that an upgrade may begin to touch something.
     *
     * @param snapshot the snapshot of etcd that was taken before; empty where the site keeps none
     */
    record ReportUpgradePrepared(KubernetesVersion to, String snapshot, boolean etcdMoves)
            implements ControlPlaneStep {}

    /** Says that etcd runs as the version has it. */
    record ReportEtcdUpgraded(KubernetesVersion to) implements ControlPlaneStep {}

    /** Says that the first API server of the version serves. */
    record ReportUpgradeServing(KubernetesVersion to) implements ControlPlaneStep {}

    /** Says that every API server runs the version. */
    record ReportApiServersUpgraded(KubernetesVersion to) implements ControlPlaneStep {}

    /**
     * Says that nothing stands in the way of a hibernation.
     *
     * @param snapshot the snapshot of etcd that was taken before; empty where the site keeps none
     */
    record ReportHibernationPrepared(long number, String snapshot) implements ControlPlaneStep {}

    /** Says what would lose its data, or keep it from waking. */
    record ReportHibernationObstructed(long number, String obstacle) implements ControlPlaneStep {}

    /** Says that what a phase of a hibernation, or of its end, asks for is so. */
    record ReportHibernationPhaseDone(long number, ClusterHibernation.Phase phase) implements ControlPlaneStep {}

    /** Says that everything that verifies trusts the new CA too. */
    record ReportAuthorityTrusted(CertificateAuthority authority, int generation, String fingerprint, Instant notAfter)
            implements ControlPlaneStep {}

    /** Says that the new CA signs clients, and nodes. */
    record ReportAuthoritySigning(CertificateAuthority authority, int generation) implements ControlPlaneStep {}

    /** Says that every server is the new CA's. */
    record ReportLeavesReissued(CertificateAuthority authority, int generation) implements ControlPlaneStep {}

    /** Has the tenant's API say anew whom extension API servers are to trust. */
    record TellTrustAnew(String uid) implements ControlPlaneStep {}

    /** Says that nothing trusts the old CA any more. */
    record ReportAuthorityRetired(CertificateAuthority authority, int generation) implements ControlPlaneStep {}

    /** Has the tenant's API server write every Secret again, as it is. */
    record RewriteSecrets() implements ControlPlaneStep {}

    /** Says that what a phase of a key's rotation asks for is so. */
    record ReportKeyPhaseDone(ClusterKey key, int generation, KeyRotation.Phase phase) implements ControlPlaneStep {}

    /** Says that it should serve, but does not. */
    record ReportDegraded(String reason) implements ControlPlaneStep {}

    /** Says that it serves again. */
    record ReportRecovered() implements ControlPlaneStep {}

    /** Says that nothing of it is left. */
    record ReportRemoved() implements ControlPlaneStep {}
}
