package aether.reconcile.publicname;

import aether.reconcile.render.Labels;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.TenantNames;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Renders what cert-manager needs for a public name; pure. */
public final class PublicNameRendering {

    private static final String API_VERSION = "cert-manager.io/v1";

    private PublicNameRendering() {}

    /**
     * The site's issuer, the same for every tenant: one account at the authority, whose limits count accounts, and the
     * key to the zone lies where cert-manager alone looks.
     */
    public static Rendered issuer(PublicNames site) {
        Map<String, Object> acme = new LinkedHashMap<>();
        acme.put("server", site.server().toString());
        if (!site.email().isEmpty()) {
            acme.put("email", site.email());
        }
        if (!site.caBundle().isEmpty()) {
            acme.put("caBundle", site.caBundle());
        }
        acme.put("privateKeySecretRef", Map.of("name", TenantNames.PUBLIC_ISSUER + "-account"));
        Map<String, Object> dns01 = new LinkedHashMap<>(site.solver().rendered());
        dns01.put("cnameStrategy", "Follow");
        acme.put("solvers", List.of(Map.of("dns01", dns01)));
        return Rendered.of(new GenericKubernetesResourceBuilder()
                .withApiVersion(API_VERSION)
                .withKind("ClusterIssuer")
                .withNewMetadata()
                .withName(TenantNames.PUBLIC_ISSUER)
                .withLabels(Map.of(Labels.PART_OF, Labels.AETHER, Labels.MANAGED_BY, Labels.AETHER))
                .endMetadata()
                .addToAdditionalProperties("spec", Map.of("acme", acme))
                .build());
    }

    /** The tenant's certificate. How long it is good is the authority's to say, so no duration is asked for. */
    public static Rendered certificate(DesiredPublicName desired) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("secretName", TenantNames.PUBLIC_NAME);
        spec.put(
                "issuerRef",
                Map.of("group", "cert-manager.io", "kind", "ClusterIssuer", "name", TenantNames.PUBLIC_ISSUER));
        spec.put("dnsNames", List.of(desired.wanted()));
        spec.put("privateKey", Map.of("algorithm", "ECDSA", "size", 256, "rotationPolicy", "Always"));
        spec.put("usages", List.of("digital signature", "key encipherment", "server auth"));
        Map<String, String> labels = Labels.of(desired.organizationId(), desired.clusterId());
        spec.put("secretTemplate", Map.of("labels", labels));
        return Rendered.of(new GenericKubernetesResourceBuilder()
                .withApiVersion(API_VERSION)
                .withKind("Certificate")
                .withNewMetadata()
                .withNamespace(TenantNames.namespace(desired.clusterId()))
                .withName(TenantNames.PUBLIC_NAME)
                .withLabels(labels)
                .endMetadata()
                .addToAdditionalProperties("spec", spec)
                .build());
    }
}
