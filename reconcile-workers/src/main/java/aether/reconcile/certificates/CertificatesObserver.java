package aether.reconcile.certificates;

import aether.domain.cluster.CertificateAuthority;
import aether.domain.cluster.IssuedCertificate;
import aether.reconcile.kube.Conditions;
import aether.reconcile.kube.KubeApi;
import aether.reconcile.render.Labels;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Pem;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.TenantNames;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Looks at a tenant's certificates; takes no action. */
public final class CertificatesObserver {

    /** What cert-manager says may be long; an event keeps the beginning. */
    private static final int REASON_MAX = 300;

    /** Clocks that are kept are closer; a certificate begins in the second in which it is signed. */
    private static final Duration CLOCKS_APART = Duration.ofSeconds(5);

    private final KubeApi cluster;
    private final InstantSource clock;

    /** Looks into the management cluster. */
    public CertificatesObserver(KubeApi cluster, InstantSource clock) {
        this.clock = clock;
        this.cluster = cluster;
    }

    /** What is there now. */
    public ObservedCertificates observe(DesiredCertificates desired) {
        String namespace = TenantNames.namespace(desired.clusterId());
        Map<String, String> ours = Map.of(Labels.CLUSTER, desired.clusterId().toString());
        Map<ObjectRef, JsonNode> objects = new HashMap<>();
        ObjectRef own = new ObjectRef(ResourceKind.NAMESPACE, "", namespace);
        cluster.find(own).ifPresent(found -> objects.put(own, found));
        for (ObjectRef outside : RootRendering.outsideOfTheNamespace(desired.clusterId())) {
            if (!outside.kind().equals(ResourceKind.SECRET)) { // nobody but cert-manager reads a root's key
                cluster.find(outside).ifPresent(found -> objects.put(outside, found));
            }
        }
        for (ResourceKind kind : List.of(ResourceKind.ISSUER, ResourceKind.CERTIFICATE)) {
            cluster.list(kind, namespace, ours)
                    .forEach(object -> objects.put(
                            new ObjectRef(
                                    kind, namespace, object.at("/metadata/name").asString("")),
                            object));
        }
        Map<String, String> notReady = notReady(desired, namespace, objects);
        if (!desired.reported() && !notReady.isEmpty()) {
            // Until the last one is ready, nobody asks what is in the others; there are a dozen looks on the way.
            return new ObservedCertificates(objects, notReady, Map.of(), Map.of(), "", Instant.MAX, Map.of(), "");
        }
        Map<String, JsonNode> secrets = new HashMap<>();
        cluster.list(ResourceKind.SECRET, namespace, ours)
                .forEach(secret -> secrets.put(secret.at("/metadata/name").asString(""), secret));
        return observed(desired, namespace, objects, secrets, notReady);
    }

    /** What cert-manager says of each certificate that is not ready. */
    private static Map<String, String> notReady(
            DesiredCertificates desired, String namespace, Map<ObjectRef, JsonNode> objects) {
        Map<String, String> waiting = new HashMap<>();
        for (TenantCertificate row : TenantCertificate.of(desired.authorities(), desired.serviceAccount())) {
            JsonNode object = objects.get(new ObjectRef(ResourceKind.CERTIFICATE, namespace, row.name()));
            String why = object == null ? "it does not exist" : notReady(object, issuer(row, objects));
            if (!why.isEmpty()) {
                waiting.put(row.name(), why);
            }
        }
        return waiting;
    }

