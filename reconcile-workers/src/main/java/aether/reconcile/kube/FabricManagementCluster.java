package aether.reconcile.kube;

import aether.reconcile.loop.OutsideFailure;
import aether.reconcile.render.Labels;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.ResourceKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

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
            ResourceKind.SERVICE_ACCOUNT,
            ResourceKind.RESOURCE_QUOTA,
            ResourceKind.NETWORK_POLICY,
            ResourceKind.STATEFUL_SET,
            ResourceKind.DEPLOYMENT,
            ResourceKind.POD_DISRUPTION_BUDGET,
            ResourceKind.CRON_JOB);

    /**
     * A tenant has a hundred kilobytes, so the contents of more than a thousand tenants fit, and the whole stays far
     * below a gigabyte; of further ones the versions are kept, and they are read when they are looked at.
     */
    private static final long ROOM = 192L << 20;

    /** How often an API that is away is asked which version of a kind it serves. */
    private static final Duration DISCOVERY_PAUSE = Duration.ofSeconds(1);

    private final KubernetesClient client;
    private final FabricKubeApi live;
    private final ObjectShelf shelf = new ObjectShelf(ROOM);
    private final Map<ResourceKind, SharedIndexInformer<GenericKubernetesResource>> told = new ConcurrentHashMap<>();

    private FabricManagementCluster(KubernetesClient client) {
        super(client, Side.MANAGEMENT);
        this.client = client;
        this.live = new FabricKubeApi(client, Side.MANAGEMENT);
    }

    /** A cluster that may be away; it is looked for at the first question. */
    public static FabricManagementCluster at(KubeSettings settings) {
        return new FabricManagementCluster(KubeClients.management(settings, Told.serialization(WATCHED)));
    }

    @Override
    public KubeApi live() {
        return live;
    }

    @Override
    public Optional<JsonNode> find(ObjectRef ref) {
        if (!isTold(ref.kind())) {
            return live.find(ref);
        }
        Optional<JsonNode> there = shelf.find(ref);
        return there.isEmpty() && shelf.knows(ref) ? live.find(ref) : there;
    }

    @Override
    public List<JsonNode> list(ResourceKind kind, String namespace, Map<String, String> labels) {
        return isTold(kind) && !namespace.isEmpty()
                ? shelf.list(kind, namespace, labels).orElseGet(() -> live.list(kind, namespace, labels))
                : live.list(kind, namespace, labels);
    }

    /** Whether the watch of a kind has said what there is. */
    private boolean isTold(ResourceKind kind) {
        SharedIndexInformer<GenericKubernetesResource> informer = told.get(kind);
        return informer != null && informer.isWatching() && informer.hasSynced();
    }

    @Override
    void wrote(ResourceKind kind, ObjectNode object) {
        if (told.containsKey(kind)) {
            shelf.put(kind, object.put("apiVersion", kind.apiVersion()));
        }
    }

    @Override
    public Watching watch(Listener listener) {
        Informers informers = new Informers();
        List<ResourceKind> toDiscover = new ArrayList<>();
        for (ResourceKind kind : WATCHED) {
            if (kind.olderVersions().isEmpty()) {
                informers.start(kind, informer(kind, kind, listener));
            } else {
                toDiscover.add(kind);
            }
        }
        Thread discovery = Thread.ofVirtual().name("aether-watch-discovery").start(() -> {
            for (ResourceKind kind : toDiscover) {
                discovered(kind).ifPresent(served -> informers.start(kind, informer(kind, served, listener)));
            }
        });
        return () -> {
            discovery.interrupt();
            informers.close();
        };
    }

    /** Asks until it is known; empty when nobody wants to know any more. */
    private Optional<ResourceKind> discovered(ResourceKind kind) {
        while (true) {
            try {
                return Optional.of(served(kind));
            } catch (OutsideFailure away) {
                try {
                    Thread.sleep(DISCOVERY_PAUSE);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return Optional.empty();
                }
            }
        }
    }

    /** Those that run; none starts after the end. */
    private final class Informers {
        private boolean closed;

        synchronized void start(ResourceKind kind, SharedIndexInformer<GenericKubernetesResource> informer) {
            if (!closed) {
                told.put(kind, informer);
                var ignored = informer.start();
            }
        }

        synchronized void close() {
            closed = true;
            told.values().forEach(SharedIndexInformer::stop);
            told.clear();
        }
    }

    private SharedIndexInformer<GenericKubernetesResource> informer(
            ResourceKind kind, ResourceKind served, Listener listener) {
        SharedIndexInformer<GenericKubernetesResource> informer = operation(served)
                .inAnyNamespace()
                .withLabel(Labels.PART_OF, Labels.AETHER)
                .runnableInformer(0);
        return informer.removeNamespaceIndex()
                .itemStore(new ShelvingStore(kind, shelf))
                .exceptionHandler((started, thrown) -> true)
                .addEventHandler(new Telling(kind, listener));
    }

    @Override
    public void close() {
        client.close();
    }

    /** Tells the cluster of every object that came, changed or went. */
    private record Telling(ResourceKind kind, Listener listener)
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
            String cluster = object.getMetadata().getLabels() == null
                    ? null
                    : object.getMetadata().getLabels().get(Labels.CLUSTER);
            if (cluster == null) {
                return;
            }
            if (object instanceof Told told && told.isEcho()) {
                listener.echoed(kind, cluster);
            } else {
                listener.changed(kind, cluster);
            }
        }
    }
}
