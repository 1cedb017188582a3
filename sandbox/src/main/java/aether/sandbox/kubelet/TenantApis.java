package aether.sandbox.kubelet;

import aether.sandbox.certificates.Conditions;
import aether.sandbox.certificates.Pem;
import aether.sandbox.control.KeyedLoop;
import aether.sandbox.http.Faults;
import aether.sandbox.journal.Journal;
import aether.sandbox.journal.Json;
import aether.sandbox.kubernetes.Change;
import aether.sandbox.kubernetes.KubernetesStore;
import aether.sandbox.kubernetes.ObjectKey;
import aether.sandbox.kubernetes.ResourceType;
import aether.sandbox.kubernetes.Selection;
import aether.sandbox.kubernetes.Types;
import aether.sandbox.kubernetes.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Starts a simulated tenant API for every Deployment that is marked as one, keeps it true to its Secrets and its image,
 * and stops it when the Deployment goes. The port is remembered, so a kubeconfig outlives a restart of ours. The
 * tenant's objects go with the namespace, not with the Deployment: they would lie in etcd.
 */
public final class TenantApis implements Journal.Participant, AutoCloseable {
    /** The name in the journal. */
    public static final String NAME = "tenant-apis";

    public static final String MARK = "sandbox.aetherplatform.cloud/tenant-api";
    public static final String SERVING_SECRET = "sandbox.aetherplatform.cloud/serving-secret";
    public static final String CLIENT_CA_CONFIG_MAP = "sandbox.aetherplatform.cloud/client-ca-config-map";
    public static final String ADDRESS = "sandbox.aetherplatform.cloud/address";
    public static final String COMPONENT = "app.kubernetes.io/component";

    /** What is remembered of a tenant API: the port it listens on and the version that runs. */
    private record Known(int port, String version) {}

    /** Where the tenants' objects are. */
    public interface TenantStores {
        /** The store of the tenant in that namespace, with what every cluster has from its first minute. */
        KubernetesStore open(String namespace);

        /** The namespace has gone, and the tenant's objects with it. */
        void forget(String namespace);
    }

    private final KubernetesStore management;
    private final TenantStores stores;
    private final Journal journal;
    private final World world;
    private final KeyedLoop<ObjectKey> loop;
    private final AddressNotes notes;
    private final PodRuntime runtime;
    private final Map<ObjectKey, Known> known = new ConcurrentSkipListMap<>();
    private final Map<ObjectKey, TenantApi> running = new ConcurrentHashMap<>();
    /** Namespace to address of the APIs that are processes. */
    private final Map<String, String> processes = new ConcurrentHashMap<>();

    private final Map<String, Faults> faults = new ConcurrentHashMap<>();
    private final List<Consumer<String>> listeners = new ArrayList<>();

    /** Tenant APIs for the Deployments of this management cluster. */
    public TenantApis(
            KubernetesStore management,
            TenantStores stores,
            Journal journal,
            World world,
            ScheduledExecutorService timer,
            Duration retry,
            PodRuntime runtime) {
        this.management = management;
        this.runtime = runtime;
        this.stores = stores;
        this.journal = journal;
        this.world = world;
        this.notes = new AddressNotes(management);
        this.loop = new KeyedLoop<>("tenant-apis", timer, retry, this::reconcile);
    }

    /** Looks at everything once, then at whatever changes. */
    public void start() {
        management.subscribe(this::note);
        management.list(Types.DEPLOYMENT, "", Selection.ALL).items().stream()
                .filter(TenantApis::isMarked)
                .forEach(deployment -> loop.enqueue(ObjectKey.of(Types.DEPLOYMENT, deployment)));
        known.keySet().forEach(loop::enqueue);
        loop.start();
    }

    /** Calls back with the namespace when a tenant API has come up or changed. */
    public void onChange(Consumer<String> listener) {
        listeners.add(listener);
    }

