package aether.sandbox.processes;

import aether.sandbox.journal.Json;
import aether.sandbox.kubernetes.KubernetesStore;
import aether.sandbox.kubernetes.Selection;
import aether.sandbox.kubernetes.Types;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The doors of the Services behind which pods run: what kube-proxy is to a node. */
final class ServiceDoors implements AutoCloseable {

    /** A pod that may stand behind a Service. */
    record Backend(ObjectNode pod, boolean serves) {}

    private record ServicePort(String namespace, String service, int port) {}

    private final KubernetesStore store;
    private final HostPorts ports;
    private final Supplier<Stream<Backend>> pods;
    private final Map<ServicePort, Door> doors = new ConcurrentHashMap<>();

    /**
     * Doors of this cluster's Services.
     *
     * @param pods all that run now
     */
    ServiceDoors(KubernetesStore store, HostPorts ports, Supplier<Stream<Backend>> pods) {
        this.store = store;
        this.ports = ports;
        this.pods = pods;
    }

    /**
     * Opens what is not open yet of the Services that select this pod.
     *
     * @throws IllegalStateException when somebody has taken the port; the next look finds another one
     */
    void open(ObjectNode pod) {
        String namespace = Json.text(pod, "metadata", "namespace");
        for (ObjectNode service :
                store.list(Types.SERVICE, namespace, Selection.ALL).items()) {
            if (selects(service, pod)) {
                for (JsonNode port : Json.at(service, "spec", "ports")) {
                    open(namespace, service, port);
                }
            }
        }
    }

    private void open(String namespace, ObjectNode service, JsonNode port) {
        String name = Json.text(service, "metadata", "name");
        int number = port.path("port").asInt(0);
        int target = port.path("targetPort").asInt(number);
        doors.computeIfAbsent(new ServicePort(namespace, name, number), wanted -> {
            try {
                return Door.open(ports.of(namespace, inside(name), number), () -> serving(namespace, service, target));
            } catch (IOException taken) {
                int next = ports.another(namespace, inside(name), number);
                throw new IllegalStateException(
                        "Expected to open a door for %s, but %s; its port is %d now".formatted(name, taken, next),
                        taken);
            }
        });
    }

    /** How a Service is named among those that have ports here. */
    private static String inside(String service) {
        return "service-" + service;
    }

    /** The ports of the pods that stand behind a Service: those that serve, or all when it publishes those too. */
    private List<Integer> serving(String namespace, ObjectNode service, int target) {
        boolean all = Json.at(service, "spec", "publishNotReadyAddresses").asBoolean(false);
        Predicate<Backend> stands = backend ->
                Json.text(backend.pod(), "metadata", "namespace").equals(namespace) && selects(service, backend.pod());
        return pods.get()
                .filter(stands)
                .filter(backend -> all || backend.serves())
                .map(backend -> ports.of(namespace, Json.text(backend.pod(), "metadata", "name"), target))
                .toList();
    }

    private static boolean selects(ObjectNode service, ObjectNode pod) {
        JsonNode selector = Json.at(service, "spec", "selector");
        JsonNode labels = Json.at(pod, "metadata", "labels");
        return !selector.isEmpty()
                && selector.properties().stream()
                        .allMatch(term -> labels.path(term.getKey()).equals(term.getValue()));
    }

    /**
     * Where what a pod reaches under a name is on this host: a pod of a headless Service under
     * {@code POD.SERVICE.NAMESPACE.svc}, a Service under its name, also with its namespace behind it; empty for what is
     * neither.
     */
    OptionalInt leadsTo(String namespace, String host, int port) {
        String name = host.replaceFirst("\\.cluster\\.local$", "").replaceFirst("\\.svc$", "");
        if (name.endsWith("." + namespace)) {
            name = name.substring(0, name.length() - namespace.length() - 1);
        }
        int dot = name.indexOf('.');
        if (dot > 0 && isService(namespace, name.substring(dot + 1))) {
            return OptionalInt.of(ports.of(namespace, name.substring(0, dot), port));
        }
        return isService(namespace, name)
                ? OptionalInt.of(ports.of(namespace, inside(name), port))
                : OptionalInt.empty();
    }

    private boolean isService(String namespace, String name) {
        return store.find(Types.SERVICE, namespace, name).isPresent();
    }

    /** The port of 127.0.0.1 behind which a port of that Service is served; empty while it has no door. */
    OptionalInt port(String namespace, String service, int port) {
        Door door = doors.get(new ServicePort(namespace, service, port));
        return door == null ? OptionalInt.empty() : OptionalInt.of(door.port());
    }

    /** Closes those of a namespace that is gone. */
    void forget(String namespace) {
        doors.entrySet().removeIf(entry -> {
            boolean gone = entry.getKey().namespace().equals(namespace);
            if (gone) {
                entry.getValue().close();
            }
            return gone;
        });
    }

    @Override
    public void close() {
        doors.values().forEach(Door::close);
        doors.clear();
    }
}
