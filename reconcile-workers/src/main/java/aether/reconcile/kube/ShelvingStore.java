package aether.reconcile.kube;

import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.ResourceKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An informer's store that puts what it is given onto a shelf as well, before anybody is told of it. */
final class ShelvingStore implements ItemStore<GenericKubernetesResource> {

    private final ResourceKind kind;
    private final ObjectShelf shelf;
    private final ItemStore<GenericKubernetesResource> store;

    ShelvingStore(ResourceKind kind, ObjectShelf shelf, ItemStore<GenericKubernetesResource> store) {
        this.kind = kind;
        this.shelf = shelf;
        this.store = store;
    }

    @Override
    public @Nullable GenericKubernetesResource put(String key, GenericKubernetesResource object) {
        shelf.put(kind, FabricKubeApi.tree(object, kind));
        return store.put(key, object);
    }

    @Override
    public @Nullable GenericKubernetesResource remove(String key) {
        GenericKubernetesResource gone = store.remove(key);
        if (gone != null) {
            String namespace = gone.getMetadata().getNamespace();
            shelf.remove(
                    new ObjectRef(
                            kind,
                            namespace == null ? "" : namespace,
                            gone.getMetadata().getName()),
                    gone.getMetadata().getUid());
        }
        return gone;
    }

    @Override
    public String getKey(GenericKubernetesResource object) {
        return store.getKey(object);
    }

    @Override
    public Stream<String> keySet() {
        return store.keySet();
    }

    @Override
    public Stream<GenericKubernetesResource> values() {
        return store.values();
    }

    @Override
    public @Nullable GenericKubernetesResource get(String key) {
        return store.get(key);
    }

    @Override
    public int size() {
        return store.size();
    }

    @Override
    public boolean isFullState() {
        return false;
    }
}
