package aether.reconcile.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterAuthorities;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.KeyRotation;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.organization.OrganizationId;
import aether.reconcile.certificates.TenantCertificate;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.RenderingOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Nothing here can run it; what can be shown is that both sides are told the same, and that it is left out whole. */
class KonnectivityRenderingTest {

    private static final ClusterId CLUSTER = new ClusterId(new UUID(2, 2));
    private static final OrganizationId ORGANIZATION = new OrganizationId(new UUID(1, 1));
    private static final KubernetesVersion VERSION = new KubernetesVersion(1, 34, 1);
    private static final RenderingOptions SITE = new RenderingOptions("images.example/", Map.of());

    private static DesiredControlPlane desired(KubernetesVersion version) {
        return SomeControlPlane.of(CLUSTER, ORGANIZATION).at(version).wanted();
    }

    private static Map<String, String> certificates() {
        Map<String, String> certificates = new HashMap<>();
        TenantCertificate.of(ClusterAuthorities.FIRST, KeyRotation.FIRST)
                .forEach(row -> certificates.put(row.name(), row.name()));
        return certificates;
    }

    private static List<Rendered> rendered(
            KubernetesVersion version, RenderingOptions options, Map<String, String> certificates) {
        return new ControlPlaneRendering(options)
                .of(desired(version), certificates, TrustBundles.NONE, Optional.empty(), "");
    }

    private static JsonNode one(List<Rendered> objects, String shown) {
        return objects.stream()
                .filter(object -> object.ref().shown().equals(shown))
                .findFirst()
                .orElseThrow()
                .json();
    }

    private static List<JsonNode> containers(List<Rendered> objects) {
        return one(objects, "Deployment/kube-apiserver")
                .at("/spec/template/spec/containers")
                .valueStream()
                .toList();
    }

    private static List<String> command(JsonNode container) {
        return container.path("command").valueStream().map(JsonNode::asString).toList();
    }

    private static String value(List<String> command, String flag) {
        return command.stream()
                .filter(word -> word.startsWith(flag + "="))
                .map(word -> word.substring(flag.length() + 1))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> mounted(JsonNode container) {
        return container
                .path("volumeMounts")
                .valueStream()
                .map(mount -> mount.path("name").asString() + " "
                        + mount.path("mountPath").asString())
                .toList();
    }

    @Test
    void theApiServerAndTheServerBesideItMeetAtOneSocket() {
        List<Rendered> objects = rendered(VERSION, SITE, certificates());
        List<JsonNode> containers = containers(objects);
        assertThat(containers)
                .extracting(container -> container.path("name").asString())
                .containsExactly("kube-apiserver", "konnectivity-server");
        List<String> server = command(containers.get(1));
        String socket = value(server, "--uds-name");

        assertThat(one(objects, "ConfigMap/konnectivity")
                        .at("/data/egress-selector.yaml")
                        .asString())
                .contains("udsName: " + socket + "\n", "name: cluster\n");
        String directory = socket.substring(0, socket.lastIndexOf('/'));
        assertThat(containers)
                .allSatisfy(container -> assertThat(mounted(container))
                        .contains("konnectivity-socket " + directory, "konnectivity /etc/kubernetes/konnectivity"));
        assertThat(value(command(containers.get(0)), "--egress-selector-config-file"))
                .isEqualTo("/etc/kubernetes/konnectivity/egress-selector.yaml");
        assertThat(one(objects, "ConfigMap/konnectivity").at("/data/kubeconfig").asString())
                .contains("server: https://localhost:6443\n", "/pki/konnectivity-client/tls.key");
        assertThat(value(server, "--kubeconfig")).isEqualTo("/etc/kubernetes/konnectivity/kubeconfig");
        assertThat(value(server, "--server-port"))
                .as("no way in but the socket")
                .isEqualTo("0");
        assertThat(containers.get(1).at("/readinessProbe/httpGet/path").asString())
                .as("it is well before an agent has come")
                .isEqualTo("/healthz");
        assertThat(containers.get(1).path("image").asString())
                .isEqualTo("images.example/kas-network-proxy/proxy-server:v0.34.0");
    }

    @Test
    void agentsAreToldHowManyServersThereAre() {
        for (int servers : List.of(1, 2, 3)) {
            List<Rendered> objects = rendered(VERSION, new RenderingOptions("", servers, Map.of()), certificates());
            assertThat(value(command(containers(objects).get(1)), "--server-count"))
                    .isEqualTo(one(objects, "Deployment/kube-apiserver")
                            .at("/spec/replicas")
                            .asString());
        }
    }

    /** Then no packet of the control plane's has to be routed to a tenant's network. */
    @Test
    void theFlowToKubeletsGivesWayToTheOneFromAgents() {
        JsonNode with = one(rendered(VERSION, SITE, certificates()), "NetworkPolicy/kube-apiserver");
        JsonNode without =
                one(rendered(VERSION, SITE.withoutKonnectivity(), certificates()), "NetworkPolicy/kube-apiserver");

        assertThat(ports(with, "ingress")).containsExactly("6443", "8132");
        assertThat(ports(with, "egress")).containsExactly("2379");
        assertThat(ports(without, "ingress")).containsExactly("6443");
        assertThat(ports(without, "egress")).containsExactly("2379", "10250");
    }

    private static List<String> ports(JsonNode policy, String direction) {
        return policy.path("spec")
                .path(direction)
                .valueStream()
                .flatMap(rule -> rule.path("ports").valueStream())
                .map(port -> port.path("port").asString())
                .toList();
    }

    @Test
    void agentsReachItByTheServiceOfTheApi() {
        assertThat(one(rendered(VERSION, SITE, certificates()), "Service/kube-apiserver")
                        .at("/spec/ports")
                        .valueStream()
                        .map(port -> port.path("port").asInt()))
                .as("the API first, as before")
                .containsExactly(6443, Konnectivity.AGENT_PORT);
    }

    @Test
    void itIsLeftOutWholeWhereThereIsNoneOrTheSiteGoesWithout() {
        for (List<Rendered> objects : List.of(
                rendered(KubernetesVersion.SANDBOX, SITE, certificates()),
                rendered(VERSION, SITE.withoutKonnectivity(), certificates()))) {
            assertThat(objects)
                    .allSatisfy(object ->
                            assertThat(object.json().toString()).doesNotContain("konnectivity", "egress-selector"));
            assertThat(containers(objects)).hasSize(1);
        }
    }

    @Test
    void aRenewedCertificateOfItsBeginsItsPodAnewAndNoOther() {
        for (String renewed : List.of(TenantCertificate.KONNECTIVITY_SERVER, TenantCertificate.KONNECTIVITY_CLIENT)) {
            Map<String, String> after = certificates();
            after.put(renewed, "another");
            List<Rendered> old = rendered(VERSION, SITE, certificates());

            assertThat(rendered(VERSION, SITE, after).stream()
                            .filter(object -> !old.contains(object))
                            .map(object -> object.ref().shown()))
                    .as("%s", renewed)
                    .containsExactly("Deployment/kube-apiserver");
        }
    }

    /** A version takes the newest row that is not newer, so each minor that is supported has to have its own tag. */
    @Test
    void everySupportedMinorHasTheImagesThatComeWithIt() {
        assertThat(Stream.concat(KubernetesVersion.SUPPORTED.stream(), Stream.of(VERSION)))
                .allSatisfy(version ->
                        assertThat(Konnectivity.tag(version, SITE)).contains("v0." + version.minor() + ".0"));
    }
}
