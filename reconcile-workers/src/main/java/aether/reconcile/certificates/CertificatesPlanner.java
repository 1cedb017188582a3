package aether.reconcile.certificates;

import aether.reconcile.loop.Plan;
import aether.reconcile.render.Difference;
import aether.reconcile.render.Rendered;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Decides what to do for certificates. */
public final class CertificatesPlanner {

    private CertificatesPlanner() {}

    /** What follows from what is wanted and what is there. */
    public static Plan<CertificatesStep> plan(DesiredCertificates desired, ObservedCertificates observed) {
        List<CertificatesStep> steps = new ArrayList<>();
        for (Rendered rendered : CertificateRendering.of(desired)) {
            Difference.between(rendered, observed.objects().get(rendered.ref())).ifPresent(difference -> {
                steps.add(new CertificatesStep.Apply(rendered, difference));
                if (desired.reported() && difference.kind() != Difference.Kind.OUTDATED) {
                    steps.add(new CertificatesStep.ReportDrift(rendered.ref().shown(), difference.detail()));
                }
            });
        }
        if (!steps.isEmpty()) {
            return Plan.andLookAgain(steps, "certificates were asked for");
        }
        if (!observed.waiting().isEmpty()) {
            return Plan.await("waiting for cert-manager: " + new TreeMap<>(observed.waiting()));
        }
        return desired.reported()
                ? Plan.done()
                : Plan.of(List.of(
                        new CertificatesStep.ReportIssued(observed.authorityFingerprint(), observed.notAfter())));
    }
}
