package aether.sandbox.processes;

import aether.embedded.kubernetes.KubernetesBinaries;
import aether.embedded.process.ChildProgram;
import aether.embedded.process.Children;
import aether.sandbox.journal.Json;
import aether.sandbox.kubelet.FailedTask;
import aether.sandbox.kubelet.PodRuntime;
import aether.sandbox.kubernetes.Change;
import aether.sandbox.kubernetes.KubernetesStore;
import aether.sandbox.kubernetes.Selection;
import aether.sandbox.kubernetes.Types;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs the pods whose program this machine has in the version that their image names: a tenant's etcd, kube-apiserver
 * and kube-controller-manager. Services of their namespaces become doors on 127.0.0.1, claims become directories.
 */
public final class ProcessKubelet implements PodRuntime {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessKubelet.class);
    /** Far more than anything that comes to an end takes here. */
    private static final Duration TASK_BOUND = Duration.ofMinutes(2);

    private static final Duration LEFTOVER_BOUND = Duration.ofSeconds(10);

    /** Which pod. */
    private record Key(String namespace, String name) {
        static Key of(ObjectNode pod) {
            return new Key(Json.text(pod, "metadata", "namespace"), Json.text(pod, "metadata", "name"));
        }
    }

    /** A pod that was given to us, and what runs it. */
    private record Running(ObjectNode pod, HostedPod process) {}

    private record ServicePort(String namespace, String service, int port) {}

    private final Programs programs;
    private final KubernetesStore store;
    private final Path root;
    private final HostPorts ports;
    private final Map<Key, Running> pods = new ConcurrentHashMap<>();
    private final Map<ServicePort, Door> doors = new ConcurrentHashMap<>();
    private final List<Consumer<ObjectNode>> listeners = new ArrayList<>();

    private ProcessKubelet(KubernetesBinaries binaries, KubernetesStore store, Path root) {
        this.programs = Programs.in(binaries);
        this.store = store;
        this.root = root;
        this.ports = new HostPorts(root.resolve("ports"));
    }

    /**
     * Runs pods of this management cluster below a directory; what a killed predecessor left running there is ended.
     */
    public static ProcessKubelet start(KubernetesBinaries binaries, KubernetesStore store, Path root) {
        ProcessKubelet kubelet = new ProcessKubelet(binaries, store, Trees.directory(root.toAbsolutePath()));
        kubelet.endLeftovers();
        store.subscribe(kubelet::note);
        return kubelet;
    }

    /** Orphans are told to end when their parent dies; this waits for them, or two would share a disk and a port. */
    private void endLeftovers() {
        ProcessHandle.allProcesses()
                .filter(process -> worksBelow(process, root))
                .toList()
                .forEach(orphan -> {
                    orphan.destroy();
                    if (!Children.awaitEnd(orphan, LEFTOVER_BOUND)) {
                        orphan.destroyForcibly();
                        Children.awaitEnd(orphan, LEFTOVER_BOUND);
                    }
                });
    }

    private static boolean worksBelow(ProcessHandle process, Path directory) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"))
                    .startsWith(directory);
        } catch (IOException goneOrAnothers) {
            return false;
        }
    }

    @Override
    public boolean takes(JsonNode template) {
        JsonNode containers = Json.at(template, "spec", "containers");
        return containers.size() == 1 && programs.have(containers.get(0));
    }

    @Override
    public boolean takesTask(JsonNode template) {
        return Stream.of("initContainers", "containers")
                .flatMap(list -> Json.at(template, "spec", list).valueStream())
                .allMatch(container -> programs.binaries()
                        .tool(container.path("command").path(0).asString(""))
                        .isPresent());
    }

    @Override
    public boolean run(ObjectNode pod) {
        Key key = Key.of(pod);
        String uid = Json.text(pod, "metadata", "uid");
        Running running = pods.get(key);
        if (running == null || !Json.text(running.pod(), "metadata", "uid").equals(uid)) {
            if (running != null) {
                running.process().stop();
            }
            pods.put(key, new Running(pod, begin(key, pod, running == null ? null : running.process())));
        }
        openDoors(pod);
        Running now = pods.get(key);
        return now != null && now.process().serves();
    }

    private HostedPod begin(Key key, ObjectNode pod, @Nullable HostedPod predecessor) {
        JsonNode container = Json.at(pod, "spec", "containers").get(0);
        IntUnaryOperator own = port -> ports.of(key.namespace(), key.name(), port);
        Probe probe = new Probe(container.path("readinessProbe"), own);
        return HostedPod.start(
                key.name(),
                predecessor,
                () -> launch(key, pod, container, own),
                probe::serves,
                probe.failureThreshold(),
                () -> listeners.forEach(listener -> listener.accept(pod)));
    }

    /** As a kubelet that lost the pod's sandbox: what comes before is run again each time. */
    private ChildProgram launch(Key key, ObjectNode pod, JsonNode container, IntUnaryOperator own) {
        String ignored = finish(key, pod, Json.at(pod, "spec", "initContainers"), own);
        return begin(key, pod, container, own);
    }

    /**
     * Runs a pod to its end, as a Job would have it run: what comes before, then its containers, one after the other.
     *
     * @throws IllegalStateException with its last words, when a container fails
     */
    @Override
    public String finish(ObjectNode pod) {
        Key key = Key.of(pod);
        IntUnaryOperator own = port -> ports.of(key.namespace(), key.name(), port);
        try {
            String ignored = finish(key, pod, Json.at(pod, "spec", "initContainers"), own);
            return finish(key, pod, Json.at(pod, "spec", "containers"), own);
        } finally {
            Trees.delete(home(key));
        }
    }

    private String finish(Key key, ObjectNode pod, JsonNode containers, IntUnaryOperator own) {
        String said = "";
        for (JsonNode container : containers) {
            ChildProgram program = begin(key, pod, container, own);
            OptionalInt code = program.awaitExit(TASK_BOUND);
            program.end();
            said = program.lastWords().strip();
            String name = Json.text(container, "name");
            if (code.isEmpty()) {
                throw new IllegalStateException("Expected %s of %s to do its work within %s, but it did not end: %s"
                        .formatted(name, key.name(), TASK_BOUND, said));
            }
            if (code.getAsInt() != 0) {
                throw new TaskFailedException(key.name(), new FailedTask(name, code.getAsInt(), said));
            }
        }
        return said;
    }

    private ChildProgram begin(Key key, ObjectNode pod, JsonNode container, IntUnaryOperator own) {
        Path directory = Trees.directory(home(key));
        Path claims = root.resolve("claims").resolve(key.namespace());
        PodVolumes volumes = new PodVolumes(store, directory, claims);
        Localizing localizing =
                new Localizing(volumes.places(pod, container), (host, port) -> leadsTo(key, host, port, own));
        volumes.write(pod, container, localizing::text);
        Map<String, String> environment = new PodEnvironment(store).of(pod, container);
        List<String> inside = new ArrayList<>();
        container.path("command").forEach(word -> inside.add(PodEnvironment.expanded(word.asString(""), environment)));
        container.path("args").forEach(word -> inside.add(PodEnvironment.expanded(word.asString(""), environment)));
        String program = programs.path(inside.getFirst());
        environment.put("HOME", directory.toString());
        environment.put("TMPDIR", directory.toString());
        environment.put("PATH", programs.binaries().path());
        LOG.debug("Starting {} in {}", inside.getFirst(), key.namespace());
        return ChildProgram.launch(
                Json.text(container, "name"), directory, HostCommand.of(inside, program, localizing, own), environment);
    }

    private Path home(Key key) {
        return root.resolve("pods").resolve(key.namespace()).resolve(key.name());
    }

    /**
     * What a pod reaches under a name: itself under 0.0.0.0, a pod of a headless Service under
     * {@code POD.SERVICE.NAMESPACE.svc}, a Service under its name, also with its namespace behind it.
     */
    private OptionalInt leadsTo(Key pod, String host, int port, IntUnaryOperator own) {
        if (host.equals("0.0.0.0")) {
            return OptionalInt.of(own.applyAsInt(port));
        }
        String name = host.replaceFirst("\\.cluster\\.local$", "").replaceFirst("\\.svc$", "");
        if (name.endsWith("." + pod.namespace())) {
            name = name.substring(0, name.length() - pod.namespace().length() - 1);
        }
        int dot = name.indexOf('.');
        if (dot > 0 && isService(pod.namespace(), name.substring(dot + 1))) {
            return OptionalInt.of(ports.of(pod.namespace(), name.substring(0, dot), port));
        }
        return isService(pod.namespace(), name)
                ? OptionalInt.of(ports.of(pod.namespace(), "service-" + name, port))
                : OptionalInt.empty();
    }

    private boolean isService(String namespace, String name) {
        return store.find(Types.SERVICE, namespace, name).isPresent();
    }

    private void openDoors(ObjectNode pod) {
        String namespace = Json.text(pod, "metadata", "namespace");
        for (ObjectNode service :
                store.list(Types.SERVICE, namespace, Selection.ALL).items()) {
            if (selects(service, pod)) {
                for (JsonNode port : Json.at(service, "spec", "ports")) {
                    openDoor(namespace, service, port);
                }
            }
        }
    }

    private void openDoor(String namespace, ObjectNode service, JsonNode port) {
        String name = Json.text(service, "metadata", "name");
        int number = port.path("port").asInt(0);
        int target = port.path("targetPort").asInt(number);
        doors.computeIfAbsent(new ServicePort(namespace, name, number), wanted -> {
            String inside = "service-" + name;
            try {
                return Door.open(ports.of(namespace, inside, number), () -> serving(namespace, service, target));
            } catch (IOException taken) {
                int next = ports.another(namespace, inside, number);
                throw new IllegalStateException(
                        "Expected to open a door for %s, but %s; its port is %d now".formatted(name, taken, next),
                        taken);
            }
        });
    }

    /** The ports of the pods that stand behind a Service: those that serve, or all when it publishes those too. */
    private List<Integer> serving(String namespace, ObjectNode service, int target) {
        boolean all = Json.at(service, "spec", "publishNotReadyAddresses").asBoolean(false);
        return pods.entrySet().stream()
                .filter(entry -> entry.getKey().namespace().equals(namespace))
                .filter(entry -> selects(service, entry.getValue().pod()))
                .filter(entry -> all || entry.getValue().process().serves())
                .map(entry -> ports.of(namespace, entry.getKey().name(), target))
                .toList();
    }

    private static boolean selects(ObjectNode service, ObjectNode pod) {
        JsonNode selector = Json.at(service, "spec", "selector");
        JsonNode labels = Json.at(pod, "metadata", "labels");
        return !selector.isEmpty()
                && selector.properties().stream()
                        .allMatch(term -> labels.path(term.getKey()).equals(term.getValue()));
    }

    @Override
    public boolean lives(ObjectNode pod) {
        Running running = pods.get(Key.of(pod));
        return running != null && running.process().lives();
    }

    @Override
    public String trouble(ObjectNode pod) {
        Running running = pods.get(Key.of(pod));
        return running == null ? "" : running.process().trouble();
    }

    @Override
    public Optional<FailedTask> failed(ObjectNode pod) {
        Running running = pods.get(Key.of(pod));
        return running == null ? Optional.empty() : running.process().failed();
    }

    @Override
    public void onChange(Consumer<ObjectNode> listener) {
        listeners.add(listener);
    }

    @Override
    public OptionalInt door(String namespace, String service, int port) {
        Door door = doors.get(new ServicePort(namespace, service, port));
        return door == null ? OptionalInt.empty() : OptionalInt.of(door.port());
    }

    /** The names of the programs that run now, for a person. */
    public List<String> running() {
        return pods.values().stream()
                .map(running ->
                        Json.text(Json.at(running.pod(), "spec", "containers").get(0), "name"))
                .distinct()
                .sorted()
                .toList();
    }

    private void note(Change change) {
        if (change.kind() != Change.Kind.DELETED) {
            return;
        }
        if (change.key().type().equals(Types.POD.id())) {
            Key key = new Key(change.key().namespace(), change.key().name());
            Running running = pods.get(key);
            String uid = Json.text(change.object(), "metadata", "uid");
            if (running != null && Json.text(running.pod(), "metadata", "uid").equals(uid)) {
                pods.remove(key);
                running.process().stop();
                Thread.ofVirtual().start(() -> forget(key, running.process()));
            }
        } else if (change.key().type().equals(Types.NAMESPACE.id())) {
            forgetNamespace(change.key().name());
        }
    }

    /** The disk of a pod goes with it, unless the next one of its name has it already. */
    private void forget(Key key, HostedPod process) {
        process.awaitEnd();
        if (!pods.containsKey(key)) {
            Trees.delete(home(key));
        }
    }

    private void forgetNamespace(String namespace) {
        doors.entrySet().removeIf(entry -> {
            boolean gone = entry.getKey().namespace().equals(namespace);
            if (gone) {
                entry.getValue().close();
            }
            return gone;
        });
        List<HostedPod> last = pods.entrySet().stream()
                .filter(entry -> entry.getKey().namespace().equals(namespace))
                .map(entry -> entry.getValue().process())
                .toList();
        pods.keySet().removeIf(key -> key.namespace().equals(namespace));
        last.forEach(HostedPod::stop);
        Thread.ofVirtual().start(() -> {
            last.forEach(HostedPod::awaitEnd);
            ports.forget(namespace);
            Trees.delete(root.resolve("claims").resolve(namespace));
            Trees.delete(root.resolve("pods").resolve(namespace));
        });
    }

    /** Ends everything: first what keeps its state elsewhere, then what keeps the state. */
    @Override
    public void close() {
        List<Running> stateless = pods.values().stream()
                .filter(running -> !isStateful(running.pod()))
                .toList();
        stateless.forEach(running -> running.process().stop());
        stateless.forEach(running -> running.process().awaitEnd());
        pods.values().forEach(running -> running.process().stop());
        pods.values().forEach(running -> running.process().awaitEnd());
        pods.clear();
        doors.values().forEach(Door::close);
        doors.clear();
    }

    private static boolean isStateful(ObjectNode pod) {
        return Json.at(pod, "metadata", "ownerReferences")
                .valueStream()
                .anyMatch(owner -> Json.text(owner, "kind").equals("StatefulSet"));
    }
}