    private void note(Change change) {
        ObjectKey key = change.key();
        if (key.type().equals(Types.DEPLOYMENT.id())) {
            if (isMarked(change.object()) || known.containsKey(key) || running.containsKey(key)) {
                loop.enqueue(key);
            }
        } else if (key.type().equals(Types.SECRET.id())
                || key.type().equals(Types.CONFIG_MAP.id())
                || key.type().equals(Types.SERVICE.id())) {
            enqueueKnown(key.namespace());
            management.list(Types.DEPLOYMENT, key.namespace(), Selection.ALL).items().stream()
                    .filter(TenantApis::isMarked)
                    .forEach(deployment -> loop.enqueue(ObjectKey.of(Types.DEPLOYMENT, deployment)));
        } else if (key.type().equals(Types.NAMESPACE.id()) && change.kind() == Change.Kind.DELETED) {
            enqueueKnown(key.name());
        }
    }

    private void enqueueKnown(String namespace) {
        known.keySet().stream().filter(key -> key.namespace().equals(namespace)).forEach(loop::enqueue);
    }

    private static boolean isMarked(JsonNode deployment) {
        return Json.text(deployment, "metadata", "annotations", MARK).equals("true")
                && Json.text(deployment, "metadata", "labels", COMPONENT).equals("kube-apiserver");
    }

    private Optional<Duration> reconcile(ObjectKey key) {
        Optional<ObjectNode> deployment = management
                .find(Types.DEPLOYMENT, key.namespace(), key.name())
                .filter(TenantApis::isMarked)
                .filter(found -> !found.path("metadata").has("deletionTimestamp"));
        if (deployment.isEmpty()) {
            stop(key);
            return Optional.empty();
        }
        if (runtime.takes(Json.at(deployment.get(), "spec", "template"))) {
            announceProcess(key, deployment.get());
            return Optional.empty();
        }
        if (Json.at(deployment.get(), "spec", "replicas").asInt(1) == 0) {
            stop(key); // what it keeps, and where it listens, is remembered
            return Optional.empty();
        }
        Optional<TenantTrust.Material> material = material(deployment.get());
        boolean available = Conditions.isTrue(deployment.get(), "Available")
                && Json.at(deployment.get(), "status", "observedGeneration")
                        .equals(Json.at(deployment.get(), "metadata", "generation"));
        boolean servedBefore = known.containsKey(key);
        if (material.isEmpty() || (!available && !servedBefore)) {
            return Optional.empty(); // the Secret or the Deployment will change and bring us back
        }
        Known before = known.getOrDefault(key, new Known(0, ""));
        String version =
                available || before.version().isEmpty() ? ImageTag.version(deployment.get()) : before.version();
        TenantApi api = serve(key, material.get(), version, before);
        Known now = new Known(api.port(), version);
        if (!now.equals(before)) {
            remember(key, now);
        }
        notes.write(deployment.get(), "127.0.0.1:" + api.port());
        listeners.forEach(listener -> listener.accept(key.namespace()));
        return Optional.empty();
    }

    /** The API server is a process with a door: only where it is has to be told. */
    private void announceProcess(ObjectKey key, ObjectNode deployment) {
        TenantApi simulated = running.remove(key);
        if (simulated != null) {
            simulated.close();
        }
        for (ObjectNode service : notes.selecting(deployment)) {
            OptionalInt door = runtime.door(
                    key.namespace(),
                    Json.text(service, "metadata", "name"),
                    Json.at(service, "spec", "ports").path(0).path("port").asInt(0));
            if (door.isPresent()) {
                Known now = new Known(door.getAsInt(), ImageTag.version(deployment));
                if (!now.equals(known.get(key))) {
                    remember(key, now);
                }
                processes.put(key.namespace(), "127.0.0.1:" + door.getAsInt());
                notes.write(deployment, "127.0.0.1:" + door.getAsInt());
                listeners.forEach(listener -> listener.accept(key.namespace()));
            }
        }
    }

