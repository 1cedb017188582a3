package aether.reconcile.render;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The way to a field, as people write it and as {@code managedFields} does (Kubernetes: server-side apply, FieldsV1).
 */
record FieldPath(List<Step> steps) {

    /** What we apply as. */
    static final String OURS = "aether";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** One step down. */
    sealed interface Step {
        /** Into a field of an object. */
        record Field(String name) implements Step {}

        /** To an element of a list that is one value. */
        record Index(int number) implements Step {}

        /** To the element with these keys. */
        record Element(Map<String, JsonNode> keys) implements Step {
            static Element of(JsonNode element, List<String> keys) {
                Map<String, JsonNode> values = new TreeMap<>();
                keys.forEach(key -> values.put(key, element.path(key)));
                return new Element(values);
            }
        }
    }

    FieldPath {
        steps = List.copyOf(steps);
    }

    String shown() {
        StringBuilder shown = new StringBuilder();
        for (Step step : steps) {
            switch (step) {
                case Step.Field field ->
                    shown.append(shown.isEmpty() ? "" : ".").append(field.name());
                case Step.Index index ->
                    shown.append('[').append(index.number()).append(']');
                case Step.Element element ->
                    shown.append('[')
                            .append(element.keys().values().iterator().next().asString(""))
                            .append(']');
            }
        }
        return shown.toString();
    }

    /** Who else owns the field there now; empty when it was taken away, which leaves no owner. */
    Optional<String> otherOwner(JsonNode object) {
        for (JsonNode entry : object.at("/metadata/managedFields")) {
            String manager = entry.path("manager").asString("");
            if (!manager.equals(OURS) && !manager.isEmpty() && isIn(entry.path("fieldsV1"))) {
                return Optional.of(manager);
            }
        }
        return Optional.empty();
    }

    private boolean isIn(JsonNode fields) {
        JsonNode there = fields;
        for (Step step : steps) {
            if (step instanceof Step.Index) {
                return true; // a list that is one value has one owner
            }
            there = child(there, step);
            if (there.isMissingNode()) {
                return false;
            }
        }
        return true;
    }

    private static JsonNode child(JsonNode fields, Step step) {
        return switch (step) {
            case Step.Field field -> fields.path("f:" + field.name());
            case Step.Index index -> fields.path("i:" + index.number());
            case Step.Element element ->
                fields.properties().stream()
                        .filter(entry -> names(entry.getKey(), element.keys()))
                        .findFirst()
                        .map(Map.Entry::getValue)
                        .orElse(fields.path("k:"));
        };
    }

    private static boolean names(String key, Map<String, JsonNode> keys) {
        if (!key.startsWith("k:")) {
            return false;
        }
        try {
            JsonNode named = JSON.readTree(key.substring(2));
            return keys.entrySet().stream()
                    .allMatch(wanted -> named.path(wanted.getKey()).equals(wanted.getValue()));
        } catch (JacksonException unreadable) {
            return false;
        }
    }
}
