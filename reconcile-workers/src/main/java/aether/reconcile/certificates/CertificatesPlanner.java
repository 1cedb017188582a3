package aether.reconcile.certificates;

import aether.domain.cluster.ClusterAuthority;
import aether.domain.cluster.IssuedCertificate;
import aether.domain.cluster.KeyRotation;
import aether.reconcile.loop.Plan;
import aether.reconcile.render.Difference;
import aether.reconcile.render.RecentRenderings;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.ResourceKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Decides what to do for certificates. */
public final class CertificatesPlanner {

    private final RecentRenderings<DesiredCertificates> recent = new RecentRenderings<>(CertificateRendering::of);

    /** A planner that remembers what it rendered last. */
    public CertificatesPlanner() {}

    /** What follows from what is wanted and what is there. */
    public Plan<CertificatesStep> plan(DesiredCertificates desired, ObservedCertificates observed) {
        return steps(desired, observed).hinderedBy(CertificatesDiagnosis.of(desired, observed));
    }

    private Plan<CertificatesStep> steps(DesiredCertificates desired, ObservedCertificates observed) {
        List<CertificatesStep> steps = new ArrayList<>();
        for (Rendered rendered : recent.of(desired.clusterId(), desired.apartFromItsPast())) {
            Difference.between(rendered, observed.objects().get(rendered.ref())).ifPresent(difference -> {
                steps.add(new CertificatesStep.Apply(rendered, difference));
                if (desired.reported()
                        && difference.kind() != Difference.Kind.OUTDATED
                        && !isAskedForNow(desired, rendered)) {
                    steps.add(new CertificatesStep.ReportDrift(rendered.ref().shown(), difference.detail()));
                }
            });
        }
        steps.addAll(leftovers(desired, observed));
        if (!steps.isEmpty()) {
            return Plan.andLookAgain(steps, "certificates were asked for");
        }
        steps.addAll(renewals(desired, observed));
        if (!steps.isEmpty()) {
            return Plan.andLookAgain(steps, "a renewal was spoken of");
        }
        if (!observed.waiting().isEmpty()) {
            return Plan.awaitTold("waiting for cert-manager: " + new TreeMap<>(observed.waiting()));
        }
        List<IssuedCertificate> fresh = observed.issued().values().stream()
                .filter(certificate -> !certificate.equals(desired.known().get(certificate.name())))
                .sorted(Comparator.comparing(IssuedCertificate::name))
                .toList();
        if (!fresh.isEmpty()) {
            steps.add(new CertificatesStep.ReportRenewed(fresh));
        }
        if (!desired.reported()) {
            steps.add(new CertificatesStep.ReportIssued(observed.authorityFingerprint(), observed.notAfter()));
        }
        return Plan.of(steps);
    }

    /** Said when one more is overdue, and when none is; not of those in between that have caught up. */
    private static List<CertificatesStep> renewals(DesiredCertificates desired, ObservedCertificates observed) {
        if (!desired.reported()) {
            return List.of();
        }
        Map<String, Instant> overdue = new TreeMap<>(observed.overdue());
        if (overdue.isEmpty()) {
            return desired.overdue().isEmpty() ? List.of() : List.of(new CertificatesStep.ReportCaughtUp());
        }
        return desired.overdue().containsAll(overdue.keySet())
                ? List.of()
                : List.of(new CertificatesStep.ReportOverdue(
                        List.copyOf(overdue.keySet()), Collections.min(overdue.values()), observed.overdueReason()));
    }

    /** A successor is missing because it was asked for a moment ago; nobody has taken it away. */
    private static boolean isAskedForNow(DesiredCertificates desired, Rendered rendered) {
        KeyRotation pair = desired.serviceAccount();
        String name = rendered.ref().name();
        boolean successor = desired.authorities()
                .rotating()
                .filter(which -> desired.authorities().of(which).phase() == ClusterAuthority.Phase.TRUSTING)
                .filter(which -> name.equals(
                        which.certificate(desired.authorities().of(which).successor())))
                .isPresent();
        return successor
                || (pair.phase() == KeyRotation.Phase.SPREADING
                        && name.equals(TenantCertificate.serviceAccount(pair.successor())));
    }

    /** First what would make the next one again: Certificate, Issuer, and last the Secret with the key. */
    private static List<CertificatesStep> leftovers(DesiredCertificates desired, ObservedCertificates observed) {
        Set<String> wanted = TenantCertificate.wanted(desired.authorities(), desired.serviceAccount());
        List<CertificatesStep> steps = new ArrayList<>();
        for (ResourceKind kind : List.of(ResourceKind.CERTIFICATE, ResourceKind.ISSUER, ResourceKind.SECRET)) {
            observed.authorities().forEach((ref, uid) -> {
                if (ref.kind().equals(kind) && !wanted.contains(ref.name())) {
                    steps.add(new CertificatesStep.Delete(ref, uid));
                }
            });
        }
        return steps;
    }
}
