package aether.sandbox.kubelet;

import aether.sandbox.control.KeyedLoop;
import aether.sandbox.journal.Json;
import aether.sandbox.kubernetes.Change;
import aether.sandbox.kubernetes.KubernetesStore;
import aether.sandbox.kubernetes.ObjectKey;
import aether.sandbox.kubernetes.ResourceType;
import aether.sandbox.kubernetes.Selection;
import aether.sandbox.kubernetes.Types;
import aether.sandbox.kubernetes.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import tools.jackson.databind.node.ObjectNode;

/** The simulated controllers and kubelets of one cluster: pods for workloads, volumes for claims. */
public final class Workloads implements AutoCloseable {
    static final List<ResourceType> KINDS = List.of(Types.DEPLOYMENT, Types.STATEFUL_SET, Types.DAEMON_SET);

    private final KubernetesStore store;
    private final PodFaults faults;
    private final KeyedLoop<ObjectKey> loop;

    /**
     * Controllers on this store.
     *
     * @param podReady how long a pod takes to become ready that nothing runs
     * @param runtime runs the others
     * @param faults what keeps pods from running
     */
    public Workloads(
            KubernetesStore store,
            World world,
            ScheduledExecutorService timer,
            Duration podReady,
            Duration retry,
            PodRuntime runtime,
            PodFaults faults) {
        this.store = store;
        this.faults = faults;
        WorkloadStep workloads = new WorkloadStep(store, world, podReady, runtime, faults);
        runtime.onChange(pod -> enqueueOwners(pod, Json.text(pod, "metadata", "namespace")));
        JobStep jobs = new JobStep(store, world, podReady, runtime, faults);
        ClaimStep claims = new ClaimStep(store, faults);
        this.loop = new KeyedLoop<>("kubelet", timer, retry, key -> {
            if (key.type().equals(Types.CLAIM.id())) {
                claims.reconcile(key);
                return Optional.empty();
            }
            if (key.type().equals(Types.JOB.id())) {
                return jobs.reconcile(key);
            }
            return workloads.reconcile(type(key), key);
        });
    }

    private static ResourceType type(ObjectKey key) {
        return KINDS.stream()
                .filter(kind -> kind.id().equals(key.type()))
                .findFirst()
                .orElseThrow();
    }

    /** Looks at everything once, then at whatever changes. */
    public void start() {
        store.subscribe(this::note);
        faults.onChange(this::lookAtAll);
        lookAtAll();
        enqueueAll(Types.JOB, "");
        loop.start();
    }

    private void lookAtAll() {
        enqueueAll(Types.CLAIM, "");
        KINDS.forEach(kind -> enqueueAll(kind, ""));
    }

    private void enqueueAll(ResourceType kind, String namespace) {
        store.list(kind, namespace, Selection.ALL).items().forEach(object -> loop.enqueue(ObjectKey.of(kind, object)));
    }

    private void note(Change change) {
        ObjectKey key = change.key();
        if (key.type().equals(Types.CLAIM.id())) {
            enqueueAll(Types.STATEFUL_SET, key.namespace());
        }
        if (key.type().equals(Types.CLAIM.id())
                || key.type().equals(Types.JOB.id())
                || KINDS.stream().anyMatch(kind -> kind.id().equals(key.type()))) {
            loop.enqueue(key);
        } else if (key.type().equals(Types.SECRET.id()) || key.type().equals(Types.CONFIG_MAP.id())) {
            if (change.kind() != Change.Kind.MODIFIED) {
                KINDS.forEach(kind -> enqueueAll(kind, key.namespace()));
            }
        } else if (key.type().equals(Types.POD.id())) {
            enqueueOwners(change.object(), key.namespace());
        } else if (key.type().equals(Types.NODE.id())) {
            if (change.kind() != Change.Kind.MODIFIED) {
                KINDS.forEach(kind -> enqueueAll(kind, "")); // somewhere to run, or one node more to run on
            }
        }
    }

    private void enqueueOwners(ObjectNode pod, String namespace) {
        Json.at(pod, "metadata", "ownerReferences")
                .forEach(owner -> KINDS.stream()
                        .filter(kind -> kind.kind().equals(Json.text(owner, "kind")))
                        .forEach(kind -> loop.enqueue(ObjectKey.of(kind, namespace, Json.text(owner, "name")))));
    }

    /** Whether nothing is left to look at. */
    public boolean isIdle() {
        return loop.isIdle();
    }

    @Override
    public void close() {
        loop.close();
    }
}
