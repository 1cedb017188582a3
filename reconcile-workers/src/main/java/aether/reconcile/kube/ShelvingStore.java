package aether.reconcile.kube;

import aether.reconcile.render.Labels;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.ResourceKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An informer's store that puts what it is given onto a shelf, before anybody is told of it, and keeps for itself only
 * what tells that an object is there, is another one or is gone.
 */
final class ShelvingStore implements ItemStore<GenericKubernetesResource> {

    private final ResourceKind kind;
    private final ObjectShelf shelf;
    private final Map<String, There> objects = new ConcurrentHashMap<>();

    /** One that is there, by what has to be known of it once it is gone. */
    private record There(
            @Nullable String namespace,
            String name,
            String version,
            @Nullable String cluster) {

        static There of(ObjectMeta metadata) {
            return new There(
                    metadata.getNamespace(),
                    metadata.getName(),
                    Objects.requireNonNullElse(metadata.getResourceVersion(), ""),
                    metadata.getLabels() == null ? null : metadata.getLabels().get(Labels.CLUSTER));
        }

        GenericKubernetesResource object(String uid) {
            ObjectMeta metadata = new ObjectMeta();
            metadata.setUid(uid);
            metadata.setNamespace(namespace);
            metadata.setName(name);
            metadata.setResourceVersion(version);
            metadata.setLabels(cluster == null ? Map.of() : Map.of(Labels.CLUSTER, cluster));
            GenericKubernetesResource object = new GenericKubernetesResource();
            object.setMetadata(metadata);
            return object;
        }
    }

    ShelvingStore(ResourceKind kind, ObjectShelf shelf) {
        this.kind = kind;
        this.shelf = shelf;
    }

    @Override
    public @Nullable GenericKubernetesResource put(String key, GenericKubernetesResource object) {
        boolean news = shelf.put(kind, FabricKubeApi.tree(object, kind));
        if (!news && object instanceof Told told) {
            told.echoes();
        }
        return restored(key, objects.put(key, There.of(object.getMetadata())));
    }

    @Override
    public @Nullable GenericKubernetesResource remove(String key) {
        There gone = objects.remove(key);
        if (gone != null) {
            String namespace = gone.namespace();
            shelf.remove(new ObjectRef(kind, namespace == null ? "" : namespace, gone.name()), key);
        }
        return restored(key, gone);
    }

    private static @Nullable GenericKubernetesResource restored(String uid, @Nullable There there) {
        return there == null ? null : there.object(uid);
    }

    /** Another object of the same name is another object. */
    @Override
    public String getKey(GenericKubernetesResource object) {
        return Cache.metaUidKeyFunc(object);
    }

    @Override
    public Stream<String> keySet() {
        return objects.keySet().stream();
    }

    @Override
    public Stream<GenericKubernetesResource> values() {
        return objects.entrySet().stream().map(entry -> entry.getValue().object(entry.getKey()));
    }

    @Override
    public @Nullable GenericKubernetesResource get(String key) {
        return restored(key, objects.get(key));
    }

    @Override
    public int size() {
        return objects.size();
    }

    @Override
    public boolean isFullState() {
        return false;
    }
}
