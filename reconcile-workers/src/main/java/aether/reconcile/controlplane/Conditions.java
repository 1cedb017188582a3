package aether.reconcile.controlplane;

import tools.jackson.databind.JsonNode;

/** Reads the conditions in the status of an object. */
final class Conditions {

    private Conditions() {}

    /** Whether the condition of this type is there with this status. */
    static boolean is(JsonNode object, String type, String status) {
        return field(object, type, "status").equals(status);
    }

    /** The message of the condition of this type; empty when there is none. */
    static String message(JsonNode object, String type) {
        return field(object, type, "message");
    }

    private static String field(JsonNode object, String type, String field) {
        for (JsonNode condition : object.at("/status/conditions")) {
            if (condition.path("type").asString("").equals(type)) {
                return condition.path(field).asString("");
            }
        }
        return "";
    }
}
