package aether.reconcile.controlplane;

import aether.domain.cluster.CertificateAuthority;
import aether.domain.cluster.ClusterAuthority;
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
 * Decides whether a phase of a CA's rotation is over. It is asked when everything is as rendered for that phase, every
 * pod is up to date and serves, and the API has answered; what it adds is who signed what is mounted, and whom the API
 * tells extension API servers to trust.
 */
final class AuthorityPlanner {

    private AuthorityPlanner() {}

    static Plan<ControlPlaneStep> plan(DesiredControlPlane desired, ObservedControlPlane observed) {
        return desired.authorities()
                .rotating()
                .map(which -> plan(which, desired, observed))
                .orElseGet(Plan::done);
    }

    private static Plan<ControlPlaneStep> plan(
            CertificateAuthority which, DesiredControlPlane desired, ObservedControlPlane observed) {
        ClusterAuthority authority = desired.authorities().of(which);
        int generation = authority.successor();
        return switch (authority.phase()) {
            case STEADY, REJOINING, PREPARED -> Plan.done();
            case TRUSTING ->
                PublishedTrust.lacking(which, observed)
                        ? Plan.await("the API does not tell of the new " + which.shown() + " yet")
                        : whenReissued(
                                which,
                                observed,
                                certificate(desired, observed, which.certificate(generation))
                                        .<ControlPlaneStep>map(
                                                certificate -> new ControlPlaneStep.ReportAuthorityTrusted(
                                                        which,
                                                        generation,
                                                        Pem.fingerprint(certificate),
                                                        certificate
                                                                .getNotAfter()
                                                                .toInstant())));
            case SIGNING ->
                whenReissued(
                        which, observed, Optional.of(new ControlPlaneStep.ReportAuthoritySigning(which, generation)));
            case REISSUING ->
                whenReissued(
                        which, observed, Optional.of(new ControlPlaneStep.ReportLeavesReissued(which, generation)));
            case RETIRING -> retiring(which, desired, observed);
        };
    }

    private static Plan<ControlPlaneStep> retiring(
            CertificateAuthority which, DesiredControlPlane desired, ObservedControlPlane observed) {
        ClusterAuthority authority = desired.authorities().of(which);
        Optional<String> before = KeysPlanner.ofBefore(desired, observed);
        if (before.isPresent()) {
            // It would tell of the old CA again, and nobody looks after this phase is over.
            return Plan.await(before.get() + " still runs as before");
        }
        Optional<ControlPlaneStep> outdated = PublishedTrust.outdated(which, observed);
        if (outdated.isPresent()) {
            return Plan.andLookAgain(
                    List.of(outdated.get()), "the API still tells of the old " + which.shown() + "; it says it anew");
        }
        return observed.objects().containsKey(secret(desired, which.certificate(authority.generation())))
                ? Plan.await("the key of the old " + which.shown() + " is going")
                : whenReissued(
                        which,
                        observed,
                        Optional.of(new ControlPlaneStep.ReportAuthorityRetired(which, authority.successor())));
    }

    private static Plan<ControlPlaneStep> whenReissued(
            CertificateAuthority which, ObservedControlPlane observed, Optional<? extends ControlPlaneStep> report) {
        if (!observed.notReissued().isEmpty()) {
            return Plan.await("waiting for cert-manager: " + new TreeMap<>(observed.notReissued()));
        }
        return report.<Plan<ControlPlaneStep>>map(step -> Plan.of(List.of(step)))
                .orElseGet(() -> Plan.await("waiting for the new " + which.shown()));
    }

    private static Optional<X509Certificate> certificate(
            DesiredControlPlane desired, ObservedControlPlane observed, String name) {
        return Optional.ofNullable(observed.objects().get(secret(desired, name)))
                .flatMap(found -> Pem.certificate(found, "tls.crt"));
    }

    private static ObjectRef secret(DesiredControlPlane desired, String name) {
        return new ObjectRef(ResourceKind.SECRET, TenantNames.namespace(desired.clusterId()), name);
    }
}
