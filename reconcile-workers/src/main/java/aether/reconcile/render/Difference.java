package aether.reconcile.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Why an object has to be applied.
 *
 * @param kind what is wrong with the object that is there
 * @param detail in words, for a person
 */
public record Difference(Kind kind, String detail) {

    /** What is wrong. */
    public enum Kind {
        /** It is not there. */
        MISSING,
        /** It was applied from another rendering: what is wanted has changed. */
        OUTDATED,
        /** It was applied from this rendering, and somebody changed it since. */
        DRIFTED
    }

    /**
     * Compares what is wanted with what is there. Whatever the rendering states must be there with that value; what
     * others added, or the API server filled in, is theirs: also an element of a list whose elements have keys
     * (Kubernetes: server-side apply, merge strategy), because applying could not take it away.
     *
     * @param observed absent when the object is not there
     */
    public static Optional<Difference> between(Rendered wanted, @Nullable JsonNode observed) {
        if (observed == null) {
            return Optional.of(new Difference(Kind.MISSING, "it was missing"));
        }
        String applied = observed.path("metadata")
                .path("annotations")
                .path(Rendered.HASH)
                .asString("");
        if (!applied.equals(wanted.hash())) {
            return Optional.of(new Difference(Kind.OUTDATED, "it was rendered anew"));
        }
        return firstDifference(new FieldPath(List.of()), wanted.json(), observed)
                .map(path -> new Difference(
                        Kind.DRIFTED,
                        path.shown() + " was changed"
                                + path.otherOwner(observed)
                                        .map(manager -> " by " + manager)
                                        .orElse("")));
    }

    private static Optional<FieldPath> firstDifference(FieldPath path, JsonNode wanted, JsonNode observed) {
        if (wanted.isObject()) {
            return inObject(path, wanted, observed);
        }
        if (wanted.isArray()) {
            return inList(path, wanted, observed);
        }
        String text = wanted.asString("");
        // A number may come back as text and the other way round (quantities, ports); empty text is left out.
        boolean same = wanted.equals(observed)
                || text.equals(observed.asString("?"))
                || (wanted.isString() && text.isEmpty() && observed.isMissingNode());
        return same ? Optional.empty() : Optional.of(path);
    }

    private static Optional<FieldPath> inObject(FieldPath path, JsonNode wanted, JsonNode observed) {
        for (Map.Entry<String, JsonNode> field : wanted.properties()) {
            Optional<FieldPath> found = isEmpty(field.getValue())
                    ? Optional.empty()
                    : firstDifference(path.field(field.getKey()), field.getValue(), observed.path(field.getKey()));
            if (found.isPresent()) {
                return found;
            }
        }
        return wanted.isEmpty() || observed.isObject() ? Optional.empty() : Optional.of(path);
    }

    private static Optional<FieldPath> inList(FieldPath path, JsonNode wanted, JsonNode observed) {
        if (isEmpty(wanted)) {
            return Optional.empty();
        }
        List<String> keys = ListKeys.of(path.last(), wanted);
        if (keys.isEmpty() && wanted.size() != observed.size()) {
            return Optional.of(path);
        }
        List<JsonNode> others = new ArrayList<>();
        observed.forEach(others::add);
        int index = 0;
        for (JsonNode element : wanted) {
            JsonNode other = keys.isEmpty() ? others.get(index) : ListKeys.find(others, element, keys);
            FieldPath place = keys.isEmpty() ? path.index(index) : path.element(element, keys);
            Optional<FieldPath> found = firstDifference(place, element, other);
            if (found.isPresent()) {
                return found;
            }
            index++;
        }
        return Optional.empty();
    }

    /** The API server drops empty objects and lists. */
    private static boolean isEmpty(JsonNode node) {
        return node.isContainer() && node.isEmpty();
    }
}
