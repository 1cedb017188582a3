package aether.reconcile.render;

import java.util.ArrayDeque;
import java.util.Deque;
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
        return Optional.ofNullable(firstDifference("", wanted.json(), observed))
                .map(steps -> new FieldPath(List.copyOf(steps)))
                .map(path -> new Difference(
                        Kind.DRIFTED,
                        path.shown() + " was changed"
                                + path.otherOwner(observed)
                                        .map(manager -> " by " + manager)
                                        .orElse("")));
    }

    /** The way to it, made on the way back: hardly ever is there one. */
    private static @Nullable Deque<FieldPath.Step> firstDifference(String field, JsonNode wanted, JsonNode observed) {
        if (wanted.isObject()) {
            return inObject(wanted, observed);
        }
        if (wanted.isArray()) {
            return inList(field, wanted, observed);
        }
        String text = wanted.asString("");
        // A number may come back as text and the other way round (quantities, ports); empty text is left out.
        boolean same = wanted.equals(observed)
                || text.equals(observed.asString("?"))
                || (wanted.isString() && text.isEmpty() && observed.isMissingNode());
        return same ? null : new ArrayDeque<>();
    }

    private static @Nullable Deque<FieldPath.Step> inObject(JsonNode wanted, JsonNode observed) {
        for (Map.Entry<String, JsonNode> field : wanted.properties()) {
            Deque<FieldPath.Step> found = isEmpty(field.getValue())
                    ? null
                    : firstDifference(field.getKey(), field.getValue(), observed.path(field.getKey()));
            if (found != null) {
                found.addFirst(new FieldPath.Step.Field(field.getKey()));
                return found;
            }
        }
        return wanted.isEmpty() || observed.isObject() ? null : new ArrayDeque<>();
    }

    private static @Nullable Deque<FieldPath.Step> inList(String field, JsonNode wanted, JsonNode observed) {
        if (isEmpty(wanted)) {
            return null;
        }
        List<String> keys = ListKeys.of(field, wanted);
        if (keys.isEmpty() && wanted.size() != observed.size()) {
            return new ArrayDeque<>();
        }
        int index = 0;
        for (JsonNode element : wanted) {
            JsonNode other = keys.isEmpty() ? observed.path(index) : ListKeys.find(observed, element, keys);
            Deque<FieldPath.Step> found = firstDifference("", element, other);
            if (found != null) {
                found.addFirst(
                        keys.isEmpty() ? new FieldPath.Step.Index(index) : FieldPath.Step.Element.of(element, keys));
                return found;
            }
            index++;
        }
        return null;
    }

    /** The API server drops empty objects and lists. */
    private static boolean isEmpty(JsonNode node) {
        return node.isContainer() && node.isEmpty();
    }
}
