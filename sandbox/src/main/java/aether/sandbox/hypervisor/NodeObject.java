package aether.sandbox.hypervisor;

import aether.sandbox.certificates.Conditions;
import aether.sandbox.journal.Json;
import aether.sandbox.kubernetes.ApiRefusal;
import aether.sandbox.kubernetes.Deletion;
import aether.sandbox.kubernetes.KubernetesStore;
import aether.sandbox.kubernetes.Patch;
import aether.sandbox.kubernetes.Types;
import aether.sandbox.kubernetes.WriteOptions;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A machine as the Node object of its cluster. There is no heartbeat: a steady node writes nothing. */
final class NodeObject {
    private static final WriteOptions KUBELET = new WriteOptions("kubelet", "", true, false, Json.object());

    private NodeObject() {}

    /** The Node as a kubelet registers it. */
    static ObjectNode of(ObjectNode vm) {
        JsonNode config = Json.at(vm, "config", "machine_config");
        String name = Json.text(vm, "name");
        ObjectNode node = Json.object().put("apiVersion", "v1").put("kind", "Node");
        ObjectNode metadata = node.putObject("metadata").put("name", name);
        ObjectNode labels = config.path("node_labels") instanceof ObjectNode asked ? asked.deepCopy() : Json.object();
        metadata.set("labels", labels.put("kubernetes.io/hostname", name));
        String providerId = Json.text(config, "provider_id");
        node.putObject("spec")
                .put("providerID", providerId.isEmpty() ? "sandbox://" + Json.text(vm, "uuid") : providerId);
        return node;
    }

    /** Its status: where it is, what it has, that it is ready. */
    static ObjectNode status(ObjectNode vm, String now) {
        ObjectNode node = Json.object();
        ObjectNode status = node.putObject("status");
        status.putArray("addresses").addObject().put("type", "InternalIP").put("address", Json.text(vm, "address"));
        Json.child(status, "nodeInfo")
                .put("kubeletVersion", Json.text(vm, "config", "machine_config", "kubernetes_version"))
                .put("osImage", "Talos (simulated)")
                .put("systemUUID", Json.text(vm, "uuid"));
        Json.child(status, "capacity")
                .put("cpu", Integer.toString(vm.path("cores").asInt()))
                .put("memory", vm.path("memory_mb").asInt() + "Mi");
        Conditions.set(node, "Ready", true, "KubeletReady", "kubelet is posting ready status", now);
        return status;
    }

    static void register(KubernetesStore store, ObjectNode vm, String apiVersion, String now) {
        String name = Json.text(vm, "name");
        store.patch(Types.NODE, "", name, new Patch.Apply(of(vm)), KUBELET);

        ObjectNode live = store.find(Types.NODE, "", name).orElseThrow().deepCopy();
        ObjectNode status = Json.child(live, "status");
        status(vm, now).properties().forEach(field -> status.set(field.getKey(), field.getValue()));
        if (Json.text(status, "nodeInfo", "kubeletVersion").isEmpty()) {
            Json.child(status, "nodeInfo").put("kubeletVersion", apiVersion);
        }
        store.update(Types.NODE, "", name, live, KUBELET.ofStatus());
    }

    /** The node's machine has stopped answering. */
    static void lose(KubernetesStore store, ObjectNode vm, String now) {
        own(store, vm).ifPresent(node -> {
            ObjectNode live = node.deepCopy();
            Conditions.set(live, "Ready", false, "NodeStatusUnknown", "Kubelet stopped posting node status.", now);
            store.update(Types.NODE, "", Json.text(vm, "name"), live, KUBELET.ofStatus());
        });
    }

    /** The node's machine is gone. */
    static void remove(KubernetesStore store, ObjectNode vm) {
        own(store, vm).ifPresent(node -> {
            try {
                store.delete(Types.NODE, "", Json.text(vm, "name"), Deletion.PLAIN);
            } catch (ApiRefusal gone) {
                if (gone.code() != 404) {
                    throw gone;
                }
            }
        });
    }

    private static Optional<ObjectNode> own(KubernetesStore store, ObjectNode vm) {
        return store.find(Types.NODE, "", Json.text(vm, "name"))
                .filter(node ->
                        Json.at(node, "status", "nodeInfo", "systemUUID").equals(vm.path("uuid")));
    }
}
