package aether.command.admission;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers one {@code AdmissionReview} (admission.k8s.io/v1). Everything is allowed; who changes what leads to commands
 * is written down, and nobody writes another's name.
 */
final class StampingReview {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

    private StampingReview() {}

    /**
     * The answer, as JSON.
     *
     * @throws IllegalArgumentException when it is no review
     */
    static byte[] answer(byte[] review) {
        JsonNode request;
        try {
            request = JSON.readTree(review).path("request");
        } catch (JacksonException e) {
            throw new IllegalArgumentException("Expected an AdmissionReview, but got no JSON.", e);
        }
        String uid = request.path("uid").asString("");
        String user = request.path("userInfo").path("username").asString("");
        if (uid.isEmpty() || user.isEmpty()) {
            throw new IllegalArgumentException(
                    "Expected an AdmissionReview with request.uid and request.userInfo.username, but one is missing.");
        }
        ObjectNode answer =
                JSON.createObjectNode().put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
        ObjectNode response = answer.putObject("response").put("uid", uid).put("allowed", true);
        ArrayNode patch = patch(request, user);
        if (!patch.isEmpty()) {
            response.put("patchType", "JSONPatch")
                    .put("patch", Base64.getEncoder().encodeToString(JSON.writeValueAsBytes(patch)));
        }
        return JSON.writeValueAsBytes(answer);
    }

    private static ArrayNode patch(JsonNode request, String user) {
        JsonNode object = request.path("object");
        JsonNode before = request.path("oldObject");
        Map<String, String> annotations = annotations(object);
        String had = annotations.getOrDefault(Stamp.ANNOTATION, "");
        String wanted = switch (request.path("operation").asString("")) {
            case "CREATE" -> stamp(user, object);
            // What leads to the same commands was asked for by whoever asked for it before.
            case "UPDATE" ->
                about(object).equals(about(before))
                        ? annotations(before).getOrDefault(Stamp.ANNOTATION, "")
                        : stamp(user, object);
            default -> had; // nothing is left to write on
        };
        ArrayNode patch = JSON.createArrayNode();
        if (wanted.equals(had)) {
            return patch;
        }
        String path = "/metadata/annotations/" + Stamp.ANNOTATION.replace("/", "~1"); // RFC 6901
        if (wanted.isEmpty()) {
            patch.addObject().put("op", "remove").put("path", path);
            return patch;
        }
        if (!object.path("metadata").path("annotations").isObject()) {
            patch.addObject()
                    .put("op", "add")
                    .put("path", "/metadata/annotations")
                    .putObject("value");
        }
        patch.addObject().put("op", "add").put("path", path).put("value", wanted);
        return patch;
    }

    private static String stamp(String user, JsonNode object) {
        return Stamp.by(user, annotations(object), spec(object)).text();
    }

    private static String about(JsonNode object) {
        return Stamp.digest(annotations(object), spec(object));
    }

    private static Map<String, Object> spec(JsonNode object) {
        JsonNode spec = object.path("spec");
        return spec.isObject() ? JSON.convertValue(spec, TREE) : Map.of();
    }

    private static Map<String, String> annotations(JsonNode object) {
        Map<String, String> annotations = new LinkedHashMap<>();
        object.path("metadata")
                .path("annotations")
                .properties()
                .forEach(entry ->
                        annotations.put(entry.getKey(), entry.getValue().asString("")));
        return annotations;
    }
}
