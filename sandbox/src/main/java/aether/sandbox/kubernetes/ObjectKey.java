package aether.sandbox.kubernetes;

import aether.sandbox.journal.Json;
import java.util.Comparator;
import tools.jackson.databind.JsonNode;

/**
 * Where an object is kept.
 *
 * @param type {@link ResourceType#id()}
 * @param namespace empty for what belongs to the whole cluster
 */
public record ObjectKey(String type, String namespace, String name) implements Comparable<ObjectKey> {
    private static final Comparator<ObjectKey> ORDER = Comparator.comparing(ObjectKey::type)
            .thenComparing(ObjectKey::namespace)
            .thenComparing(ObjectKey::name);

    /** The key of an object of this type, from its own metadata. */
    public static ObjectKey of(ResourceType type, JsonNode object) {
        String namespace = type.namespaced() ? Json.text(object, "metadata", "namespace") : "";
        return new ObjectKey(type.id(), namespace, Json.text(object, "metadata", "name"));
    }

    /** The key of an object of this type by name. */
    public static ObjectKey of(ResourceType type, String namespace, String name) {
        return new ObjectKey(type.id(), type.namespaced() ? namespace : "", name);
    }

    @Override
    public int compareTo(ObjectKey other) {
        return ORDER.compare(this, other);
    }
}
