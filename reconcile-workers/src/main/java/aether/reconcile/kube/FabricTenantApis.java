package aether.reconcile.kube;

import aether.domain.cluster.ClusterId;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Connections to tenants' APIs, the most recently used ones kept open. */
public final class FabricTenantApis implements TenantApis, AutoCloseable {

    /** A connection costs some hundred kilobytes; beyond this the one unused for longest is closed. */
    private static final int OPEN_MAX = 256;

    private record Open(TenantAccess access, KubernetesClient client) {}

    private final Map<ClusterId, Open> open = new LinkedHashMap<>(16, 0.75f, true);

    /** No connections yet. */
    public FabricTenantApis() {}

    @Override
    public synchronized KubeApi of(ClusterId clusterId, TenantAccess access) {
        Open current = open.get(clusterId);
        if (current == null || !current.access().equals(access)) {
            forget(clusterId);
            current = new Open(access, KubeClients.tenant(access));
            open.put(clusterId, current);
            if (open.size() > OPEN_MAX) {
                forget(open.keySet().iterator().next());
            }
        }
        return new FabricKubeApi(current.client(), Side.TENANT);
    }

    @Override
    public synchronized Optional<KubeApi> current(ClusterId clusterId) {
        return Optional.ofNullable(open.get(clusterId)).map(found -> new FabricKubeApi(found.client(), Side.TENANT));
    }

    @Override
    public synchronized void forget(ClusterId clusterId) {
        Open gone = open.remove(clusterId);
        if (gone != null) {
            gone.client().close();
        }
    }

    @Override
    public synchronized void close() {
        open.values().forEach(each -> each.client().close());
        open.clear();
    }
}
