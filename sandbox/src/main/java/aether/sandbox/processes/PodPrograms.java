package aether.sandbox.processes;

import aether.embedded.process.ChildProgram;
import aether.sandbox.journal.Json;
import aether.sandbox.kubelet.FailedTask;
import aether.sandbox.kubernetes.KubernetesStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntUnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Begins the containers of pods as programs of this host, in directories that hold what the pod mounts. */
final class PodPrograms {

    private static final Logger LOG = LoggerFactory.getLogger(PodPrograms.class);
    /** Far more than anything that comes to an end takes here. */
    private static final Duration TASK_BOUND = Duration.ofMinutes(2);

    private final Programs programs;
    private final KubernetesStore store;
    private final Path root;
    private final HostPorts ports;
    private final ServiceDoors doors;

    /**
     * Programs below a directory.
     *
     * @param programs those that this machine has
     * @param store where Secrets, ConfigMaps and Services are
     */
    PodPrograms(Programs programs, KubernetesStore store, Path root, HostPorts ports, ServiceDoors doors) {
        this.programs = programs;
        this.store = store;
        this.root = root;
        this.ports = ports;
        this.doors = doors;
    }

    /** Begins a pod's only container, as a kubelet that lost the sandbox: what comes before is run again each time. */
    ChildProgram launch(ObjectNode pod) {
        String ignored = finish(pod, "initContainers");
        return begin(pod, container(pod));
    }

    static JsonNode container(ObjectNode pod) {
        return Json.at(pod, "spec", "containers").get(0);
    }

    /**
     * Runs all to its end, what comes before and then the containers, one after the other, and leaves no disk behind.
     *
     * @return what the last one said
     * @throws IllegalStateException with its last words, when one fails
     */
    String finish(ObjectNode pod) {
        try {
            String ignored = finish(pod, "initContainers");
            return finish(pod, "containers");
        } finally {
            Trees.delete(home(pod));
        }
    }

    private String finish(ObjectNode pod, String containers) {
        String podName = Json.text(pod, "metadata", "name");
        String said = "";
        for (JsonNode container : Json.at(pod, "spec", containers)) {
            ChildProgram program = begin(pod, container);
            OptionalInt code = program.awaitExit(TASK_BOUND);
            program.end();
            said = program.lastWords().strip();
            String name = Json.text(container, "name");
            if (code.isEmpty()) {
                throw new IllegalStateException("Expected %s of %s to do its work within %s, but it did not end: %s"
                        .formatted(name, podName, TASK_BOUND, said));
            }
            if (code.getAsInt() != 0) {
                throw new TaskFailedException(podName, new FailedTask(name, code.getAsInt(), said));
            }
        }
        return said;
    }

    private ChildProgram begin(ObjectNode pod, JsonNode container) {
        String namespace = Json.text(pod, "metadata", "namespace");
        IntUnaryOperator own = ownPorts(pod);
        Path directory = Trees.directory(home(pod));
        Path claims = root.resolve("claims").resolve(namespace);
        PodVolumes volumes = new PodVolumes(store, directory, claims);
        Localizing localizing =
                new Localizing(volumes.places(pod, container), (host, port) -> leadsTo(namespace, host, port, own));
        volumes.write(pod, container, localizing::text);
        Map<String, String> environment = new PodEnvironment(store).of(pod, container);
        List<String> inside = new ArrayList<>();
        container.path("command").forEach(word -> inside.add(PodEnvironment.expanded(word.asString(""), environment)));
        container.path("args").forEach(word -> inside.add(PodEnvironment.expanded(word.asString(""), environment)));
        String program = programs.path(inside.getFirst());
        environment.put("HOME", directory.toString());
        environment.put("TMPDIR", directory.toString());
        environment.put("PATH", programs.binaries().path());
        LOG.debug("Starting {} in {}", inside.getFirst(), namespace);
        return ChildProgram.launch(
                Json.text(container, "name"), directory, HostCommand.of(inside, program, localizing, own), environment);
    }

    /** The port of this host for a port of the pod itself. */
    IntUnaryOperator ownPorts(ObjectNode pod) {
        String namespace = Json.text(pod, "metadata", "namespace");
        String name = Json.text(pod, "metadata", "name");
        return port -> ports.of(namespace, name, port);
    }

    /** Where what a pod names is on this host: itself under 0.0.0.0, or what its Services lead to. */
    private OptionalInt leadsTo(String namespace, String host, int port, IntUnaryOperator own) {
        return host.equals("0.0.0.0") ? OptionalInt.of(own.applyAsInt(port)) : doors.leadsTo(namespace, host, port);
    }

    /** The disk of a pod. */
    Path home(ObjectNode pod) {
        return root.resolve("pods")
                .resolve(Json.text(pod, "metadata", "namespace"))
                .resolve(Json.text(pod, "metadata", "name"));
    }

    /** Deletes all that a namespace which is gone has left on this host; its pods have ended. */
    void forget(String namespace) {
        ports.forget(namespace);
        Trees.delete(root.resolve("claims").resolve(namespace));
        Trees.delete(root.resolve("pods").resolve(namespace));
    }
}
