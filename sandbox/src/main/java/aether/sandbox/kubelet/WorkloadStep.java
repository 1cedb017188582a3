package aether.sandbox.kubelet;

import aether.sandbox.certificates.Conditions;
import aether.sandbox.journal.Json;
import aether.sandbox.kubernetes.ApiRefusal;
import aether.sandbox.kubernetes.Deletion;
import aether.sandbox.kubernetes.KubernetesStore;
import aether.sandbox.kubernetes.ObjectKey;
import aether.sandbox.kubernetes.ResourceType;
import aether.sandbox.kubernetes.Selection;
import aether.sandbox.kubernetes.Types;
import aether.sandbox.kubernetes.World;
import aether.sandbox.kubernetes.WriteOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One look at one workload: makes the pods it should have, waits until they are ready, takes the old ones away and
 * writes the status. There are no ReplicaSets: a Deployment owns its pods.
 */
final class WorkloadStep {
    private static final WriteOptions OURS = WriteOptions.by("sandbox-kubelet");
    private static final String HASH = "pod-template-hash";
    private static final String STARTED = "sandbox.aetherplatform.cloud/started";
    /** How a process that ended by itself is spoken of. */
    private static final String ENDED = "it ended";

    private static final Duration SOON = Duration.ofMillis(1);
    /** More pods than any tenant's control plane has. */
    private static final int REPLICAS_MAX = 1_000;

    private final KubernetesStore store;
    private final World world;
    private final Duration podReady;
    private final PodRuntime runtime;
    private final PodFaults faults;

    WorkloadStep(KubernetesStore store, World world, Duration podReady, PodRuntime runtime, PodFaults faults) {
        this.faults = faults;
        this.store = store;
        this.runtime = runtime;
        this.world = world;
        this.podReady = podReady;
    }

    Optional<Duration> reconcile(ResourceType type, ObjectKey key) {
        Optional<ObjectNode> found = store.find(type, key.namespace(), key.name());
        if (found.isEmpty() || found.get().path("metadata").has("deletionTimestamp")) {
            return Optional.empty();
        }
        ObjectNode workload = found.get();
        JsonNode template = Json.at(workload, "spec", "template");
        String hash = PodTemplate.hash(template);
        Map<String, ObjectNode> pods = podsOf(workload);
        List<String> wanted = podNames(type, workload, hash);
        String missing = missing(key.namespace(), template);
        boolean hosted = runtime.takes(template);
        String trouble = missing.isEmpty() ? "" : "waits for " + missing;
        Duration wait = Duration.ZERO;
        int ready = 0;
        int old = 0;
        String next = type.equals(Types.STATEFUL_SET) ? nextToReplace(pods, wanted, hash) : "";
        for (String name : wanted) {
            ObjectNode pod = pods.get(name);
            if (pod != null && !hashOf(pod).equals(hash)) {
                if (name.equals(next)) {
                    delete(pod); // a StatefulSet's pod is replaced under its own name
                    pod = null;
                } else {
                    old++;
                }
            }
            if (pod == null) {
                pod = create(type, workload, name, hash);
            }
            makeClaims(workload, pod);
            String unbound = unbound(workload, pod);
            boolean kept = faults.concerns(template) || faults.isWithoutNode(pod) || !unbound.isEmpty();
            Duration left = missing.isEmpty() && !hosted ? untilReady(pod) : podReady;
            boolean running = missing.isEmpty() && !kept && (hosted ? runtime.run(pod) : !left.isPositive());
            trouble = hosted && missing.isEmpty() && !kept && !running ? runtime.trouble(pod) : trouble;
            report(pod, running, trouble, unbound, hosted && !kept);
            ready += running ? 1 : 0;
            wait = left.compareTo(wait) > 0 && missing.isEmpty() && !hosted ? left : wait;
        }
        boolean complete = ready == wanted.size() && old == 0;
        if (complete) {
            pods.forEach((name, pod) -> {
                if (!wanted.contains(name)) {
                    delete(pod);
                }
            });
        }
        // Pods that run serve until their successors do; simulated ones have nothing behind them that could.
        int standing = hosted && !complete ? standing(pods, wanted) : 0;
        writeStatus(type, workload, wanted.size(), ready + standing, wanted.size() - old, trouble);
        boolean goesOn = old > 0 && ready == wanted.size();
        return Optional.of(goesOn ? SOON : wait).filter(Duration::isPositive);
    }

    /**
     * The pod of a StatefulSet that goes now: from the last to the first, each only when all after it are new and
     * ready. Source: Kubernetes, "Rolling updates" of StatefulSets.
     */
    private static String nextToReplace(Map<String, ObjectNode> pods, List<String> wanted, String hash) {
        for (String name : wanted.reversed()) {
            ObjectNode pod = pods.get(name);
            if (pod != null && !hashOf(pod).equals(hash)) {
                return name;
            }
            if (pod == null || !Conditions.isTrue(pod, "Ready")) {
                return "";
            }
        }
        return "";
    }

