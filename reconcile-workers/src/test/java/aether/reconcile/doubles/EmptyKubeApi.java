package aether.reconcile.doubles;

import aether.reconcile.kube.KubeApi;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.ResourceKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A Kubernetes API that keeps what is written, where nobody else does anything. */
public final class EmptyKubeApi implements KubeApi {

    private final Map<ObjectRef, ObjectNode> objects = new LinkedHashMap<>();

    /** An API with nothing in it. */
    public EmptyKubeApi() {}

    @Override
    public Optional<JsonNode> find(ObjectRef ref) {
        return Optional.ofNullable(objects.get(ref));
    }

    @Override
    public List<JsonNode> list(ResourceKind kind, String namespace, Map<String, String> labels) {
        return objects.entrySet().stream()
                .filter(entry -> entry.getKey().kind().equals(kind)
                        && (namespace.isEmpty() || entry.getKey().namespace().equals(namespace)))
                .<JsonNode>map(Map.Entry::getValue)
                .toList();
    }

    @Override
    public void apply(Rendered rendered) {
        ObjectNode object = rendered.json().deepCopy();
        object.withObject("metadata").put("uid", rendered.ref().toString());
        objects.put(rendered.ref(), object);
    }

    @Override
    public boolean create(Rendered rendered) {
        boolean absent = !objects.containsKey(rendered.ref());
        if (absent) {
            apply(rendered);
        }
        return absent;
    }

    @Override
    public void delete(ObjectRef ref, String uid) {
        objects.remove(ref);
    }

    @Override
    public List<ObjectRef> names(ResourceKind kind) {
        return objects.keySet().stream().filter(ref -> ref.kind().equals(kind)).toList();
    }

    @Override
    public void rewrite(ObjectRef ref) {
        // it is kept as it would be kept
    }

    @Override
    public String version() {
        return "";
    }
}
