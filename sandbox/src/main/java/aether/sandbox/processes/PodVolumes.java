package aether.sandbox.processes;

import aether.sandbox.journal.Json;
import aether.sandbox.kubernetes.KubernetesStore;
import aether.sandbox.kubernetes.ResourceType;
import aether.sandbox.kubernetes.Types;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The volumes of one pod as directories: what its Secrets and ConfigMaps say, empty ones, and its claims. */
final class PodVolumes {

    private final KubernetesStore store;
    private final Path pod;
    private final Path claims;

    /**
     * Volumes below a pod's directory.
     *
     * @param claims where what has to outlive the pod lies
     */
    PodVolumes(KubernetesStore store, Path pod, Path claims) {
        this.store = store;
        this.pod = pod;
        this.claims = claims;
    }

    /** Where each mount of the container is on this host. */
    Map<String, Path> places(ObjectNode object, JsonNode container) {
        Map<String, Path> places = new TreeMap<>();
        for (JsonNode mount : container.path("volumeMounts")) {
            String volume = Json.text(mount, "name");
            Path place = isDeclared(object, volume)
                    ? pod.resolve("volumes").resolve(volume)
                    : claims.resolve(volume + "-" + Json.text(object, "metadata", "name"));
            places.put(Json.text(mount, "mountPath"), place);
        }
        return places;
    }

    private static boolean isDeclared(ObjectNode object, String volume) {
        return Json.at(object, "spec", "volumes")
                .valueStream()
                .anyMatch(declared -> Json.text(declared, "name").equals(volume));
    }

    /**
     * Writes what is mounted; doing it again is harmless.
     *
     * @param localized turns the text of a ConfigMap, which may name paths and addresses, into what is true on this
     *     host
     */
    void write(ObjectNode object, JsonNode container, UnaryOperator<String> localized) {
        places(object, container).values().forEach(Trees::directory);
        String namespace = Json.text(object, "metadata", "namespace");
        for (JsonNode volume : Json.at(object, "spec", "volumes")) {
            Path place = Trees.directory(pod.resolve("volumes").resolve(Json.text(volume, "name")));
            if (volume.has("secret")) {
                content(Types.SECRET, namespace, Json.text(volume, "secret", "secretName"), volume.path("secret"))
                        .forEach((file, text) -> Trees.write(
                                place.resolve(file), Base64.getDecoder().decode(text)));
            } else if (volume.has("configMap")) {
                content(Types.CONFIG_MAP, namespace, Json.text(volume, "configMap", "name"), volume.path("configMap"))
                        .forEach((file, text) -> Trees.write(
                                place.resolve(file), localized.apply(text).getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    /** File name to value; only the items that the volume asks for, if it names any. */
    private Map<String, String> content(ResourceType type, String namespace, String name, JsonNode source) {
        ObjectNode found = store.find(type, namespace, name)
                .orElseThrow(() -> new IllegalStateException(
                        "Expected " + type.kind() + " " + name + " in " + namespace + ", but it is gone"));
        Map<String, String> files = new TreeMap<>();
        if (source.path("items").isEmpty()) {
            found.path("data")
                    .properties()
                    .forEach(entry -> files.put(entry.getKey(), entry.getValue().asString("")));
        }
        for (JsonNode item : source.path("items")) {
            String value = Json.text(found, "data", Json.text(item, "key"));
            if (value.isEmpty()) {
                throw new IllegalStateException("Expected " + type.kind() + " " + name + " to have "
                        + Json.text(item, "key") + ", but it has not");
            }
            files.put(Json.text(item, "path"), value);
        }
        return files;
    }
}
