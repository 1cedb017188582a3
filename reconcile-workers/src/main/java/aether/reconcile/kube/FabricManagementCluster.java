package aether.reconcile.kube;

import aether.reconcile.render.Labels;
import aether.reconcile.render.ResourceKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.ReducedStateItemStore;
import java.util.List;
import java.util.function.Consumer;

/** The management cluster through the fabric8 client. */
public final class FabricManagementCluster extends FabricKubeApi implements ManagementCluster, AutoCloseable {

    /** What a change of may need an answer. */
    private static final List<ResourceKind> WATCHED = List.of(
            ResourceKind.NAMESPACE,
            ResourceKind.ISSUER,
            ResourceKind.CLUSTER_ISSUER,
            ResourceKind.CERTIFICATE,
            ResourceKind.SECRET,
            ResourceKind.CONFIG_MAP,
            ResourceKind.SERVICE,
            ResourceKind.NETWORK_POLICY,
            ResourceKind.STATEFUL_SET,
            ResourceKind.DEPLOYMENT);

    private final KubernetesClient client;

    private FabricManagementCluster(KubernetesClient client) {
        super(client);
        this.client = client;
    }

    /** A cluster that may be away; it is looked for at the first question. */
    public static FabricManagementCluster at(KubeSettings settings) {
        return new FabricManagementCluster(KubeClients.management(settings));
    }

    @Override
    public Watching watch(Consumer<String> clusterId) {
        List<SharedIndexInformer<GenericKubernetesResource>> informers =
                WATCHED.stream().map(kind -> informer(kind, clusterId)).toList();
        informers.forEach(informer -> {
            var ignored = informer.start();
        });
        return () -> informers.forEach(SharedIndexInformer::stop);
    }

    private SharedIndexInformer<GenericKubernetesResource> informer(ResourceKind kind, Consumer<String> clusterId) {
        SharedIndexInformer<GenericKubernetesResource> informer = operation(kind)
                .inAnyNamespace()
                .withLabel(Labels.PART_OF, Labels.AETHER)
                .runnableInformer(0);
        return informer.removeNamespaceIndex()
                .itemStore(new ReducedStateItemStore<>(
                        ReducedStateItemStore.UID_KEY_STATE,
                        GenericKubernetesResource.class,
                        client.getKubernetesSerialization(),
                        "metadata.labels"))
                .exceptionHandler((started, thrown) -> true)
                .addEventHandler(new Telling(clusterId));
    }

    @Override
    public void close() {
        client.close();
    }

    /** Tells the cluster of every object that came, changed or went. */
    private record Telling(Consumer<String> clusterId) implements ResourceEventHandler<GenericKubernetesResource> {
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
            String cluster = object.getMetadata().getLabels() == null
                    ? null
                    : object.getMetadata().getLabels().get(Labels.CLUSTER);
            if (cluster != null) {
                clusterId.accept(cluster);
            }
        }
    }
}
