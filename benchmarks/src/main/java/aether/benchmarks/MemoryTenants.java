package aether.benchmarks;

import aether.domain.cluster.ClusterId;
import aether.reconcile.kube.KubeApi;
import aether.reconcile.kube.TenantAccess;
import aether.reconcile.kube.TenantApis;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.ResourceKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tenants' own APIs in memory: a thousand of them do not fit onto one machine, and none of them is what is measured.
 */
final class MemoryTenants implements TenantApis {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<ClusterId, Api> apis = new ConcurrentHashMap<>();

    @Override
    public KubeApi of(ClusterId clusterId, TenantAccess access) {
        return apis.computeIfAbsent(clusterId, unused -> new Api());
    }

    @Override
    public Optional<KubeApi> current(ClusterId clusterId) {
        return Optional.ofNullable(apis.get(clusterId));
    }

    @Override
    public void forget(ClusterId clusterId) {
        apis.remove(clusterId);
    }

    /** Keeps text, which is smaller than trees. */
    private static final class Api implements KubeApi {
        private final Map<ObjectRef, byte[]> objects = new ConcurrentHashMap<>();

        @Override
        public Optional<JsonNode> find(ObjectRef ref) {
            return Optional.ofNullable(objects.get(ref)).map(JSON::readTree);
        }

        @Override
        public List<JsonNode> list(ResourceKind kind, String namespace, Map<String, String> labels) {
            return objects.entrySet().stream()
                    .filter(entry -> entry.getKey().kind().equals(kind))
                    .map(entry -> JSON.readTree(entry.getValue()))
                    .toList();
        }

        @Override
        public void apply(Rendered rendered) {
            objects.put(rendered.ref(), rendered.json().toString().getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public boolean create(Rendered rendered) {
            return objects.putIfAbsent(
                            rendered.ref(), rendered.json().toString().getBytes(StandardCharsets.UTF_8))
                    == null;
        }

        @Override
        public void delete(ObjectRef ref, String uid) {
            objects.remove(ref);
        }

        @Override
        public List<ObjectRef> names(ResourceKind kind) {
            return objects.keySet().stream()
                    .filter(ref -> ref.kind().equals(kind))
                    .toList();
        }

        @Override
        public void rewrite(ObjectRef ref) {
            // it is kept as it would be kept
        }

        @Override
        public String version() {
            return "v" + TenantLog.VERSION;
        }
    }
}
