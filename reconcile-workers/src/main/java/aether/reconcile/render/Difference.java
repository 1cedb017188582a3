package aether.reconcile.render;

import java.util.Iterator;
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
     * others added, or the API server filled in, is theirs.
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
        String path = firstDifference("", wanted.json(), observed);
        return path.isEmpty()
                ? Optional.empty()
                : Optional.of(new Difference(Kind.DRIFTED, path.substring(1) + " was changed"));
    }

    /** The path of the first value that is not there, or empty. */
    private static String firstDifference(String path, JsonNode wanted, JsonNode observed) {
        if (wanted.isObject()) {
            for (Map.Entry<String, JsonNode> field : wanted.properties()) {
                String found =
                        firstDifference(path + "." + field.getKey(), field.getValue(), observed.path(field.getKey()));
                if (!found.isEmpty() && !isEmpty(field.getValue())) {
                    return found;
                }
            }
            return wanted.isEmpty() || observed.isObject() ? "" : path;
        }
        if (wanted.isArray()) {
            return firstDifferenceInList(path, wanted, observed);
        }
        return wanted.equals(observed) || wanted.asString("").equals(observed.asString("?")) ? "" : path;
    }

    private static String firstDifferenceInList(String path, JsonNode wanted, JsonNode observed) {
        if (wanted.size() != observed.size()) {
            return isEmpty(wanted) && observed.isMissingNode() ? "" : path;
        }
        Iterator<JsonNode> others = observed.iterator();
        int index = 0;
        for (JsonNode element : wanted) {
            String found = firstDifference(path + "[" + index++ + "]", element, others.next());
            if (!found.isEmpty()) {
                return found;
            }
        }
        return "";
    }

    /** The API server drops empty objects and lists. */
    private static boolean isEmpty(JsonNode node) {
        return node.isContainer() && node.isEmpty();
    }
}
