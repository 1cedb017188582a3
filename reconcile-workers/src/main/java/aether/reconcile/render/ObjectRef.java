package aether.reconcile.render;

import tools.jackson.databind.JsonNode;

/**
 * Which object.
 *
 * @param namespace empty for a kind that has none
 */
public record ObjectRef(ResourceKind kind, String namespace, String name) {

    /** The object that a tree describes. */
    public static ObjectRef of(JsonNode object) {
        String apiVersion = object.path("apiVersion").asString("");
        String kind = object.path("kind").asString("");
        return new ObjectRef(
                ResourceKind.named(apiVersion, kind)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "Expected a kind that workers know, but got " + apiVersion + " " + kind + ".")),
                object.path("metadata").path("namespace").asString(""),
                object.path("metadata").path("name").asString(""));
    }

    /** {@code Kind/name}, as people write it. */
    public String shown() {
        return kind.kind() + "/" + name;
    }
}