    private TenantApi serve(ObjectKey key, TenantTrust.Material material, String version, Known before) {
        TenantApi api = running.get(key);
        if (api == null) {
            try {
                api = TenantApi.start(
                        material,
                        stores.open(key.namespace()),
                        version,
                        faults(key.namespace()),
                        world.clock(),
                        before.port());
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            running.put(key, api);
        } else {
            api.update(material, version);
        }
        return api;
    }

    private Optional<TenantTrust.Material> material(ObjectNode deployment) {
        Optional<ObjectNode> serving = named(deployment, Types.SECRET, SERVING_SECRET);
        Optional<ObjectNode> clientCa = named(deployment, Types.CONFIG_MAP, CLIENT_CA_CONFIG_MAP);
        if (serving.isEmpty() || clientCa.isEmpty()) {
            return Optional.empty();
        }
        try {
            List<X509Certificate> chain = Pem.certificates(Pem.entry(serving.get(), "tls.crt"));
            Optional<PrivateKey> key = Pem.privateKey(Pem.entry(serving.get(), "tls.key"));
            List<X509Certificate> cas = Pem.certificates(Json.text(clientCa.get(), "data", "ca.crt"));
            return chain.isEmpty() || cas.isEmpty()
                    ? Optional.empty()
                    : key.map(found -> new TenantTrust.Material(chain, found, cas));
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private Optional<ObjectNode> named(ObjectNode deployment, ResourceType type, String annotation) {
        return management.find(
                type,
                Json.text(deployment, "metadata", "namespace"),
                Json.text(deployment, "metadata", "annotations", annotation));
    }

    private void stop(ObjectKey key) {
        TenantApi api = running.remove(key);
        if (api != null) {
            api.close();
        }
        processes.remove(key.namespace());
        if (known.containsKey(key)
                && management.find(Types.NAMESPACE, "", key.namespace()).isEmpty()) {
            stores.forget(key.namespace());
            remember(key, new Known(0, ""));
        }
        listeners.forEach(listener -> listener.accept(key.namespace()));
    }

    private void remember(ObjectKey key, Known now) {
        ObjectNode row = row(key, now);
        journal.force(journal.append(NAME, row));
        replay(row);
    }

    private static ObjectNode row(ObjectKey key, Known now) {
        return Json.object()
                .put("namespace", key.namespace())
                .put("deployment", key.name())
                .put("port", now.port())
                .put("version", now.version());
    }

    @Override
    public void replay(ObjectNode row) {
        ObjectKey key = ObjectKey.of(Types.DEPLOYMENT, Json.text(row, "namespace"), Json.text(row, "deployment"));
        int port = row.path("port").asInt(0);
        if (port == 0) {
            known.remove(key);
        } else {
            known.put(key, new Known(port, Json.text(row, "version")));
        }
    }

    @Override
    public void snapshot(Consumer<ObjectNode> rows) {
        known.forEach((key, now) -> rows.accept(row(key, now)));
    }

    /** The objects of the tenant in this namespace while its API serves. */
    public Optional<TenantView> serving(String namespace) {
        return running.entrySet().stream()
                .filter(entry -> entry.getKey().namespace().equals(namespace))
                .findFirst()
                .map(entry -> new TenantView(
                        stores.open(namespace),
                        entry.getValue().version(),
                        "127.0.0.1:" + entry.getValue().port(),
                        entry.getValue().servingChain()));
    }

    /**
     * Where the API of the tenant in this namespace listens if it is a process; it keeps the tenant's objects itself.
     */
    public Optional<String> process(String namespace) {
        return Optional.ofNullable(processes.get(namespace));
    }

    /** The objects of the tenant in this namespace, also while its API is down; empty when there is no such tenant. */
    public Optional<KubernetesStore> storeOf(String namespace) {
        return known.keySet().stream().anyMatch(key -> key.namespace().equals(namespace))
                ? Optional.of(stores.open(namespace))
                : Optional.empty();
    }

    /**
     * A tenant API as a node of its cluster finds it.
     *
     * @param chain the certificates it serves with, its own first
     */
    public record TenantView(KubernetesStore store, String version, String address, List<X509Certificate> chain) {}

    /** The namespaces whose tenant API serves now, with address and version. */
    public Map<String, TenantView> serving() {
        Map<String, TenantView> views = new ConcurrentSkipListMap<>();
        running.keySet().forEach(key -> serving(key.namespace()).ifPresent(view -> views.put(key.namespace(), view)));
        return views;
    }

    /** The switches of one tenant API. */
    public Faults faults(String namespace) {
        return faults.computeIfAbsent(namespace, unused -> new Faults(world.clock()));
    }

    /** Whether nothing is left to look at. */
    public boolean isIdle() {
        return loop.isIdle();
    }

    @Override
    public void close() {
        loop.close();
        running.values().forEach(TenantApi::close);
        running.clear();
    }
}
