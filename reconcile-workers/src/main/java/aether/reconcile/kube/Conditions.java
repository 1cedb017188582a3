package aether.reconcile.kube;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Reads the conditions in the status of an object. */
public final class Conditions {

    private Conditions() {}

    /** The condition of this type; a missing node when there is none. */
    public static JsonNode of(JsonNode object, String type) {
        for (JsonNode condition : object.at("/status/conditions")) {
            if (condition.path("type").asString("").equals(type)) {
                return condition;
            }
        }
        return MissingNode.getInstance();
    }

    /** Whether the condition of this type is there with this status. */
    public static boolean is(JsonNode object, String type, String status) {
        return of(object, type).path("status").asString("").equals(status);
    }

    /** The message of the condition of this type; empty when there is none. */
    public static String message(JsonNode object, String type) {
        return of(object, type).path("message").asString("");
    }
}
