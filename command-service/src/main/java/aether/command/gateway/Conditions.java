package aether.command.gateway;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The conditions of a status, as Kubernetes' API conventions have them; a time stands for the last change of a status.
 */
final class Conditions {

    /** The conventions' own bound. */
    private static final int MAX_MESSAGE = 32_768;

    private final CustomResource resource;

    private final Instant now;

    private final List<Map<String, Object>> written = new ArrayList<>();

    Conditions(CustomResource resource, Instant now) {
        this.resource = resource;
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * Adds a condition.
     *
     * @param message never empty: the schema asks for one, and the client writes an empty text as null
     */
    Conditions add(String type, boolean status, String reason, String message) {
        return add(type, status ? "True" : "False", reason, message);
    }

    /** Adds a condition that nobody can judge now. */
    Conditions unknown(String type, String reason, String message) {
        return add(type, "Unknown", reason, message);
    }

    private Conditions add(String type, String value, String reason, String message) {
        Map<String, Object> condition = new LinkedHashMap<>();
        condition.put("type", type);
        condition.put("status", value);
        condition.put("reason", reason);
        condition.put("message", message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE));
        condition.put("observedGeneration", resource.generation());
        condition.put("lastTransitionTime", since(type, value));
        written.add(condition);
        return this;
    }

    List<Map<String, Object>> list() {
        return List.copyOf(written);
    }

    private String since(String type, String value) {
        if (resource.status().get("conditions") instanceof List<?> before) {
            for (Object one : before) {
                if (one instanceof Map<?, ?> condition
                        && type.equals(condition.get("type"))
                        && value.equals(condition.get("status"))) {
                    return Objects.toString(condition.get("lastTransitionTime"), now.toString());
                }
            }
        }
        return now.toString();
    }
}
