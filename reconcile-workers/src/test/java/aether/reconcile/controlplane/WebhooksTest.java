package aether.reconcile.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.ResourceKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which webhooks would keep nodes from joining after a sleep. */
class WebhooksTest {

    private static final ObjectRef POLICY = new ObjectRef(ResourceKind.VALIDATING_WEBHOOK_CONFIGURATION, "", "policy");
    private static final ObjectRef SYSTEM = new ObjectRef(ResourceKind.NAMESPACE, "", "kube-system");
    private static final String INSIDE = "\"clientConfig\":{\"service\":{\"namespace\":\"p\",\"name\":\"s\"}}";

    private static List<String> inTheWay(String webhook) {
        return Webhooks.inTheWay(Map.of(
                POLICY,
                tree("{\"webhooks\":[{\"name\":\"check.example\"," + webhook + "}]}"),
                SYSTEM,
                tree("{\"metadata\":{\"labels\":{\"kubernetes.io/metadata.name\":\"kube-system\"}}}")));
    }

    private static String rules(String groups, String resources, String operations) {
        return "\"rules\":[{\"apiGroups\":[\"" + groups + "\"],\"resources\":[\"" + resources + "\"],\"operations\":[\""
                + operations + "\"]}]";
    }

    private static JsonNode tree(String json) {
        return JsonMapper.shared().readTree(json);
    }

    @ParameterizedTest
    @CsvSource({
        "'', nodes, CREATE",
        "'', nodes/status, UPDATE",
        "'', nodes/*, '*'",
        "'*', '*', '*'",
        "'*', '*/*', '*'",
        "'', '*/status', UPDATE",
        "'', pods, CREATE",
        "'', pods/binding, CREATE",
        "'', serviceaccounts/token, CREATE",
        "coordination.k8s.io, leases, UPDATE",
        "certificates.k8s.io, certificatesigningrequests, CREATE",
        "certificates.k8s.io, certificatesigningrequests/approval, UPDATE"
    })
    void standsInTheWayOfWhatANodeWrites(String group, String resource, String operation) {
        assertThat(inTheWay(INSIDE + "," + rules(group, resource, operation)))
                .singleElement()
                .asString()
                .startsWith("webhook check.example of ValidatingWebhookConfiguration/policy has to answer for ");
    }

    @ParameterizedTest
    @CsvSource({
        "'', configmaps, CREATE",
        "apps, nodes, CREATE",
        "'', nodes, DELETE",
        "'', nodes/proxy, CONNECT",
        "'', '*/scale', '*'",
        "events.k8s.io, '*', '*'"
    })
    void doesNotWhereNoNodeWrites(String group, String resource, String operation) {
        assertThat(inTheWay(INSIDE + "," + rules(group, resource, operation))).isEmpty();
    }

    @Test
    void doesNotWhenItMayFailOrRunsElsewhere() {
        String rules = rules("*", "*", "*");

        assertThat(inTheWay(INSIDE + ",\"failurePolicy\":\"Ignore\"," + rules)).isEmpty();
        assertThat(inTheWay("\"clientConfig\":{\"url\":\"https://policy.example\"}," + rules))
                .isEmpty();
        assertThat(inTheWay(INSIDE + ",\"failurePolicy\":\"Fail\"," + rules)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"matchLabels\":{\"kubernetes.io/metadata.name\":\"shop\"}}",
                "{\"matchExpressions\":[{\"key\":\"kubernetes.io/metadata.name\",\"operator\":\"NotIn\","
                        + "\"values\":[\"kube-system\"]}]}",
                "{\"matchExpressions\":[{\"key\":\"policy\",\"operator\":\"Exists\"}]}",
                "{\"matchExpressions\":[{\"key\":\"policy\",\"operator\":\"In\",\"values\":[\"on\"]}]}",
                "{\"matchExpressions\":[{\"key\":\"kubernetes.io/metadata.name\",\"operator\":\"DoesNotExist\"}]}"
            })
    void doesNotWhereItLeavesTheSystemOut(String selector) {
        assertThat(inTheWay(INSIDE + ",\"namespaceSelector\":" + selector + "," + rules("", "pods", "CREATE")))
                .isEmpty();
        assertThat(inTheWay(INSIDE + ",\"namespaceSelector\":" + selector + "," + rules("", "nodes", "CREATE")))
                .as("nodes lie in no namespace")
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"matchExpressions\":[{\"key\":\"skip\",\"operator\":\"DoesNotExist\"}]}",
                "{\"matchExpressions\":[{\"key\":\"skip\",\"operator\":\"NotIn\",\"values\":[\"true\"]}]}"
            })
    void standsInTheWayOfObjectsThatDoNotOptOut(String selector) {
        assertThat(inTheWay(INSIDE + ",\"objectSelector\":" + selector + "," + rules("", "nodes", "CREATE")))
                .hasSize(1);
        assertThat(inTheWay(INSIDE + ",\"objectSelector\":{\"matchLabels\":{\"check\":\"me\"}},"
                        + rules("", "nodes", "CREATE")))
                .as("only objects that ask for it")
                .isEmpty();
    }
}
