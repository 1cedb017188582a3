package aether.reconcile.controlplane;

import aether.domain.cluster.ClusterAuthority;
import aether.domain.cluster.ClusterId;
import aether.reconcile.certificates.TenantCertificate;
import aether.reconcile.render.Labels;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Pem;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.TenantNames;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The one place where it stands whom a tenant's parts trust: the cluster CA's own certificate, and during a rotation
 * both. Never a {@code ca.crt} of cert-manager's: that of an authority is the root above it, and that of a leaf changes
 * with the leaf.
 */
public final class ClusterTrust {

    /** The ConfigMap, the volume that mounts it, and its directory below {@code /pki}. */
    public static final String NAME = "cluster-trust";

    static final String ENTRY = "ca.crt";

    private ClusterTrust() {}

    /** Where a pod finds it. */
    static String file() {
        return "/pki/" + NAME + "/" + ENTRY;
    }

    /** Where a tenant's is. */
    public static ObjectRef of(ClusterId clusterId) {
        return new ObjectRef(ResourceKind.CONFIG_MAP, TenantNames.namespace(clusterId), NAME);
    }

    /** Certificates in PEM, the oldest first; empty when there are none. */
    public static String read(JsonNode configMap) {
        return configMap.path("data").path(ENTRY).asString("");
    }

    /**
     * What should stand there.
     *
     * @param secrets of the tenant's namespace, by name; those of the trusted generations are there
     */
    static String bundle(ClusterAuthority authority, Map<String, JsonNode> secrets) {
        StringBuilder bundle = new StringBuilder();
        for (int generation : authority.trusted()) {
            JsonNode secret = secrets.get(TenantCertificate.clusterAuthority(generation));
            if (secret != null) {
                bundle.append(Pem.text(secret, "tls.crt").strip()).append('\n');
            }
        }
        return bundle.toString();
    }

    static Rendered render(DesiredControlPlane desired, String bundle) {
        return Rendered.of(new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(TenantNames.namespace(desired.clusterId()))
                .withName(NAME)
                .withLabels(Labels.of(desired.organizationId(), desired.clusterId()))
                .endMetadata()
                .addToData(ENTRY, bundle)
                .build());
    }
}
