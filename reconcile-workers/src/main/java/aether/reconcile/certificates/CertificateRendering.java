package aether.reconcile.certificates;

import aether.domain.cluster.ApiNames;
import aether.reconcile.render.Labels;
import aether.reconcile.render.NamespaceRendering;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.TenantNames;
import aether.reconcile.render.TenantNetwork;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Renders the PKI table as cert-manager objects. */
public final class CertificateRendering {

    private static final String API_VERSION = "cert-manager.io/v1";
    /** Ten years: renewing an authority by itself would break trust, so its end is a matter for a planned rotation. */
    static final String AUTHORITY_DURATION = "87600h0m0s";
    /** cert-manager renews a third before the end. */
    private static final String LEAF_DURATION = "2160h0m0s";

    private CertificateRendering() {}

    /** The tenant's root, namespace, issuers and certificates, in the order in which they build upon one another. */
    public static List<Rendered> of(DesiredCertificates desired) {
        List<Rendered> objects = new ArrayList<>();
        objects.add(NamespaceRendering.of(desired.organizationId(), desired.clusterId()));
        objects.addAll(RootRendering.of(desired));
        for (TenantCertificate row : TenantCertificate.of(desired.authorities(), desired.serviceAccount())) {
            objects.add(certificate(desired, row));
            if (row.kind() == TenantCertificate.Kind.AUTHORITY) {
                objects.add(issuer(desired, row.name(), Map.of("ca", Map.of("secretName", row.name()))));
            }
        }
        return List.copyOf(objects);
    }

    private static Rendered issuer(DesiredCertificates desired, String name, Map<String, Object> spec) {
        return object(desired, "Issuer", TenantNames.namespace(desired.clusterId()), name, spec);
    }

    private static Rendered certificate(DesiredCertificates desired, TenantCertificate row) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("secretName", row.name());
        spec.put(
                "issuerRef",
                row.issuer().isEmpty()
                        ? Map.of(
                                "group",
                                "cert-manager.io",
                                "kind",
                                "ClusterIssuer",
                                "name",
                                TenantNames.root(desired.clusterId()))
                        : Map.of("group", "cert-manager.io", "kind", "Issuer", "name", row.issuer()));
        spec.put("commonName", row.commonName());
        if (!row.organizations().isEmpty()) {
            spec.put("subject", Map.of("organizations", row.organizations()));
        }
        boolean authority = row.kind() == TenantCertificate.Kind.AUTHORITY;
        boolean leaf = row.kind() == TenantCertificate.Kind.LEAF;
        if (authority) {
            spec.put("isCA", true);
        }
        spec.put("duration", leaf ? LEAF_DURATION : AUTHORITY_DURATION);
        spec.put("privateKey", privateKey(row));
        spec.put("usages", row.usages());
        names(desired, row, spec);
        // The Secret carries our labels, so that the watch sees it change.
        spec.put("secretTemplate", Map.of("labels", Labels.of(desired.organizationId(), desired.clusterId())));
        return object(desired, "Certificate", TenantNames.namespace(desired.clusterId()), row.name(), spec);
    }

    private static Map<String, Object> privateKey(TenantCertificate row) {
        return switch (row.kind()) {
            case AUTHORITY -> Map.of("algorithm", "ECDSA", "size", 256, "rotationPolicy", "Never");
            case LEAF -> Map.of("algorithm", "ECDSA", "size", 256, "rotationPolicy", "Always");
            // Kubernetes signs service-account tokens with RSA keys everywhere, ECDSA not in every client.
            case KEY_PAIR -> Map.of("algorithm", "RSA", "size", 2048, "rotationPolicy", "Never");
        };
    }

    private static void names(DesiredCertificates desired, TenantCertificate row, Map<String, Object> spec) {
        String namespace = TenantNames.namespace(desired.clusterId());
        switch (row.serves()) {
            case NOTHING -> {
                // proves who its bearer is, answers to no name
            }
            case API -> {
                String service = TenantNames.API_SERVICE;
                List<String> dnsNames = new ArrayList<>(List.of(
                        "kubernetes",
                        "kubernetes.default",
                        "kubernetes.default.svc",
                        "kubernetes.default.svc.cluster.local",
                        service,
                        service + "." + namespace + ".svc",
                        "localhost"));
                List<String> ipAddresses = new ArrayList<>(List.of("127.0.0.1", TenantNetwork.KUBERNETES_SERVICE));
                List<String> further = new ArrayList<>(List.of(desired.endpointHost()));
                further.addAll(desired.apiNames());
                for (String name : further) {
                    List<String> names = ApiNames.isAddress(name) ? ipAddresses : dnsNames;
                    if (!names.contains(name)) {
                        names.add(name);
                    }
                }
                spec.put("dnsNames", dnsNames);
                spec.put("ipAddresses", ipAddresses);
            }
            case AGENTS ->
                spec.put(
                        ApiNames.isAddress(desired.endpointHost()) ? "ipAddresses" : "dnsNames",
                        List.of(desired.endpointHost()));
            case ETCD -> {
                String service = TenantNames.ETCD + "." + namespace + ".svc";
                List<String> dnsNames = new ArrayList<>(List.of(TenantNames.ETCD, service));
                // Each member by its whole name: etcd looks up whether a peer's address is one of its certificate's
                // names.
                for (int member = 0; member < desired.etcdMembers(); member++) {
                    dnsNames.add(TenantNames.ETCD + "-" + member + "." + service);
                }
                dnsNames.add("localhost");
                spec.put("dnsNames", dnsNames);
                spec.put("ipAddresses", List.of("127.0.0.1"));
            }
        }
    }

    /** An object of cert-manager; a kind without a namespace has an empty one. */
    static Rendered object(
            DesiredCertificates desired, String kind, String namespace, String name, Map<String, Object> spec) {
        GenericKubernetesResource object = new GenericKubernetesResourceBuilder()
                .withApiVersion(API_VERSION)
                .withKind(kind)
                .withNewMetadata()
                .withNamespace(namespace.isEmpty() ? null : namespace)
                .withName(name)
                .withLabels(Labels.of(desired.organizationId(), desired.clusterId()))
                .endMetadata()
                .addToAdditionalProperties("spec", spec)
                .build();
        return Rendered.of(object);
    }
}
