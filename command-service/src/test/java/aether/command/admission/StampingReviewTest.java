package aether.command.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class StampingReviewTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void stampsWhoeverCreates() {
        ObjectNode made = resource("1.33", Map.of());
        assertThat(requester(reviewed("CREATE", "alice@example.com", made, null)))
                .contains("alice@example.com");

        ObjectNode annotated = resource("1.33", Map.of("team", "shop"));
        ObjectNode stamped = reviewed("CREATE", "alice@example.com", annotated, null);
        assertThat(requester(stamped)).contains("alice@example.com");
        assertThat(annotations(stamped)).containsEntry("team", "shop");
    }

    @Test
    void nobodyWritesAnothersName() {
        String bobs =
                Stamp.by("bob", Map.of(), spec(resource("1.33", Map.of()))).text();
        ObjectNode forged = resource("1.33", Map.of(Stamp.ANNOTATION, bobs));
        assertThat(requester(reviewed("CREATE", "mallory", forged, null))).contains("mallory");

        ObjectNode alices = reviewed("CREATE", "alice", resource("1.33", Map.of()), null);
        ObjectNode renamed = resource("1.33", Map.of(Stamp.ANNOTATION, bobs));
        assertThat(requester(reviewed("UPDATE", "mallory", renamed, alices))).contains("alice");
        assertThat(requester(reviewed("UPDATE", "mallory", resource("1.33", Map.of()), alices)))
                .as("nor takes it away")
                .contains("alice");
        ObjectNode old = resource("1.33", Map.of());
        assertThat(annotations(reviewed("UPDATE", "mallory", renamed, old)))
                .as("one from before there was a webhook")
                .doesNotContainKey(Stamp.ANNOTATION);
    }

    @Test
    void whoChangesWhatLeadsToCommandsIsWhoAsked() {
        ObjectNode alices = reviewed("CREATE", "alice", resource("1.33", Map.of()), null);
        ObjectNode upgraded = resource("1.34", annotations(alices));
        assertThat(requester(reviewed("UPDATE", "bob", upgraded, alices))).contains("bob");

        Map<String, String> confirmed = new LinkedHashMap<>(annotations(alices));
        confirmed.put("aetherplatform.cloud/confirm-deletion", "shop");
        assertThat(requester(reviewed("UPDATE", "carol", resource("1.33", confirmed), alices)))
                .contains("carol");

        Map<String, String> noted = new LinkedHashMap<>(annotations(alices));
        noted.put("example.com/note", "seen");
        assertThat(requester(reviewed("UPDATE", "dave", resource("1.33", noted), alices)))
                .as("what leads to nothing")
                .contains("alice");
    }

    @Test
    void aChangePastTheWebhookIsNobodys() {
        ObjectNode alices = reviewed("CREATE", "alice", resource("1.33", Map.of()), null);
        assertThat(requester(resource("1.34", annotations(alices)))).isEmpty();
        assertThat(requester(resource("1.33", Map.of()))).isEmpty();
        for (String torn : new String[] {"", " ", "alice", Stamp.digest(Map.of(), Map.of()) + " "}) {
            assertThat(requester(resource("1.33", Map.of(Stamp.ANNOTATION, torn))))
                    .isEmpty();
        }
    }

    @Test
    void writesNothingThatIsThereAlready() {
        ObjectNode alices = reviewed("CREATE", "alice", resource("1.33", Map.of()), null);
        JsonNode again = answer("UPDATE", "gateway", alices, alices).path("response");
        assertThat(again.path("allowed").asBoolean()).isTrue();
        assertThat(again.has("patch")).isFalse();
    }

    @Test
    void aNameMayHoldAnything() {
        String name = "CN=\"a b\" / ~1 \n é\u0000";
        assertThat(requester(reviewed("CREATE", name, resource("1.33", Map.of()), null)))
                .contains(name);
    }

    @Test
    void refusesWhatIsNoReview() {
        assertThatThrownBy(() -> StampingReview.answer("{".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("Expected an AdmissionReview");
        assertThatThrownBy(
                        () -> StampingReview.answer("{\"request\":{\"uid\":\"1\"}}".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("request.userInfo.username");
    }

    private static JsonNode answer(String operation, String user, ObjectNode object, @Nullable ObjectNode before) {
        ObjectNode review = JSON.createObjectNode().put("kind", "AdmissionReview");
        ObjectNode request = review.putObject("request").put("uid", "u-1").put("operation", operation);
        request.putObject("userInfo").put("username", user);
        request.set("object", object);
        request.set("oldObject", before == null ? JSON.nullNode() : before);
        JsonNode answer = JSON.readTree(StampingReview.answer(JSON.writeValueAsBytes(review)));
        assertThat(answer.path("response").path("uid").asString()).isEqualTo("u-1");
        assertThat(answer.path("apiVersion").asString()).isEqualTo("admission.k8s.io/v1");
        return answer;
    }

    /** The object with the patch carried out, as an API server does it. */
    private static ObjectNode reviewed(String operation, String user, ObjectNode object, @Nullable ObjectNode before) {
        ObjectNode patched = object.deepCopy();
        JsonNode response = answer(operation, user, object, before).path("response");
        if (!response.has("patch")) {
            return patched;
        }
        assertThat(response.path("patchType").asString()).isEqualTo("JSONPatch");
        ObjectNode metadata = (ObjectNode) patched.path("metadata");
        for (JsonNode step :
                JSON.readTree(Base64.getDecoder().decode(response.path("patch").asString()))) {
            String path = step.path("path").asString();
            if (path.equals("/metadata/annotations")) {
                assertThat(metadata.has("annotations"))
                        .as("nothing is thrown away")
                        .isFalse();
                metadata.set("annotations", step.path("value").deepCopy());
            } else if (step.path("op").asString().equals("remove")) {
                ((ObjectNode) metadata.path("annotations")).remove(name(path));
            } else {
                ((ObjectNode) metadata.path("annotations")).set(name(path), step.path("value"));
            }
        }
        return patched;
    }

    private static String name(String path) {
        return path.substring("/metadata/annotations/".length()).replace("~1", "/");
    }

    private static ObjectNode resource(String version, Map<String, String> annotations) {
        ObjectNode resource = JSON.createObjectNode().put("kind", "TenantCluster");
        ObjectNode metadata = resource.putObject("metadata").put("name", "shop");
        if (!annotations.isEmpty()) {
            ObjectNode target = metadata.putObject("annotations");
            annotations.forEach(target::put);
        }
        resource.putObject("spec").put("kubernetesVersion", version).put("nodeCount", 3);
        return resource;
    }

    private static Map<String, Object> spec(ObjectNode resource) {
        return JSON.convertValue(resource.path("spec"), new TypeReference<>() {});
    }

    private static Map<String, String> annotations(ObjectNode resource) {
        Map<String, String> annotations = new LinkedHashMap<>();
        resource.path("metadata")
                .path("annotations")
                .properties()
                .forEach(entry ->
                        annotations.put(entry.getKey(), entry.getValue().asString()));
        return annotations;
    }

    private static Optional<String> requester(ObjectNode resource) {
        return Stamp.requester(annotations(resource), spec(resource));
    }
}