    private Map<String, ObjectNode> podsOf(ObjectNode workload) {
        String uid = Json.text(workload, "metadata", "uid");
        Map<String, ObjectNode> pods = new TreeMap<>();
        for (ObjectNode pod : store.list(Types.POD, Json.text(workload, "metadata", "namespace"), Selection.ALL)
                .items()) {
            boolean owned = Json.at(pod, "metadata", "ownerReferences")
                    .valueStream()
                    .anyMatch(owner -> Json.text(owner, "uid").equals(uid));
            if (owned) {
                pods.put(Json.text(pod, "metadata", "name"), pod);
            }
        }
        return pods;
    }

    private List<String> podNames(ResourceType type, ObjectNode workload, String hash) {
        String name = Json.text(workload, "metadata", "name");
        if (type.equals(Types.DAEMON_SET)) {
            return store.list(Types.NODE, "", Selection.ALL).items().stream()
                    .map(node -> name + "-" + PodTemplate.crc(Json.text(node, "metadata", "name")))
                    .toList();
        }
        int replicas = Math.min(Json.at(workload, "spec", "replicas").asInt(1), REPLICAS_MAX);
        String prefix = type.equals(Types.STATEFUL_SET) ? name + "-" : name + "-" + hash + "-";
        return IntStream.range(0, replicas).mapToObj(i -> prefix + i).toList();
    }

    private static int standing(Map<String, ObjectNode> pods, List<String> wanted) {
        return Math.toIntExact(pods.entrySet().stream()
                .filter(pod -> !wanted.contains(pod.getKey()) && Conditions.isTrue(pod.getValue(), "Ready"))
                .count());
    }

    private static String hashOf(ObjectNode pod) {
        return Json.text(pod, "metadata", "labels", HASH);
    }

    private String missing(String namespace, JsonNode template) {
        List<String> missing = new ArrayList<>();
        for (PodTemplate.Needed needed : PodTemplate.needs(template)) {
            ResourceType type = needed.secret() ? Types.SECRET : Types.CONFIG_MAP;
            if (store.find(type, namespace, needed.name()).isEmpty()) {
                missing.add(type.kind() + " " + needed.name());
            }
        }
        if (store.list(Types.NODE, "", Selection.ALL).items().isEmpty()) {
            missing.add("a Node");
        }
        return String.join(", ", missing);
    }

    private ObjectNode create(ResourceType type, ObjectNode workload, String name, String hash) {
        JsonNode template = Json.at(workload, "spec", "template");
        ObjectNode pod = Json.object().put("apiVersion", "v1").put("kind", "Pod");
        ObjectNode metadata = template.path("metadata") instanceof ObjectNode asked ? asked.deepCopy() : Json.object();
        pod.set("metadata", metadata);
        metadata.put("name", name);
        Json.child(metadata, "labels").put(HASH, hash);
        Json.child(metadata, "annotations").put(STARTED, world.clock().instant().toString());
        metadata.putArray("ownerReferences")
                .addObject()
                .put("apiVersion", type.apiVersion())
                .put("kind", type.kind())
                .put("name", Json.text(workload, "metadata", "name"))
                .put("uid", Json.text(workload, "metadata", "uid"))
                .put("controller", true)
                .put("blockOwnerDeletion", true);
        pod.set("spec", template.path("spec").deepCopy());
        store.list(Types.NODE, "", Selection.ALL).items().stream()
                .findFirst()
                .ifPresent(node -> Json.child(pod, "spec").put("nodeName", Json.text(node, "metadata", "name")));
        return store.create(Types.POD, Json.text(workload, "metadata", "namespace"), pod, OURS);
    }

    private void makeClaims(ObjectNode workload, ObjectNode pod) {
        String namespace = Json.text(pod, "metadata", "namespace");
        for (JsonNode template : Json.at(workload, "spec", "volumeClaimTemplates")) {
            String name = Json.text(template, "metadata", "name") + "-" + Json.text(pod, "metadata", "name");
            if (store.find(Types.CLAIM, namespace, name).isEmpty()) {
                ObjectNode claim = Json.object();
                ObjectNode metadata = claim.putObject("metadata").put("name", name);
                if (Json.at(template, "metadata", "labels") instanceof ObjectNode labels) {
                    metadata.set("labels", labels.deepCopy());
                }
                claim.set("spec", template.path("spec").deepCopy());
                store.create(Types.CLAIM, namespace, claim, OURS);
            }
        }
    }

    /** The claims of a pod that have no volume. */
    private String unbound(ObjectNode workload, ObjectNode pod) {
        List<String> unbound = new ArrayList<>();
        for (JsonNode template : Json.at(workload, "spec", "volumeClaimTemplates")) {
            String name = Json.text(template, "metadata", "name") + "-" + Json.text(pod, "metadata", "name");
            store.find(Types.CLAIM, Json.text(pod, "metadata", "namespace"), name)
                    .filter(claim -> List.of("Pending", "Lost").contains(Json.text(claim, "status", "phase")))
                    .ifPresent(claim -> unbound.add(name));
        }
        return faults.concernClaims() ? String.join(", ", unbound) : "";
    }

    private Duration untilReady(ObjectNode pod) {
        String started = Json.text(pod, "metadata", "annotations", STARTED);
        Instant readyAt = Instant.parse(started).plus(podReady);
        Duration left = Duration.between(world.clock().instant(), readyAt);
        return left.compareTo(podReady) > 0 ? podReady : left; // the clock was set back
    }

