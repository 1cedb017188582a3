package aether.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.sandbox.journal.Json;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** A tenant's API as its users meet it: through TLS that a real client verifies. */
class TenantApiTest {
    @TempDir
    Path directory;

    private Sandbox sandbox;
    private Calls calls;
    private TenantStory story;

    @BeforeEach
    void start() throws IOException {
        open();
        story.tell();
    }

    private void open() throws IOException {
        sandbox = Sandbox.start(
                new SandboxSettings(directory, 0, InstantSource.system(), new Random(5), SandboxTimings.IMMEDIATE));
        calls = new Calls(sandbox.url(), sandbox.token());
        story = new TenantStory(calls, "tenant-a");
    }

    @AfterEach
    void stop() throws IOException {
        sandbox.close();
    }

    private KubernetesClient client(ObjectNode trusted, ObjectNode user) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl("https://" + story.address())
                .withCaCertData(Json.text(trusted, "data", "tls.crt"))
                .withClientCertData(Json.text(user, "data", "tls.crt"))
                .withClientKeyData(Json.text(user, "data", "tls.key"))
                .withClientKeyAlgo("EC")
                .withRequestRetryBackoffLimit(0)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private static int code(Runnable call) {
        try {
            call.run();
            return 200;
        } catch (KubernetesClientException refused) {
            return refused.getCode();
        }
    }

    @Test
    void answersAnAdministratorThroughVerifiedTls() {
        assertAnswersItsAdministrator();
    }

    private void assertAnswersItsAdministrator() {
        try (KubernetesClient admin = client(story.secret("ca"), story.secret("admin"))) {
            assertThat(admin.getKubernetesVersion().getGitVersion()).isEqualTo("v1.34.1");
            assertThat(admin.namespaces().withName("kube-system").get()).isNotNull();
            assertThat(admin.nodes().list().getItems())
                    .singleElement()
                    .satisfies(node -> assertThat(node.getMetadata().getName()).isEqualTo("tenant-a-worker-0"));
        }
    }

    @Test
    void letsAUserDoWhatItsRolesSay() {
        try (KubernetesClient admin = client(story.secret("ca"), story.secret("admin"));
                KubernetesClient guest = client(story.secret("ca"), story.secret("guest"))) {
            assertThat(code(() -> guest.nodes().list())).isEqualTo(403);
            admin.resource(new ClusterRoleBuilder()
                            .withNewMetadata()
                            .withName("node-reader")
                            .endMetadata()
                            .addNewRule()
                            .addToApiGroups("")
                            .addToResources("nodes")
                            .addToVerbs("get", "list")
                            .endRule()
                            .build())
                    .create();
            admin.resource(new ClusterRoleBindingBuilder()
                            .withNewMetadata()
                            .withName("guest")
                            .endMetadata()
                            .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "node-reader")
                            .addNewSubject("rbac.authorization.k8s.io", "User", "guest", null)
                            .build())
                    .create();

            assertThat(code(() -> guest.nodes().list())).isEqualTo(200);
            assertThat(code(() -> guest.secrets().inAnyNamespace().list())).isEqualTo(403);
        }
    }

    @Test
    void refusesAClientOfAnotherTenantsAuthority() {
        calls.apply("/api/v1/namespaces/tenant-b", "{}");
        TenantStory other = new TenantStory(calls, "tenant-b");
        other.issuers();
        other.certificate(
                "admin",
                "\"commonName\":\"admin\",\"subject\":{\"organizations\":[\"system:masters\"]},\"usages\":[\"client auth\"]");

        try (KubernetesClient stranger = client(story.secret("ca"), other.secret("admin"))) {
            assertThat(code(() -> stranger.nodes().list())).isEqualTo(401);
        }
        try (KubernetesClient misled = client(other.secret("ca"), story.secret("admin"))) {
            assertThatThrownBy(() -> misled.nodes().list())
                    .hasRootCauseInstanceOf(java.security.cert.CertPathBuilderException.class);
        }
    }

    @Test
    void refusesACertificateThatIsNotForClients() {
        try (KubernetesClient server = client(story.secret("ca"), story.secret("apiserver"))) {
            assertThat(code(() -> server.nodes().list())).isEqualTo(401);
        }
    }

    @Test
    void servesANewCertificateWithoutARestart() {
        String address = story.address();
        story.certificate(
                "apiserver",
                "\"dnsNames\":[\"kubernetes\",\"other.example\"],\"ipAddresses\":[\"127.0.0.1\"],\"usages\":[\"server auth\"]");
        Calls.await(
                "revision 2",
                () -> Json.at(story.certificate("apiserver"), "status", "revision")
                                .asInt()
                        == 2);
        Calls.await(
                "the new certificate",
                () -> sandbox.tenants()
                        .serving("tenant-a")
                        .filter(view -> dnsNames(view.chain().getFirst()).contains("other.example"))
                        .isPresent());

        assertThat(story.address()).isEqualTo(address);
        assertThat(sandbox.inventory().path("doubles")).isEmpty();
    }

    private static String dnsNames(java.security.cert.X509Certificate certificate) {
        try {
            return String.valueOf(certificate.getSubjectAlternativeNames());
        } catch (java.security.cert.CertificateParsingException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    @Test
    void followsTheImagesVersion() {
        story.apiserver("v1.34.2");

        Calls.await(
                "the new version",
                () -> sandbox.tenants()
                        .serving("tenant-a")
                        .filter(view -> view.version().equals("v1.34.2"))
                        .isPresent());
    }

    @Test
    void comesBackWhereItWasAfterARestart() throws IOException {
        String address = story.address();
        long version = sandbox.management().version();
        sandbox.close();
        open();
        Calls.await(
                "the tenant API", () -> sandbox.tenants().serving("tenant-a").isPresent());
        Calls.await("quiet", sandbox::isIdle);

        assertThat(story.address()).isEqualTo(address);
        assertThat(sandbox.management().version())
                .as("a restart writes nothing")
                .isEqualTo(version);
        assertAnswersItsAdministrator();
    }

    @Test
    void keepsANodeThatIsNotReadyWhenItsMachineDies() {
        sandbox.hypervisor().die(101);

        try (KubernetesClient admin = client(story.secret("ca"), story.secret("admin"))) {
            Calls.await(
                    "a node that is not ready",
                    () -> admin.nodes().withName("tenant-a-worker-0").get().getStatus().getConditions().stream()
                            .anyMatch(condition -> condition.getType().equals("Ready")
                                    && condition.getStatus().equals("False")));
        }
    }

    @Test
    void losesItsNodeWithTheMachineAndItselfWithTheNamespace() {
        calls.send("DELETE", "/hypervisor/vms/101", "");
        Calls.await("no node", () -> count("nodes") == 0);
        calls.send("DELETE", "/api/v1/namespaces/tenant-a", "");

        Calls.await("no tenant API", () -> sandbox.tenants().serving().isEmpty());
        assertThat(count("secrets")).isZero();
        assertThat(count("vms")).isZero();
    }

    private int count(String what) {
        return sandbox.inventory().path(what).path("count").asInt();
    }

    @Test
    void aSteadyTenantWritesNothing() throws InterruptedException {
        Calls.await("quiet", sandbox::isIdle);
        long version = sandbox.management().version();
        story.tell();
        Thread.sleep(300); // long enough for several retries of anything that would not rest

        assertThat(sandbox.management().version()).isEqualTo(version);
    }
}
