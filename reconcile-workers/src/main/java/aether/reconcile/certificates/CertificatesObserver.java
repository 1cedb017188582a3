package aether.reconcile.certificates;

import aether.domain.cluster.IssuedCertificate;
import aether.reconcile.kube.KubeApi;
import aether.reconcile.render.Labels;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Pem;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.TenantNames;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Looks at a tenant's certificates; takes no action. */
public final class CertificatesObserver {

    private final KubeApi cluster;

    /** Looks into the management cluster. */
    public CertificatesObserver(KubeApi cluster) {
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
        Map<String, JsonNode> secrets = new HashMap<>();
        cluster.list(ResourceKind.SECRET, namespace, ours)
                .forEach(secret -> secrets.put(secret.at("/metadata/name").asString(""), secret));
        return observed(desired, namespace, objects, secrets);
    }

    private static ObservedCertificates observed(
            DesiredCertificates desired,
            String namespace,
            Map<ObjectRef, JsonNode> objects,
            Map<String, JsonNode> secrets) {
        Map<String, X509Certificate> issued = IssuedCertificates.in(secrets);
        Map<String, String> waiting = new HashMap<>();
        Map<String, IssuedCertificate> known = new HashMap<>();
        for (TenantCertificate row : TenantCertificate.of(desired.authority(), desired.serviceAccount())) {
            JsonNode object = objects.get(new ObjectRef(ResourceKind.CERTIFICATE, namespace, row.name()));
            String why = object == null ? "it does not exist" : notReady(object);
            if (why.isEmpty()) {
                why = IssuedCertificates.missing(row, issued);
            }
            if (why.isEmpty()) {
                known.put(row.name(), IssuedCertificates.described(row.name(), issued.get(row.name())));
            } else {
                waiting.put(row.name(), why);
            }
        }
        X509Certificate signer = issued.get(
                TenantCertificate.clusterAuthority(desired.authority().signsServers()));
        return new ObservedCertificates(
                objects,
                waiting,
                known,
                authorities(namespace, objects, secrets),
                signer == null ? "" : Pem.fingerprint(signer),
                known.values().stream()
                        .map(IssuedCertificate::notAfter)
                        .min(Comparator.naturalOrder())
                        .orElse(Instant.MAX));
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

    private static String notReady(JsonNode certificate) {
        for (JsonNode condition : certificate.at("/status/conditions")) {
            if (condition.path("type").asString("").equals("Ready")) {
                long seen = condition.path("observedGeneration").asLong(0);
                boolean current = seen == 0
                        || seen >= certificate.at("/metadata/generation").asLong(0);
                if (condition.path("status").asString("").equals("True")) {
                    return current ? "" : "its change is not issued yet";
                }
                return condition.path("reason").asString("") + " "
                        + condition.path("message").asString("");
            }
        }
        return "it was not looked at yet";
    }
}
