package aether.reconcile.controlplane;

import aether.domain.cluster.ClusterId;
import aether.reconcile.certificates.TenantCertificate;
import aether.reconcile.kube.KubeApi;
import aether.reconcile.kube.TenantAccess;
import aether.reconcile.kube.TenantApis;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Pem;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.TenantNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Finds the way into a tenant's own API from what lies in the management cluster. */
public final class TenantDoor {

    private final KubeApi cluster;
    private final TenantApis tenants;
    private final TenantApiAddress addresses;

    /** A door for every tenant. */
    public TenantDoor(KubeApi cluster, TenantApis tenants, TenantApiAddress addresses) {
        this.cluster = cluster;
        this.tenants = tenants;
        this.addresses = addresses;
    }

    /**
     * The tenant's API with the rights of its administrator; empty while certificates or address are missing.
     *
     * @param endpoint the published endpoint, host and port
     */
    public Optional<KubeApi> open(ClusterId clusterId, String endpoint) {
        String namespace = TenantNames.namespace(clusterId);
        Map<ObjectRef, JsonNode> objects = new HashMap<>();
        for (ObjectRef ref : needed(namespace)) {
            cluster.find(ref).ifPresent(found -> objects.put(ref, found));
        }
        return access(objects, namespace, endpoint, addresses).map(access -> tenants.of(clusterId, access));
    }

    private static List<ObjectRef> needed(String namespace) {
        return List.of(
                new ObjectRef(ResourceKind.SERVICE, namespace, TenantNames.API_SERVICE),
                new ObjectRef(ResourceKind.CONFIG_MAP, namespace, ClusterTrust.NAME),
                new ObjectRef(ResourceKind.SECRET, namespace, TenantCertificate.ADMIN));
    }

    /** The access that follows from these objects. */
    static Optional<TenantAccess> access(
            Map<ObjectRef, JsonNode> objects, String namespace, String endpoint, TenantApiAddress addresses) {
        List<ObjectRef> needed = needed(namespace);
        JsonNode service = objects.get(needed.get(0));
        JsonNode trust = objects.get(needed.get(1));
        JsonNode admin = objects.get(needed.get(2));
        if (service == null
                || trust == null
                || admin == null
                || ClusterTrust.read(trust).isEmpty()
                || Pem.certificate(admin, "tls.crt").isEmpty()) {
            return Optional.empty();
        }
        return addresses
                .of(endpoint, service)
                .map(address -> new TenantAccess(
                        address, ClusterTrust.read(trust), Pem.text(admin, "tls.crt"), Pem.text(admin, "tls.key")));
    }
}
