package aether.reconcile.certificates;

import aether.domain.cluster.ClusterId;
import aether.reconcile.render.Labels;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.TenantNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The first of two layers of a tenant's PKI: a ClusterIssuer of the tenant's own, whose key lies where only
 * cert-manager looks. It signs the tenant's three authorities and nothing else. One root per tenant: were it shared,
 * every tenant's authority could vouch for administrators of every other tenant at whoever trusts the root.
 */
public final class RootRendering {

    private RootRendering() {}

    /** Self-signed issuer, root certificate and ClusterIssuer, in the order in which they build upon one another. */
    static List<Rendered> of(DesiredCertificates desired) {
        String root = TenantNames.root(desired.clusterId());
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("secretName", root);
        spec.put("issuerRef", Map.of("group", "cert-manager.io", "kind", "Issuer", "name", root));
        spec.put("commonName", commonName(desired.clusterId()));
        spec.put("isCA", true);
        spec.put("duration", CertificateRendering.AUTHORITY_DURATION);
        spec.put("privateKey", Map.of("algorithm", "ECDSA", "size", 256, "rotationPolicy", "Never"));
        spec.put("usages", TenantCertificate.SIGN);
        spec.put("secretTemplate", Map.of("labels", Labels.of(desired.organizationId(), desired.clusterId())));
        return List.of(
                CertificateRendering.object(
                        desired, "Issuer", TenantNames.CLUSTER_RESOURCES, root, Map.of("selfSigned", Map.of())),
                CertificateRendering.object(desired, "Certificate", TenantNames.CLUSTER_RESOURCES, root, spec),
                CertificateRendering.object(
                        desired, "ClusterIssuer", "", root, Map.of("ca", Map.of("secretName", root))));
    }

    /** X.509 allows 64 characters (RFC 5280, upper bounds); a cluster id has 36. */
    private static String commonName(ClusterId cluster) {
        return "aether-root-" + cluster;
    }

    /**
     * What lies outside of the tenant's namespace and has to be taken away by name, in this order: first what would
     * make the next one again.
     */
    public static List<ObjectRef> outsideOfTheNamespace(ClusterId cluster) {
        String root = TenantNames.root(cluster);
        return List.of(
                new ObjectRef(ResourceKind.CLUSTER_ISSUER, "", root),
                new ObjectRef(ResourceKind.CERTIFICATE, TenantNames.CLUSTER_RESOURCES, root),
                new ObjectRef(ResourceKind.ISSUER, TenantNames.CLUSTER_RESOURCES, root),
                new ObjectRef(ResourceKind.SECRET, TenantNames.CLUSTER_RESOURCES, root));
    }
}
