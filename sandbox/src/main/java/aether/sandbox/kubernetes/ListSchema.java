package aether.sandbox.kubernetes;

import aether.sandbox.journal.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which lists are maps in disguise, by the field's name. The real API takes this from OpenAPI; these are the ones that
 * occur in what a management cluster and a tenant hold. Whatever is not named here is replaced as a whole.
 */
final class ListSchema {
    private static final Map<String, List<String>> KEYS = Map.ofEntries(
            Map.entry("containers", List.of("name")),
            Map.entry("initContainers", List.of("name")),
            Map.entry("volumes", List.of("name")),
            Map.entry("env", List.of("name")),
            Map.entry("imagePullSecrets", List.of("name")),
            Map.entry("secrets", List.of("name")),
            Map.entry("volumeMounts", List.of("mountPath")),
            Map.entry("volumeDevices", List.of("devicePath")),
            Map.entry("conditions", List.of("type")),
            Map.entry("addresses", List.of("type")),
            Map.entry("ownerReferences", List.of("uid")),
            Map.entry("hostAliases", List.of("ip")),
            Map.entry("topologySpreadConstraints", List.of("topologyKey", "whenUnsatisfiable")));
    private static final List<String> CONTAINER_PORTS = List.of("containerPort", "protocol");
    private static final List<String> SERVICE_PORTS = List.of("port", "protocol");

    /** Objects that are replaced as a whole, because half of one means something else. */
    private static final Set<String> WHOLE_OBJECTS = Set.of(
            "selector",
            "labelSelector",
            "nodeSelector",
            "podSelector",
            "namespaceSelector",
            "secretKeyRef",
            "configMapKeyRef",
            "fieldRef",
            "resourceFieldRef",
            "roleRef");

    private ListSchema() {}

    static boolean isWhole(String field) {
        return WHOLE_OBJECTS.contains(field);
    }

    static boolean isSet(String field, JsonNode list) {
        return field.equals("finalizers") && list.isArray();
    }

    /** The key fields of a list's items, empty when the list is one value. */
    static Optional<List<String>> keys(String field, JsonNode list) {
        if (!(list instanceof ArrayNode items) || items.isEmpty()) {
            return Optional.empty();
        }
        List<String> keys = field.equals("ports")
                ? (items.get(0).has("containerPort") ? CONTAINER_PORTS : SERVICE_PORTS)
                : KEYS.get(field);
        if (keys == null) {
            return Optional.empty();
        }
        for (JsonNode item : items) {
            if (!item.isObject() || !item.has(keys.getFirst())) {
                return Optional.empty();
            }
        }
        return Optional.of(keys);
    }

    /** The identity of an item, with the default a real API would have filled in. */
    static ObjectNode identity(List<String> keys, JsonNode item) {
        ObjectNode identity = Json.object();
        for (String key : keys.stream().sorted().toList()) {
            if (item.has(key)) {
                identity.set(key, item.get(key));
            } else if (key.equals("protocol")) {
                identity.put(key, "TCP");
            }
        }
        return identity;
    }
}
