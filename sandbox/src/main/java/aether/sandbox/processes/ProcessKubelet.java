package aether.sandbox.processes;

import aether.embedded.kubernetes.KubernetesBinaries;
import aether.embedded.process.Children;
import aether.sandbox.journal.Json;
import aether.sandbox.kubelet.FailedTask;
import aether.sandbox.kubelet.PodRuntime;
import aether.sandbox.kubernetes.Change;
import aether.sandbox.kubernetes.KubernetesStore;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs the pods whose program this machine has in the version that their image names: a tenant's etcd, kube-apiserver
 * and kube-controller-manager. Services of their namespaces become doors on 127.0.0.1, claims become directories.
 */
public final class ProcessKubelet implements PodRuntime {

    private static final Duration LEFTOVER_BOUND = Duration.ofSeconds(10);

    /** Which pod. */
    private record Key(String namespace, String name) {
        static Key of(ObjectNode pod) {
            return new Key(Json.text(pod, "metadata", "namespace"), Json.text(pod, "metadata", "name"));
        }
    }

    /** A pod that was given to us, and what runs it. */
    private record Running(ObjectNode pod, HostedPod process) {}

    private final Programs programs;
    private final Map<Key, Running> pods = new ConcurrentHashMap<>();
    private final ServiceDoors doors;
    private final PodPrograms containers;
    private final List<Consumer<ObjectNode>> listeners = new ArrayList<>();

    private ProcessKubelet(KubernetesBinaries binaries, KubernetesStore store, Path root) {
        HostPorts ports = new HostPorts(root.resolve("ports"));
        this.programs = Programs.in(binaries);
        this.doors = new ServiceDoors(
                store,
                ports,
                () -> pods.values().stream()
                        .map(running -> new ServiceDoors.Backend(
                                running.pod(), running.process().serves())));
        this.containers = new PodPrograms(programs, store, root, ports, doors);
    }

    /**
     * Runs pods of this management cluster below a directory; what a killed predecessor left running there is ended.
     */
    public static ProcessKubelet start(KubernetesBinaries binaries, KubernetesStore store, Path root) {
        Path directory = Trees.directory(root.toAbsolutePath());
        endLeftovers(directory);
        ProcessKubelet kubelet = new ProcessKubelet(binaries, store, directory);
        store.subscribe(kubelet::note);
        return kubelet;
    }

    /** Orphans are told to end when their parent dies; this waits for them, or two would share a disk and a port. */
    private static void endLeftovers(Path directory) {
        ProcessHandle.allProcesses()
                .filter(process -> worksBelow(process, directory))
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
        JsonNode asked = Json.at(template, "spec", "containers");
        return asked.size() == 1 && programs.have(asked.get(0));
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
        doors.open(pod);
        Running now = pods.get(key);
        return now != null && now.process().serves();
    }

    private HostedPod begin(Key key, ObjectNode pod, @Nullable HostedPod predecessor) {
        Probe probe = new Probe(PodPrograms.container(pod).path("readinessProbe"), containers.ownPorts(pod));
        return HostedPod.start(
                key.name(),
                predecessor,
                () -> containers.launch(pod),
                probe::serves,
                probe.failureThreshold(),
                () -> listeners.forEach(listener -> listener.accept(pod)));
    }

    @Override
    public String finish(ObjectNode pod) {
        return containers.finish(pod);
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
        return doors.port(namespace, service, port);
    }

    /** The names of the programs that run now, for a person. */
    public List<String> running() {
        return pods.values().stream()
                .map(running -> Json.text(PodPrograms.container(running.pod()), "name"))
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
                Thread.ofVirtual().start(() -> forget(key, running));
            }
        } else if (change.key().type().equals(Types.NAMESPACE.id())) {
            forgetNamespace(change.key().name());
        }
    }

    /** The disk of a pod goes with it, unless the next one of its name has it already. */
    private void forget(Key key, Running last) {
        last.process().awaitEnd();
        if (!pods.containsKey(key)) {
            Trees.delete(containers.home(last.pod()));
        }
    }

    private void forgetNamespace(String namespace) {
        doors.forget(namespace);
        List<HostedPod> last = pods.entrySet().stream()
                .filter(entry -> entry.getKey().namespace().equals(namespace))
                .map(entry -> entry.getValue().process())
                .toList();
        pods.keySet().removeIf(key -> key.namespace().equals(namespace));
        last.forEach(HostedPod::stop);
        Thread.ofVirtual().start(() -> {
            last.forEach(HostedPod::awaitEnd);
            containers.forget(namespace);
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
        doors.close();
    }

    private static boolean isStateful(ObjectNode pod) {
        return Json.at(pod, "metadata", "ownerReferences")
                .valueStream()
                .anyMatch(owner -> Json.text(owner, "kind").equals("StatefulSet"));
    }
}
