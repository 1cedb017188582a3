package aether.reconcile.addons;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterId;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.organization.OrganizationId;
import aether.reconcile.controlplane.Konnectivity;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.RenderingOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class KonnectivityAgentRenderingTest {

    private static final RenderingOptions SITE = new RenderingOptions("images.example/", Map.of());

    private static DesiredAddons desired(KubernetesVersion version) {
        return new DesiredAddons(
                new ClusterId(new UUID(2, 2)),
                new OrganizationId(new UUID(1, 1)),
                "10.2.0.2:6443",
                version,
                false,
                true,
                9);
    }

    private static JsonNode daemonSet(List<Rendered> objects) {
        return objects.stream()
                .filter(object -> object.ref().shown().equals("DaemonSet/konnectivity-agent"))
                .findFirst()
                .orElseThrow()
                .json();
    }

    @Test
    void anAgentDialsTheEndpointWithATokenThatIsGoodForNothingElse() {
        List<Rendered> objects = KonnectivityAgentRendering.of(desired(new KubernetesVersion(1, 34, 1)), SITE);
        JsonNode pod = daemonSet(objects).at("/spec/template/spec");
        List<String> command = pod.at("/containers/0/command")
                .valueStream()
                .map(JsonNode::asString)
                .toList();

        assertThat(command)
                .contains("--proxy-server-host=10.2.0.2", "--proxy-server-port=" + Konnectivity.AGENT_PORT)
                .contains("--service-account-token-path=/var/run/konnectivity/token");
        JsonNode token = pod.at("/volumes/0/projected/sources/0/serviceAccountToken");
        assertThat(token.path("audience").asString()).isEqualTo(Konnectivity.AUDIENCE);
        assertThat(pod.path("automountServiceAccountToken").asBoolean(true))
                .as("a token for the API")
                .isFalse();
        assertThat(pod.path("serviceAccountName").asString()).isEqualTo(Konnectivity.AGENT);
        assertThat(pod.at("/tolerations/0/operator").asString()).isEqualTo("Exists");
        assertThat(pod.at("/containers/0/securityContext/readOnlyRootFilesystem")
                        .asBoolean())
                .isTrue();
        assertThat(objects)
                .filteredOn(object -> object.ref().kind().kind().equals("ClusterRoleBinding"))
                .singleElement()
                .satisfies(binding -> {
                    assertThat(binding.json().at("/roleRef/name").asString()).isEqualTo("system:auth-delegator");
                    assertThat(binding.json().at("/subjects/0/name").asString()).isEqualTo(Konnectivity.SERVER_USER);
                });
    }

    @Test
    void thereAreNoAgentsWhereThereIsNoServer() {
        assertThat(KonnectivityAgentRendering.of(desired(KubernetesVersion.SANDBOX), SITE))
                .isEmpty();
        assertThat(KonnectivityAgentRendering.of(desired(new KubernetesVersion(1, 34, 1)), SITE.withoutKonnectivity()))
                .isEmpty();
    }

    @Test
    void agentsThatSomebodyTookAwayArePutBackAndThatIsTold() {
        DesiredAddons desired = desired(new KubernetesVersion(1, 34, 1));
        BootstrapToken token = BootstrapToken.generate(new Random(3));
        AddonsRendering rendering = new AddonsRendering(SITE);
        Map<ObjectRef, JsonNode> objects = new HashMap<>();
        rendering.of(desired, token).forEach(object -> objects.put(object.ref(), object.json()));
        AddonsPlanner planner = new AddonsPlanner(rendering);
        assertThat(planner.plan(desired, new ObservedAddons(true, Optional.of(token), objects))
                        .steps())
                .isEmpty();

        objects.keySet().removeIf(ref -> ref.shown().equals("DaemonSet/konnectivity-agent"));
        assertThat(planner.plan(desired, new ObservedAddons(true, Optional.of(token), objects))
                        .steps())
                .extracting(step -> switch (step) {
                    case AddonsStep.Apply apply ->
                        "apply " + apply.rendered().ref().shown();
                    case AddonsStep.ReportDrift drift -> "tell of " + drift.subject();
                    case AddonsStep.Remove remove -> "remove " + remove.ref().shown();
                    case AddonsStep.KeepNewToken unused -> "token";
                    case AddonsStep.ReportInstalled unused -> "installed";
                })
                .containsExactly("apply DaemonSet/konnectivity-agent", "tell of DaemonSet/konnectivity-agent");
    }
}
