package aether.reconcile.certificates;

import aether.domain.cluster.Fault;
import aether.reconcile.kube.Conditions;
import aether.reconcile.loop.Hindrance;
import aether.reconcile.render.ResourceKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Says why certificates are not issued, and whose that is. The words are cert-manager's own, as its conditions have
 * them.
 */
final class CertificatesDiagnosis {

    private CertificatesDiagnosis() {}

    /** What keeps them from being issued, what lies deepest first. */
    static List<Hindrance> of(DesiredCertificates desired, ObservedCertificates observed) {
        List<Hindrance> found = new ArrayList<>();
        observed.early()
                .forEach((name, begins) -> found.add(new Hindrance(
                        Fault.INFRASTRUCTURE,
                        "ClockSkew",
                        name + " is good from " + begins + " on, which by our clock is still to come",
                        Duration.ZERO)));
        for (TenantCertificate row : TenantCertificate.of(desired.authorities(), desired.serviceAccount())) {
            String why = observed.waiting().get(row.name());
            if (why != null) {
                found.add(hindrance(observed, row, why));
            }
        }
        return found.stream()
                .sorted(Comparator.comparingInt(hindrance -> rank(hindrance.reason())))
                .toList();
    }

    private static int rank(String reason) {
        List<String> order =
                List.of("ClockSkew", "RequestDenied", "IssuerNotReady", "IssuingFailed", "CertManagerSilent");
        int place = order.indexOf(reason);
        return place < 0 ? order.size() : place;
    }

    private static Hindrance hindrance(ObservedCertificates observed, TenantCertificate row, String why) {
        String sentence = "Certificate/" + row.name() + ": " + why;
        JsonNode certificate = observed.objects().entrySet().stream()
                .filter(entry -> entry.getKey().kind().equals(ResourceKind.CERTIFICATE)
                        && entry.getKey().name().equals(row.name()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(MissingNode.getInstance());
        JsonNode issuing = Conditions.of(certificate, "Issuing");
        if (issuing.path("status").asString("").equals("False")) {
            boolean denied = issuing.path("reason").asString("").equals("Denied");
            return new Hindrance(Fault.INFRASTRUCTURE, denied ? "RequestDenied" : "IssuingFailed", sentence);
        }
        if (Conditions.of(certificate, "Ready").isMissingNode()) {
            return new Hindrance(Fault.INFRASTRUCTURE, "CertManagerSilent", sentence, Hindrance.LATER);
        }
        JsonNode issuer = CertificatesObserver.issuer(row, observed.objects());
        boolean unfit = issuer != null && Conditions.is(issuer, "Ready", "False");
        return new Hindrance(
                Fault.INFRASTRUCTURE, unfit ? "IssuerNotReady" : "NotIssuedYet", sentence, Hindrance.LATER);
    }
}