    private ObservedCertificates observed(
            DesiredCertificates desired,
            String namespace,
            Map<ObjectRef, JsonNode> objects,
            Map<String, JsonNode> secrets,
            Map<String, String> notReady) {
        Map<String, X509Certificate> issued = IssuedCertificates.in(secrets);
        Map<String, String> waiting = new HashMap<>();
        Map<String, IssuedCertificate> known = new HashMap<>();
        for (TenantCertificate row : TenantCertificate.of(desired.authorities(), desired.serviceAccount())) {
            String why = notReady.getOrDefault(row.name(), "");
            if (why.isEmpty()) {
                why = IssuedCertificates.missing(row, issued);
            }
            if (why.isEmpty()) {
                known.put(row.name(), IssuedCertificates.described(row.name(), issued.get(row.name())));
            } else {
                waiting.put(row.name(), why);
            }
        }
        X509Certificate signer = issued.get(CertificateAuthority.CLUSTER.certificate(
                desired.authorities().cluster().signsServers()));
        Map<String, Instant> overdue = Renewals.overdue(
                TenantCertificate.of(desired.authorities(), desired.serviceAccount()), issued, clock.instant());
        return new ObservedCertificates(
                objects,
                waiting,
                known,
                authorities(namespace, objects, secrets),
                signer == null ? "" : Pem.fingerprint(signer),
                known.values().stream()
                        .map(IssuedCertificate::notAfter)
                        .min(Comparator.naturalOrder())
                        .orElse(Instant.MAX),
                overdue,
                overdue.entrySet().stream()
                        .min(Map.Entry.comparingByValue())
                        .map(first -> objects.get(new ObjectRef(ResourceKind.CERTIFICATE, namespace, first.getKey())))
                        .map(CertificatesObserver::failure)
                        .orElse(""),
                early(issued, clock.instant()));
    }

    /** Whoever signs has another clock than we, and everybody who verifies has ours or another. */
    private static Map<String, Instant> early(Map<String, X509Certificate> issued, Instant now) {
        Map<String, Instant> early = new TreeMap<>();
        issued.forEach((name, certificate) -> {
            Instant begins = certificate.getNotBefore().toInstant();
            if (begins.isAfter(now.plus(CLOCKS_APART))) {
                early.put(name, begins);
            }
        });
        return early;
    }

    /** What cert-manager says of a renewal that does not come. */
    private static String failure(JsonNode certificate) {
        JsonNode issuing = Conditions.of(certificate, "Issuing");
        String said = issuing.path("status").asString("").equals("False") ? said(issuing) : "";
        return said.length() <= REASON_MAX ? said : said.substring(0, REASON_MAX);
    }

    private static Map<ObjectRef, String> authorities(
            String namespace, Map<ObjectRef, JsonNode> objects, Map<String, JsonNode> secrets) {
        Map<ObjectRef, JsonNode> all = new HashMap<>(objects);
        secrets.forEach((name, secret) -> all.put(new ObjectRef(ResourceKind.SECRET, namespace, name), secret));
        Map<ObjectRef, String> uids = new HashMap<>();
        all.forEach((ref, object) -> {
            if (ref.namespace().equals(namespace) && TenantCertificate.isRotated(ref.name())) {
                uids.put(ref, object.at("/metadata/uid").asString(""));
            }
        });
        return uids;
    }

    static @Nullable JsonNode issuer(TenantCertificate row, Map<ObjectRef, JsonNode> objects) {
        return objects.entrySet().stream()
                .filter(entry -> row.issuer().isEmpty()
                        ? entry.getKey().kind().equals(ResourceKind.CLUSTER_ISSUER)
                        : entry.getKey().kind().equals(ResourceKind.ISSUER)
                                && entry.getKey().name().equals(row.issuer()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    /**
     * Why a certificate is not there. Its own Ready says what is wrong with the Secret; that a request was denied or
     * failed is said by Issuing, and that there is nobody to sign by the issuer alone.
     */
    private static String notReady(JsonNode certificate, @Nullable JsonNode issuer) {
        JsonNode ready = Conditions.of(certificate, "Ready");
        if (ready.isMissingNode()) {
            return "it was not looked at yet";
        }
        if (ready.path("status").asString("").equals("True")) {
            long seen = ready.path("observedGeneration").asLong(0);
            boolean current =
                    seen == 0 || seen >= certificate.at("/metadata/generation").asLong(0);
            return current ? "" : "its change is not issued yet";
        }
        JsonNode issuing = Conditions.of(certificate, "Issuing");
        if (issuing.path("status").asString("").equals("False")) {
            return said(issuing);
        }
        JsonNode signing = issuer == null ? ready : Conditions.of(issuer, "Ready");
        return signing.path("status").asString("").equals("False") && issuer != null
                ? said(ready) + "; its issuer: " + said(signing)
                : said(ready);
    }

    private static String said(JsonNode condition) {
        return condition.path("reason").asString("") + " "
                + condition.path("message").asString("");
    }
}
