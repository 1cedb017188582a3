package aether.sandbox.certificates;

import aether.sandbox.journal.Json;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Conditions in a status; the transition time moves only when the status does. */
public final class Conditions {
    private Conditions() {}

    /** The condition of that type. */
    public static Optional<JsonNode> find(JsonNode object, String type) {
        return Json.at(object, "status", "conditions")
                .valueStream()
                .filter(condition -> Json.text(condition, "type").equals(type))
                .findFirst();
    }

    /** Whether the condition of that type is true. */
    public static boolean isTrue(JsonNode object, String type) {
        return find(object, type)
                .filter(condition -> Json.text(condition, "status").equals("True"))
                .isPresent();
    }

    /** Sets a condition in a copy that is the caller's own. */
    public static void set(ObjectNode object, String type, boolean status, String reason, String message, String now) {
        String word = status ? "True" : "False";
        ArrayNode conditions = Json.child(object, "status").withArray("conditions");
        ObjectNode condition = find(object, type)
                .map(Json::asObject)
                .orElseGet(() -> conditions.addObject().put("type", type));
        if (!Json.text(condition, "status").equals(word)) {
            condition.put("lastTransitionTime", now);
        }
        condition.put("status", word).put("reason", reason).put("message", message);
        JsonNode generation = Json.at(object, "metadata", "generation");
        if (generation.isNumber()) {
            condition.put("observedGeneration", generation.asLong());
        }
    }

    /** Takes a condition away from a copy that is the caller's own. */
    public static void remove(ObjectNode object, String type) {
        if (Json.at(object, "status", "conditions") instanceof ArrayNode conditions) {
            conditions.removeIf(condition -> Json.text(condition, "type").equals(type));
        }
    }
}
