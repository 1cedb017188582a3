package aether.sandbox;

import aether.sandbox.journal.Journal;
import aether.sandbox.journal.Json;
import aether.sandbox.kubernetes.Admission;
import aether.sandbox.kubernetes.KubernetesStore;
import aether.sandbox.kubernetes.Types;
import aether.sandbox.kubernetes.World;
import aether.sandbox.kubernetes.WriteOptions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import tools.jackson.databind.node.ObjectNode;

/** The management cluster's store and one per tenant API, made as the journal or the kubelet asks for them. */
final class Stores {
    static final String PREFIX = "kubernetes/";
    static final String MANAGEMENT = PREFIX + "management";
    private static final String TENANT = PREFIX + "tenant/";
    private static final WriteOptions SEED = WriteOptions.by("sandbox");

    private final Journal journal;
    private final World world;
    private final Admission admission;
    private final Map<String, KubernetesStore> stores = new ConcurrentSkipListMap<>();

    /** Stores of which the management cluster's asks this admission. */
    Stores(Journal journal, World world, Admission admission) {
        this.admission = admission;
        this.journal = journal;
        this.world = world;
    }

    KubernetesStore get(String name) {
        return stores.computeIfAbsent(
                name,
                unused -> name.equals(MANAGEMENT)
                        ? new KubernetesStore(name, journal, world, admission)
                        : new KubernetesStore(name, journal, world));
    }

    KubernetesStore management() {
        return get(MANAGEMENT);
    }

    KubernetesStore tenant(String namespace) {
        return get(TENANT + namespace);
    }

    Map<String, KubernetesStore> all() {
        return new TreeMap<>(stores);
    }

    void forgetTenant(String namespace) {
        KubernetesStore store = stores.get(TENANT + namespace);
        if (store != null) {
            store.wipe();
        }
    }

    /** What is in every cluster from its first minute. */
    static void seed(KubernetesStore store) {
        for (String namespace : List.of("default", "kube-system", "kube-public", "kube-node-lease")) {
            namespace(store, namespace);
        }
    }

    static void seedManagement(KubernetesStore store) {
        seed(store);
        namespace(store, "cert-manager");
        if (store.find(Types.NODE, "", "sandbox").isEmpty()) {
            ObjectNode node = Json.object();
            node.putObject("metadata").put("name", "sandbox");
            ObjectNode status = node.putObject("status");
            status.putArray("conditions").addObject().put("type", "Ready").put("status", "True");
            store.create(Types.NODE, "", node, SEED);
        }
    }

    private static void namespace(KubernetesStore store, String name) {
        if (store.find(Types.NAMESPACE, "", name).isEmpty()) {
            ObjectNode namespace = Json.object();
            namespace.putObject("metadata").put("name", name);
            store.create(Types.NAMESPACE, "", namespace, SEED);
        }
    }
}