    private void report(ObjectNode live, boolean running, String trouble, String unbound, boolean hosted) {
        ObjectNode pod = live.deepCopy();
        boolean lives = running || (hosted && runtime.lives(live));
        ObjectNode status = Json.child(pod, "status").put("phase", lives ? "Running" : "Pending");
        String unscheduled = unbound.isEmpty()
                ? faults.isWithoutNode(live) ? "0/3 nodes are available: 3 Insufficient cpu." : ""
                : "pod has unbound immediate PersistentVolumeClaims: " + unbound;
        boolean scheduled = unscheduled.isEmpty();
        Conditions.set(
                pod, "PodScheduled", scheduled, scheduled ? "Scheduled" : "Unschedulable", unscheduled, world.now());
        Optional<FailedTask> failed = hosted && scheduled && !lives ? runtime.failed(live) : Optional.empty();
        failed.ifPresentOrElse(task -> initialized(status, task), () -> status.remove("initContainerStatuses"));
        containers(status, live, running, lives, trouble, scheduled);
        Conditions.set(
                pod, "Ready", running, running ? "Ready" : "ContainersNotReady", running ? "" : trouble, world.now());
        if (running) {
            status.put("podIP", "10.128.0.1");
        }
        ObjectKey key = ObjectKey.of(Types.POD, pod);
        store.update(Types.POD, key.namespace(), key.name(), pod, OURS.ofStatus());
    }

    /** Of those that come before the others, the one that failed. */
    private static void initialized(ObjectNode status, FailedTask task) {
        ObjectNode told = status.putArray("initContainerStatuses")
                .addObject()
                .put("name", task.container())
                .put("ready", false);
        told.putObject("state")
                .putObject("waiting")
                .put("reason", "CrashLoopBackOff")
                .put("message", task.words());
        told.putObject("lastState").putObject("terminated").put("exitCode", task.exitCode());
    }

    /** As far as anybody reads it: whether each runs, or what it waits for. Only what has a node has containers. */
    private void containers(
            ObjectNode status, ObjectNode pod, boolean running, boolean lives, String trouble, boolean scheduled) {
        ArrayNode statuses = status.putArray("containerStatuses");
        for (JsonNode container : scheduled ? Json.at(pod, "spec", "containers") : Json.object()) {
            ObjectNode state = statuses.addObject()
                    .put("name", Json.text(container, "name"))
                    .put("ready", running)
                    .putObject("state");
            String told = faults.reason(container);
            if (lives && told.isEmpty()) {
                state.putObject("running");
            } else {
                String waits = trouble.startsWith(ENDED) ? "CrashLoopBackOff" : "ContainerCreating";
                state.putObject("waiting")
                        .put("reason", told.isEmpty() ? waits : told)
                        .put("message", told.isEmpty() ? trouble : "the sandbox was told so");
            }
        }
    }

    private void delete(ObjectNode pod) {
        ObjectKey key = ObjectKey.of(Types.POD, pod);
        try {
            store.delete(Types.POD, key.namespace(), key.name(), Deletion.PLAIN);
        } catch (ApiRefusal gone) {
            if (gone.code() != 404) {
                throw gone;
            }
        }
    }

    private void writeStatus(ResourceType type, ObjectNode live, int wanted, int ready, int updated, String trouble) {
        ObjectNode workload = live.deepCopy();
        ObjectNode status = Json.child(workload, "status");
        status.put("observedGeneration", Json.at(live, "metadata", "generation").asLong());
        if (type.equals(Types.DAEMON_SET)) {
            status.put("desiredNumberScheduled", wanted)
                    .put("currentNumberScheduled", wanted)
                    .put("updatedNumberScheduled", wanted)
                    .put("numberMisscheduled", 0)
                    .put("numberReady", ready)
                    .put("numberAvailable", ready);
        } else {
            status.put("replicas", wanted)
                    .put("updatedReplicas", updated)
                    .put("readyReplicas", ready)
                    .put("availableReplicas", ready);
        }
        if (type.equals(Types.STATEFUL_SET)) {
            status.put("currentReplicas", ready)
                    .put("updateRevision", PodTemplate.hash(Json.at(live, "spec", "template")))
                    .put("currentRevision", PodTemplate.hash(Json.at(live, "spec", "template")));
        }
        if (type.equals(Types.DEPLOYMENT)) {
            boolean available = ready >= wanted;
            status.put("unavailableReplicas", Math.max(0, wanted - ready));
            Conditions.set(
                    workload,
                    "Available",
                    available,
                    available ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
                    available ? "" : trouble,
                    world.now());
            Conditions.set(
                    workload,
                    "Progressing",
                    true,
                    available ? "NewReplicaSetAvailable" : "ReplicaSetUpdated",
                    "",
                    world.now());
        }
        ObjectKey key = ObjectKey.of(type, workload);
        workload.withObject("metadata").remove("resourceVersion");
        store.update(type, key.namespace(), key.name(), workload, OURS.ofStatus());
    }
}
