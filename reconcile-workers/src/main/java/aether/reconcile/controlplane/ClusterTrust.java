package aether.reconcile.controlplane;

import aether.domain.cluster.CertificateAuthority;
import aether.domain.cluster.ClusterId;
import aether.reconcile.render.Labels;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.TenantNames;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The one place where it stands whom a tenant's parts trust: for each CA its own certificate, and during a rotation
 * both of them. Never a {@code ca.crt} of cert-manager's: that of an authority is the root above it, and that of a leaf
 * changes with the leaf.
 */
public final class ClusterTrust {

    /** Of the cluster CA: the ConfigMap, the volume that mounts it, and its directory below {@code /pki}. */
    public static final String NAME = name(CertificateAuthority.CLUSTER);

    /** The same of the etcd CA. */
    static final String ETCD = name(CertificateAuthority.ETCD);

    /** The same of the front-proxy CA. */
    static final String FRONT_PROXY = name(CertificateAuthority.FRONT_PROXY);

    static final String ENTRY = "ca.crt";

    private ClusterTrust() {}

    private static String name(CertificateAuthority which) {
        return which.published() + "-trust";
    }

    /** Where a pod finds that of the cluster CA. */
    static String file() {
        return file(NAME);
    }

    /** Where a pod finds one. */
    static String file(String name) {
        return "/pki/" + name + "/" + ENTRY;
    }

    /** Where a tenant's is, of the cluster CA. */
    public static ObjectRef of(ClusterId clusterId) {
        return new ObjectRef(ResourceKind.CONFIG_MAP, TenantNames.namespace(clusterId), NAME);
    }

    /** Certificates in PEM, the oldest first; empty when there are none. */
    public static String read(JsonNode configMap) {
        return configMap.path("data").path(ENTRY).asString("");
    }

    /** One for each CA. */
    static List<Rendered> render(DesiredControlPlane desired, TrustBundles trust) {
        return Stream.of(CertificateAuthority.values())
                .map(which -> render(desired, name(which), trust.of(which)))
                .toList();
    }

    private static Rendered render(DesiredControlPlane desired, String name, String bundle) {
        return Rendered.of(new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(TenantNames.namespace(desired.clusterId()))
                .withName(name)
                .withLabels(Labels.of(desired.organizationId(), desired.clusterId()))
                .endMetadata()
                .addToData(ENTRY, bundle)
                .build());
    }
}
