package aether.benchmarks;

import aether.reconcile.kube.KubeApi;
import aether.reconcile.kube.ManagementCluster;
import aether.reconcile.render.Labels;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.ResourceKind;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/** A management cluster, and what was written into it and read from it. */
final class RecordedCluster implements ManagementCluster {

    private final ManagementCluster cluster;
    /** What was last written of each object, in the order of the first time, by cluster. */
    private final Map<String, Map<ObjectRef, byte[]>> written = new LinkedHashMap<>();

    private final boolean keeping;
    private final AtomicLong objects = new AtomicLong();
    private final AtomicLong writes = new AtomicLong();
    private final AtomicLong reads = new AtomicLong();

    /**
     * Records.
     *
     * @param keeping whether to remember what was written, or only to count
     */
    RecordedCluster(ManagementCluster cluster, boolean keeping) {
        this.cluster = cluster;
        this.keeping = keeping;
    }

    /** How many different objects were written. */
    long objects() {
        return objects.get();
    }

    /** How often something was written. */
    long writes() {
        return writes.get();
    }

    /** How often something was read. */
    long reads() {
        return reads.get();
    }

    /** What was written, object by object, by cluster. */
    synchronized Map<String, Map<ObjectRef, byte[]>> written() {
        return written;
    }

    private synchronized void note(Rendered rendered) {
        boolean ignored = writes.incrementAndGet() > 0;
        if (keeping) {
            String cluster = rendered.json()
                    .path("metadata")
                    .path("labels")
                    .path(Labels.CLUSTER)
                    .asString("");
            byte[] before = written.computeIfAbsent(cluster, unused -> new LinkedHashMap<>())
                    .put(rendered.ref(), rendered.json().toString().getBytes(StandardCharsets.UTF_8));
            if (before == null) {
                objects.incrementAndGet();
            }
        }
    }

    private void read() {
        reads.incrementAndGet();
    }

    @Override
    public void apply(Rendered rendered) {
        cluster.apply(rendered);
        note(rendered);
    }

    @Override
    public boolean create(Rendered rendered) {
        boolean made = cluster.create(rendered);
        note(rendered);
        return made;
    }

    @Override
    public Optional<JsonNode> find(ObjectRef ref) {
        read();
        return cluster.find(ref);
    }

    @Override
    public List<JsonNode> list(ResourceKind kind, String namespace, Map<String, String> labels) {
        read();
        return cluster.list(kind, namespace, labels);
    }

    /** Reads of the server itself; what the watch has told costs it nothing. */
    @Override
    public KubeApi live() {
        KubeApi live = cluster.live();
        return new KubeApi() {
            @Override
            public Optional<JsonNode> find(ObjectRef ref) {
                read();
                return live.find(ref);
            }

            @Override
            public List<JsonNode> list(ResourceKind kind, String namespace, Map<String, String> labels) {
                read();
                return live.list(kind, namespace, labels);
            }

            @Override
            public void apply(Rendered rendered) {
                RecordedCluster.this.apply(rendered);
            }

            @Override
            public boolean create(Rendered rendered) {
                return RecordedCluster.this.create(rendered);
            }

            @Override
            public void delete(ObjectRef ref, String uid) {
                live.delete(ref, uid);
            }

            @Override
            public List<ObjectRef> names(ResourceKind kind) {
                return live.names(kind);
            }

            @Override
            public void rewrite(ObjectRef ref) {
                live.rewrite(ref);
            }

            @Override
            public String version() {
                return live.version();
            }
        };
    }

    @Override
    public Watching watch(Listener listener) {
        return cluster.watch(listener);
    }

    @Override
    public void delete(ObjectRef ref, String uid) {
        cluster.delete(ref, uid);
    }

    @Override
    public List<ObjectRef> names(ResourceKind kind) {
        return cluster.names(kind);
    }

    @Override
    public void rewrite(ObjectRef ref) {
        cluster.rewrite(ref);
    }

    @Override
    public String version() {
        return cluster.version();
    }
}
