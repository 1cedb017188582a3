package aether.sandbox.kubernetes;

import aether.sandbox.journal.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the real API would fill in or refuse, as far as our workers can meet it. Schemas are not checked. */
final class ObjectRules {
    private static final int NAME_LENGTH_MAX = 253;
    private static final int LABEL_LENGTH_MAX = 63;
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern FREE_NAME = Pattern.compile("[^/%]+");
    private static final Pattern LABEL_VALUE = Pattern.compile("(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?");
    /** Workloads refuse a change of these fields; a client has to make a new object. */
    private static final Map<String, Set<String>> FIXED = Map.of(
            "deployments.apps", Set.of("selector"),
            "daemonsets.apps", Set.of("selector"),
            "statefulsets.apps", Set.of("selector", "serviceName", "volumeClaimTemplates", "podManagementPolicy"));

    private ObjectRules() {}

    static void fillIn(ResourceType type, ObjectNode object) {
        switch (type.id()) {
            case "namespaces" -> {
                Json.child(object, "spec").putArray("finalizers").add("kubernetes");
                Json.child(object, "status").put("phase", "Active");
                Json.child(Json.child(object, "metadata"), "labels")
                        .put("kubernetes.io/metadata.name", Json.text(object, "metadata", "name"));
            }
            case "secrets" -> {
                if (!object.has("type")) {
                    object.put("type", "Opaque");
                }
            }
            case "pods", "persistentvolumeclaims" ->
                Json.child(object, "status").put("phase", "Pending");
            case "customresourcedefinitions.apiextensions.k8s.io" -> {
                ObjectNode status = Json.child(object, "status");
                status.set("acceptedNames", Json.at(object, "spec", "names").deepCopy());
                var conditions = status.putArray("conditions");
                conditions.addObject().put("type", "NamesAccepted").put("status", "True");
                conditions.addObject().put("type", "Established").put("status", "True");
            }
            default -> {
                // nothing to fill in
            }
        }
    }

    static void foldStringData(ObjectNode secret) {
        if (secret.remove("stringData") instanceof ObjectNode plain) {
            ObjectNode data = Json.child(secret, "data");
            plain.properties()
                    .forEach(entry -> data.put(
                            entry.getKey(),
                            Base64.getEncoder()
                                    .encodeToString(
                                            entry.getValue().asString("").getBytes(StandardCharsets.UTF_8))));
        }
    }

    static void check(ResourceType type, ObjectKey key, ObjectNode live, ObjectNode object) {
        checkName(type, key);
        for (var label : Json.at(object, "metadata", "labels").properties()) {
            String value = label.getValue().asString("");
            if (value.length() > LABEL_LENGTH_MAX || !LABEL_VALUE.matcher(value).matches()) {
                throw ApiRefusal.invalid(
                        key,
                        "metadata.labels",
                        "Invalid value: \"%s\": a valid label value is needed".formatted(value));
            }
        }
        if (type.id().equals("secrets")) {
            checkBase64(key, object.path("data"));
        }
        if (!live.isEmpty()) {
            checkFixed(type, key, live, object);
        }
    }

    private static void checkName(ResourceType type, ObjectKey key) {
        boolean free = type.group().equals("rbac.authorization.k8s.io");
        boolean label = type.id().equals("namespaces") || type.id().equals("services");
        int longest = label ? LABEL_LENGTH_MAX : NAME_LENGTH_MAX;
        Pattern pattern = free ? FREE_NAME : NAME;
        if (key.name().length() > longest || !pattern.matcher(key.name()).matches()) {
            throw ApiRefusal.invalid(
                    key,
                    "metadata.name",
                    "Invalid value: \"%s\": a lowercase RFC 1123 name is needed".formatted(key.name()));
        }
    }

    private static void checkBase64(ObjectKey key, JsonNode data) {
        for (var entry : data.properties()) {
            try {
                Base64.getDecoder().decode(entry.getValue().asString(""));
            } catch (IllegalArgumentException notBase64) {
                throw ApiRefusal.badRequest(
                        "Secret \"%s\": data[%s] is not base64".formatted(key.name(), entry.getKey()));
            }
        }
    }

    private static void checkFixed(ResourceType type, ObjectKey key, ObjectNode live, ObjectNode object) {
        for (String field : FIXED.getOrDefault(type.id(), Set.of())) {
            if (!Json.at(live, "spec", field).equals(Json.at(object, "spec", field))) {
                throw ApiRefusal.invalid(key, "spec." + field, "field is immutable");
            }
        }
        if (type.id().equals("secrets") && !live.path("type").equals(object.path("type"))) {
            throw ApiRefusal.invalid(key, "type", "field is immutable");
        }
        if (live.path("immutable").asBoolean(false) && !live.path("data").equals(object.path("data"))) {
            throw ApiRefusal.invalid(key, "data", "field is immutable when `immutable` is set");
        }
    }
}
