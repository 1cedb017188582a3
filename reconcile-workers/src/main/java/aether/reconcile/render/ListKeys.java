package aether.reconcile.render;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * By what the elements of a list are told apart; the keys are those of Kubernetes' own API
 * ({@code x-kubernetes-list-map-keys} in its OpenAPI), for the lists that we render. A list that is not named here is
 * one value, and replaced as a whole.
 */
final class ListKeys {

    private static final Map<String, List<String>> KEYS = Map.of(
            "containers", List.of("name"),
            "initContainers", List.of("name"),
            "env", List.of("name"),
            "volumes", List.of("name"),
            "volumeMounts", List.of("mountPath"),
            "imagePullSecrets", List.of("name"),
            "topologySpreadConstraints", List.of("topologyKey", "whenUnsatisfiable"));

    private static final List<String> CONTAINER_PORT = List.of("containerPort", "protocol");
    private static final List<String> SERVICE_PORT = List.of("port", "protocol");

    private ListKeys() {}

    /** The keys of the list that stands in a field; none for a list that is one value. */
    static List<String> of(String field, JsonNode list) {
        if (!field.equals("ports")) {
            return KEYS.getOrDefault(field, List.of());
        }
        JsonNode first = list.path(0);
        if (first.has("containerPort")) {
            return CONTAINER_PORT;
        }
        // The ports of a NetworkPolicy are told apart by nothing; those of a Service always have a protocol here.
        return first.path("port").isNumber() && first.has("name") ? SERVICE_PORT : List.of();
    }

    /** The element with the same keys; a missing node when there is none. */
    static JsonNode find(JsonNode elements, JsonNode wanted, List<String> keys) {
        for (JsonNode element : elements) {
            if (keys.stream().allMatch(key -> wanted.path(key).equals(element.path(key)))) {
                return element;
            }
        }
        return MissingNode.getInstance();
    }
}
