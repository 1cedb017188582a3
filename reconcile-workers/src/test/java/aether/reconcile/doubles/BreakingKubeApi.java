package aether.reconcile.doubles;

import aether.reconcile.kube.KubeApi;
import aether.reconcile.kube.ManagementCluster;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.ResourceKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A Kubernetes API whose writes may break. */
public final class BreakingKubeApi implements ManagementCluster {

    private final String name;
    private final KubeApi api;
    private final Breaker breaker;

    /** Breaks the writes to an API. */
    public BreakingKubeApi(String name, KubeApi api, Breaker breaker) {
        this.name = name;
        this.api = api;
        this.breaker = breaker;
    }

    @Override
    public KubeApi live() {
        return this;
    }

    @Override
    public Watching watch(Listener listener) {
        return () -> {};
    }

    @Override
    public Optional<JsonNode> find(ObjectRef ref) {
        return api.find(ref);
    }

    @Override
    public List<JsonNode> list(ResourceKind kind, String namespace, Map<String, String> labels) {
        return api.list(kind, namespace, labels);
    }

    @Override
    public void apply(Rendered rendered) {
        breaker.around("apply " + shown(rendered.ref()), () -> api.apply(rendered));
    }

    @Override
    public boolean create(Rendered rendered) {
        return breaker.around("create " + shown(rendered.ref()), () -> api.create(rendered));
    }

    @Override
    public void delete(ObjectRef ref, String uid) {
        breaker.around("delete " + shown(ref), () -> api.delete(ref, uid));
    }

    @Override
    public List<ObjectRef> names(ResourceKind kind) {
        return api.names(kind);
    }

    @Override
    public void rewrite(ObjectRef ref) {
        breaker.around("rewrite " + shown(ref), () -> api.rewrite(ref));
    }

    @Override
    public String version() {
        return api.version();
    }

    private String shown(ObjectRef ref) {
        return name + " " + ref.namespace() + " " + ref.shown();
    }
}
