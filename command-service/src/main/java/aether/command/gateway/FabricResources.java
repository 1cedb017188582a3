package aether.command.gateway;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The custom resources through the fabric8 client: read from informers, written with the version that was read. */
final class FabricResources implements CustomResources {

    private static final Logger LOG = LoggerFactory.getLogger(FabricResources.class);

    /** Every resource is looked at this often even when nobody tells of anything. */
    static final Duration RESYNC = Duration.ofMinutes(10);

    private final KubernetesClient client;

    private final Map<ResourceType, SharedIndexInformer<GenericKubernetesResource>> informers =
            new EnumMap<>(ResourceType.class);

    FabricResources(KubernetesClient client) {
        this.client = client;
        for (ResourceType type : ResourceType.values()) {
            informers.put(
                    type,
                    client.genericKubernetesResources(type.context())
                            .inAnyNamespace()
                            .runnableInformer(RESYNC.toMillis())
                            .exceptionHandler((started, thrown) -> away(type, thrown)));
        }
    }

    /** The server may be away, or not know the type yet; the informer goes on trying. */
    private static boolean away(ResourceType type, Throwable thrown) {
        LOG.warn("Expected to watch every {}, but {}; trying again", type.kind(), thrown.getMessage());
        return true;
    }

    @Override
    public Optional<CustomResource> find(ResourceKey key) {
        return Optional.ofNullable(cached(key)).map(object -> read(key.type(), object));
    }

    @Override
    public List<CustomResource> all(ResourceType type) {
        return informer(type).getStore().list().stream()
                .map(object -> read(type, object))
                .toList();
    }

    @Override
    public CustomResource hold(CustomResource resource) {
        return write(resource, object -> {
            List<String> finalizers = new ArrayList<>(object.getMetadata().getFinalizers());
            finalizers.add(CustomResource.FINALIZER);
            object.getMetadata().setFinalizers(finalizers);
            owner(resource).ifPresent(owner -> object.getMetadata().setOwnerReferences(List.of(owner)));
            return client.resource(object).update();
        });
    }

    /** A pool goes with its TenantCluster, as everything does that is made of another. */
    private Optional<OwnerReference> owner(CustomResource resource) {
        if (resource.key().type() != ResourceType.NODE_POOL) {
            return Optional.empty();
        }
        ResourceKey cluster =
                new ResourceKey(ResourceType.TENANT_CLUSTER, resource.key().namespace(), resource.text("clusterName"));
        return Optional.ofNullable(cached(cluster)).map(object -> {
            OwnerReference owner = new OwnerReference();
            owner.setApiVersion(object.getApiVersion());
            owner.setKind(object.getKind());
            owner.setName(object.getMetadata().getName());
            owner.setUid(object.getMetadata().getUid());
            return owner;
        });
    }

    @Override
    public void release(CustomResource resource) {
        CustomResource released = write(resource, object -> {
            object.getMetadata()
                    .setFinalizers(object.getMetadata().getFinalizers().stream()
                            .filter(finalizer -> !finalizer.equals(CustomResource.FINALIZER))
                            .toList());
            return client.resource(object).update();
        });
        assert !released.isHeld();
    }

    @Override
    public void writeStatus(CustomResource resource, Map<String, Object> status) {
        CustomResource ignored = write(resource, object -> {
            object.setAdditionalProperty("status", status);
            return client.resource(object).updateStatus();
        });
    }

    private interface Change {
        @Nullable
        GenericKubernetesResource make(GenericKubernetesResource object);
    }

    /** Writes a changed copy under the version that was read, so that nobody's change in between is lost. */
    private CustomResource write(CustomResource resource, Change change) {
        ResourceKey key = resource.key();
        GenericKubernetesResource cached = cached(key);
        if (cached == null) {
            throw new ManagementClusterUnavailable("Expected " + key + " to be there, but it has just gone.", null);
        }
        GenericKubernetesResource copy = client.getKubernetesSerialization().clone(cached);
        copy.getMetadata().setResourceVersion(resource.version());
        try {
            GenericKubernetesResource written = change.make(copy);
            return written == null ? resource : read(key.type(), written);
        } catch (KubernetesClientException e) {
            throw new ManagementClusterUnavailable(
                    "Expected to write " + key + ", but the management cluster answered "
                            + (e.getCode() == 0 ? "nothing" : e.getCode() + " " + e.getMessage()),
                    e);
        }
    }

    @Override
    public Watching watch(Consumer<ResourceKey> changed) {
        informers.forEach((type, informer) -> {
            informer.addEventHandler(new Telling(type, changed));
            var ignored = informer.start();
        });
        return () -> informers.values().forEach(SharedIndexInformer::stop);
    }

    private record Telling(ResourceType type, Consumer<ResourceKey> changed)
            implements ResourceEventHandler<GenericKubernetesResource> {
        @Override
        public void onAdd(GenericKubernetesResource object) {
            tell(object);
        }

        @Override
        public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource after) {
            tell(after);
        }

        @Override
        public void onDelete(GenericKubernetesResource object, boolean unknownState) {
            tell(object);
        }

        private void tell(GenericKubernetesResource object) {
            ObjectMeta metadata = object.getMetadata();
            changed.accept(new ResourceKey(type, metadata.getNamespace(), metadata.getName()));
        }
    }

    private SharedIndexInformer<GenericKubernetesResource> informer(ResourceType type) {
        SharedIndexInformer<GenericKubernetesResource> informer = informers.get(type);
        if (informer == null) {
            throw new IllegalStateException("Expected an informer for every type, but there is none for " + type);
        }
        return informer;
    }

    private @Nullable GenericKubernetesResource cached(ResourceKey key) {
        return informer(key.type()).getStore().getByKey(key.namespace() + "/" + key.name());
    }

    private static CustomResource read(ResourceType type, GenericKubernetesResource object) {
        ObjectMeta metadata = object.getMetadata();
        Map<String, String> annotations = metadata.getAnnotations();
        Long generation = metadata.getGeneration();
        String created = metadata.getCreationTimestamp();
        return new CustomResource(
                new ResourceKey(type, metadata.getNamespace(), metadata.getName()),
                metadata.getUid(),
                metadata.getResourceVersion(),
                generation == null ? 0 : generation,
                created == null ? Instant.EPOCH : Instant.parse(created),
                metadata.getDeletionTimestamp() != null,
                List.copyOf(metadata.getFinalizers()),
                annotations == null ? Map.of() : Map.copyOf(annotations),
                tree(object, "spec"),
                tree(object, "status"));
    }

    @SuppressWarnings("unchecked") // JSON objects have texts as keys
    private static Map<String, Object> tree(GenericKubernetesResource object, String field) {
        return object.getAdditionalProperties().get(field) instanceof Map<?, ?> map
                ? (Map<String, Object>) map
                : Map.of();
    }
}
