package aether.reconcile.controlplane;

import aether.domain.cluster.ClusterAuthority;
import aether.reconcile.certificates.TenantCertificate;
import aether.reconcile.loop.Plan;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Pem;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.TenantNames;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Decides whether a phase of a rotation of the cluster CA is over. It is asked when everything is as rendered for that
 * phase, every pod is up to date and serves, and the API has answered; what it adds is who signed what is mounted.
 */
final class AuthorityPlanner {

    private AuthorityPlanner() {}

    static Plan<ControlPlaneStep> plan(DesiredControlPlane desired, ObservedControlPlane observed) {
        ClusterAuthority authority = desired.authority();
        int generation = authority.successor();
        return switch (authority.phase()) {
            case STEADY, REJOINING, PREPARED -> Plan.done();
            case TRUSTING ->
                whenReissued(
                        observed,
                        successor(desired, observed)
                                .<ControlPlaneStep>map(certificate -> new ControlPlaneStep.ReportAuthorityTrusted(
                                        generation,
                                        Pem.fingerprint(certificate),
                                        certificate.getNotAfter().toInstant())));
            case SIGNING ->
                whenReissued(observed, Optional.of(new ControlPlaneStep.ReportAuthoritySigning(generation)));
            case REISSUING ->
                whenReissued(observed, Optional.of(new ControlPlaneStep.ReportLeavesReissued(generation)));
            case RETIRING ->
                oldKeyIsThere(desired, observed)
                        ? Plan.await("the old cluster CA's key is going")
                        : whenReissued(observed, Optional.of(new ControlPlaneStep.ReportAuthorityRetired(generation)));
        };
    }

    private static Plan<ControlPlaneStep> whenReissued(
            ObservedControlPlane observed, Optional<? extends ControlPlaneStep> report) {
        if (!observed.notReissued().isEmpty()) {
            return Plan.await("waiting for cert-manager: " + new TreeMap<>(observed.notReissued()));
        }
        return report.<Plan<ControlPlaneStep>>map(step -> Plan.of(List.of(step)))
                .orElseGet(() -> Plan.await("waiting for the new cluster CA"));
    }

    private static Optional<X509Certificate> successor(DesiredControlPlane desired, ObservedControlPlane observed) {
        return Optional.ofNullable(observed.objects()
                        .get(secret(desired, desired.authority().successor())))
                .flatMap(found -> Pem.certificate(found, "tls.crt"));
    }

    private static boolean oldKeyIsThere(DesiredControlPlane desired, ObservedControlPlane observed) {
        return observed.objects()
                .containsKey(secret(desired, desired.authority().generation()));
    }

    private static ObjectRef secret(DesiredControlPlane desired, int generation) {
        return new ObjectRef(
                ResourceKind.SECRET,
                TenantNames.namespace(desired.clusterId()),
                TenantCertificate.clusterAuthority(generation));
    }
}
