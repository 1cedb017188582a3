package aether.sandbox;

import aether.sandbox.hypervisor.Hypervisor;
import aether.sandbox.journal.Json;
import aether.sandbox.journal.Ledger;
import aether.sandbox.kubelet.TenantApis;
import aether.sandbox.kubernetes.KubernetesStore;
import aether.sandbox.kubernetes.ResourceType;
import aether.sandbox.kubernetes.Selection;
import aether.sandbox.kubernetes.Types;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Everything there is, counted, and everything that is there twice. */
record Inventory(KubernetesStore management, TenantApis tenants, Hypervisor hypervisor, Ledger ledger) {

    ObjectNode take() {
        ObjectNode inventory = Json.object();
        List<ObjectNode> vms = hypervisor.list();
        count(inventory, "vms", vms.stream().map(vm -> Json.text(vm, "name")).toList());
        List<ObjectNode> issued = ledger.effects("certificate-issued");
        count(
                inventory,
                "certificates",
                issued.stream().map(Inventory::revision).toList());
        count(inventory, "secrets", names(Types.SECRET));
        count(inventory, "namespaces", names(Types.NAMESPACE));
        count(inventory, "tenant_apis", List.copyOf(tenants.serving().keySet()));
        List<String> nodes = tenants.serving().entrySet().stream()
                .flatMap(tenant -> tenant.getValue().store().list(Types.NODE, "", Selection.ALL).items().stream()
                        .map(node -> tenant.getKey() + "/" + Json.text(node, "metadata", "name")))
                .toList();
        count(inventory, "nodes", nodes);
        ArrayNode doubles = inventory.putArray("doubles");
        doubles(vms, issued).forEach(doubles::add);
        return inventory;
    }

    private static void count(ObjectNode inventory, String what, List<String> names) {
        ObjectNode entry = inventory.putObject(what).put("count", names.size());
        names.stream().sorted().forEach(entry.putArray("names")::add);
    }

    private List<String> names(ResourceType type) {
        return management.list(type, "", Selection.ALL).items().stream()
                .map(object -> {
                    String namespace = Json.text(object, "metadata", "namespace");
                    return (namespace.isEmpty() ? "" : namespace + "/") + Json.text(object, "metadata", "name");
                })
                .toList();
    }

    private static String revision(JsonNode issued) {
        return "%s/%s@%d"
                .formatted(
                        Json.text(issued, "namespace"),
                        Json.text(issued, "name"),
                        issued.path("revision").asLong());
    }

    private Set<String> doubles(List<ObjectNode> vms, List<ObjectNode> issued) {
        Set<String> doubles = new TreeSet<>();
        Set<String> seen = new HashSet<>();
        for (JsonNode effect : issued) {
            if (!seen.add(Json.text(effect, "uid") + revision(effect))) {
                doubles.add("certificate " + revision(effect) + " was issued twice");
            }
        }
        for (JsonNode vm : vms) {
            if (!seen.add("name " + Json.text(vm, "name"))) {
                doubles.add("machine " + Json.text(vm, "name") + " exists twice");
            }
            String address = Json.text(vm, "address");
            if (!address.isEmpty() && !seen.add("address " + address)) {
                doubles.add("address " + address + " is used twice");
            }
        }
        doubles.addAll(clonedTwice());
        return doubles;
    }

    /** A machine that was cloned while another one of its name existed: double, even if it was cleaned up later. */
    private Set<String> clonedTwice() {
        Set<String> doubles = new TreeSet<>();
        Map<String, Integer> alive = new HashMap<>();
        for (JsonNode effect : ledger.effects("vm-")) {
            String name = Json.text(effect, "name");
            switch (Json.text(effect, "effect")) {
                case "vm-cloned" -> {
                    if (alive.merge(name, 1, Integer::sum) > 1) {
                        doubles.add("machine " + name + " was cloned while it existed");
                    }
                }
                case "vm-deleted", "vm-clone-failed" -> alive.merge(name, -1, Integer::sum);
                default -> {
                    // does not make or take away a machine
                }
            }
        }
        return doubles;
    }
}
