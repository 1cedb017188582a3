package aether.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.CertificateAuthority;
import aether.domain.cluster.Channel;
import aether.domain.cluster.ClusterAuthority;
import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterStatus;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.organization.OrganizationCommand;
import aether.embedded.kubernetes.Kubectl;
import aether.embedded.kubernetes.KubernetesBinaries;
import aether.embedded.kubernetes.TestKubernetes;
import aether.reconcile.certificates.TenantCertificate;
import aether.reconcile.doubles.Breaker;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Pem;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.TenantNames;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What we rendered, run: the tenant's etcd, kube-apiserver and kube-controller-manager as processes, from the very pod
 * specs and Secrets that a management cluster would get.
 */
@Tag("slow")
class ProcessTenantTest {

    private static final ClusterId OTHER = new ClusterId(new UUID(44, 4));

    private static Kubectl kubectl = new Kubectl(new KubernetesBinaries(Path.of("")));

    @TempDir
    Path directory;

    @BeforeAll
    static void present() {
        TestKubernetes.assumePresent();
        kubectl = new Kubectl(KubernetesBinaries.find().orElseThrow());
    }

    @Test
    void kubectlTalksToTheControlPlaneThatWasRenderedAndStrangersDoNot() throws Exception {
        try (SandboxWorld world = new SandboxWorld(directory, kubectl.binaries())) {
            Landscape landscape = new Landscape(world.outside(), Breaker.nowhere());
            Tenant.commands(1, KubernetesVersion.SANDBOX_REGION, KubernetesVersion.SANDBOX)
                    .forEach(landscape::ask);
            landscape.ask(new OrganizationCommand.RequestCluster(
                    Tenant.ORGANIZATION,
                    OTHER,
                    "other",
                    KubernetesVersion.SANDBOX_REGION,
                    KubernetesVersion.SUPPORTED.getLast(),
                    false,
                    Channel.API));
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING)
                    && landscape.log().cluster(OTHER.stream()).status() == ClusterStatus.RUNNING);
            Path own = kubeconfig(world, Tenant.CLUSTER, Tenant.CLUSTER);

            assertThat(kubectl.run(own, "get", "namespaces", "--output=name"))
                    .contains("namespace/default", "namespace/kube-system");
            kubectl.await(own, "serviceaccount/default", "get", "serviceaccounts", "--output=name");
            assertThat(kubectl.run(own, "get", "nodes"))
                    .as("a worker that asked for its certificate with the token of its machine config")
                    .contains("-blue-")
                    .contains(" Ready ");
            assertThat(kubectl.run(kubeconfig(world, Tenant.CLUSTER, OTHER), "get", "namespaces"))
                    .as("the administrator of another tenant at this tenant's API")
                    .contains("Unauthorized");

            assertThat(kubectl.run(with(world, own, TenantCertificate.APISERVER_ETCD_CLIENT), "get", "namespaces"))
                    .as("a certificate of a sibling authority under the tenant's own root")
                    .contains("Unauthorized");

            kubectl.run(own, "create", "configmap", "kept", "--from-literal=word=inplainsight");
            kubectl.run(own, "create", "secret", "generic", "hidden", "--from-literal=word=behindakey");
            assertThat(filesBelow("claims", "inplainsight"))
                    .as("etcd's files with a value that is not secret")
                    .isPositive();
            assertThat(filesBelow("claims", "behindakey"))
                    .as("etcd's files with the value of a Secret")
                    .isZero();
            assertThat(filesBelow("pods", "\"resource\":\"secrets\",\"namespace\":\"default\",\"name\":\"hidden\""))
                    .as("the audit log of the API server")
                    .isPositive();
            assertThat(filesBelow("pods", "behindakey"))
                    .as("values in the audit log")
                    .isZero();

            killAll("etcd");
            killAll("kube-apiserver");
            kubectl.await(own, "configmap/kept", "get", "configmaps", "--output=name");

            landscape.ask(new ClusterCommand.DeleteCluster(Tenant.CLUSTER));
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.DELETED));
            kubectl.awaitTrue(
                    "every process of the tenant has ended", () -> programs("").isEmpty());
        }
    }

    @Test
    void aRenewedServingCertificateReachesClientsWithoutALostRequest() throws Exception {
        try (SandboxWorld world = new SandboxWorld(directory, kubectl.binaries())) {
            Landscape landscape = new Landscape(world.outside(), Breaker.nowhere());
            Tenant.commands(0, KubernetesVersion.SANDBOX_REGION, KubernetesVersion.SANDBOX)
                    .forEach(landscape::ask);
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING)
                    && landscape.troubles().isEmpty());
            try (PatientClient client = PatientClient.of(server(world))) {
                landscape.runUntil(() -> client.answered() > 10);
                assertThat(client.serials()).hasSize(1);
                List<ProcessHandle> before = programs("kube-apiserver");

                renew(world, TenantCertificate.APISERVER);
                landscape.runUntil(() -> client.serials().size() > 1
                        && before.stream().noneMatch(ProcessHandle::isAlive)
                        && landscape.troubles().isEmpty());
                int then = client.answered();
                landscape.runUntil(() -> client.answered() > then + 10);

                assertThat(client.serials()).hasSize(2);
                assertThat(client.failed()).as("requests without an answer").isEmpty();
            }
            Undisturbed.verify(landscape);
        }
    }

    @Test
    void aNameIsAddedToARunningApiWithoutALostRequest() throws Exception {
        try (SandboxWorld world = new SandboxWorld(directory, kubectl.binaries())) {
            Landscape landscape = new Landscape(world.outside(), Breaker.nowhere());
            Tenant.commands(0, KubernetesVersion.SANDBOX_REGION, KubernetesVersion.SANDBOX)
                    .forEach(landscape::ask);
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING)
                    && landscape.troubles().isEmpty());
            Path own = kubeconfig(world, Tenant.CLUSTER, Tenant.CLUSTER);
            String[] byName = {"get", "namespaces", "--output=name", "--tls-server-name=api.shop.example"};
            assertThat(kubectl.run(own, byName)).contains("certificate is valid for", "not api.shop.example");
            try (PatientClient client = PatientClient.of(server(world))) {
                landscape.runUntil(() -> client.answered() > 10);

                landscape.ask(new ClusterCommand.SetApiNames(Tenant.CLUSTER, List.of("api.shop.example")));
                landscape.runUntil(() -> client.serials().size() > 1
                        && kubectl.run(own, byName).contains("namespace/default")
                        && landscape.troubles().isEmpty());

                assertThat(client.serials()).as("one new certificate").hasSize(2);
                assertThat(client.failed()).as("requests without an answer").isEmpty();
            }
            Undisturbed.verify(landscape);
        }
    }

    /**
     * Every step of it: a kubeconfig of before works until the rotation is prepared, one that is fetched then works
     * over its completion, and what was the old CA's is nobody afterwards.
     */
    @Test
    void theClusterAuthorityIsExchangedWithoutALostRequest() throws Exception {
        try (SandboxWorld world = new SandboxWorld(directory, kubectl.binaries())) {
            Landscape landscape = new Landscape(world.outside(), Breaker.nowhere());
            Tenant.commands(1, KubernetesVersion.SANDBOX_REGION, KubernetesVersion.SANDBOX)
                    .forEach(landscape::ask);
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING)
                    && landscape.troubles().isEmpty());
            Path before = Files.copy(kubeconfig(world, Tenant.CLUSTER, Tenant.CLUSTER), directory.resolve("before"));
            String node = kubectl.run(before, "get", "nodes", "--output=name");
            try (PatientClient client = PatientClient.of(server(world))) {
                landscape.ask(new ClusterCommand.RotateAuthority(Tenant.CLUSTER, CertificateAuthority.CLUSTER));
                landscape.runUntil(() -> isAnswered(before) && phase(landscape) == ClusterAuthority.Phase.PREPARED);
                assertThat(client.serials()).as("the API is the old CA's still").hasSize(1);
                assertThat(kubectl.run(before, "get", "nodes"))
                        .as("a new node, which the new CA has signed")
                        .contains(" Ready ");
                assertThat(kubectl.run(before, "get", "nodes", "--output=name"))
                        .as("one node, and none without a machine")
                        .matches("node/\\S+\\s*")
                        .isNotEqualTo(node);
                Path fetched =
                        Files.copy(kubeconfig(world, Tenant.CLUSTER, Tenant.CLUSTER), directory.resolve("fetched"));

                landscape.ask(
                        new ClusterCommand.CompleteAuthorityRotation(Tenant.CLUSTER, CertificateAuthority.CLUSTER));
                landscape.runUntil(() -> isAnswered(fetched) && phase(landscape) == ClusterAuthority.Phase.STEADY);

                assertThat(Tenant.state(landscape).authorities().cluster().generation())
                        .isEqualTo(2);
                assertThat(kubectl.run(fetched, "get", "namespaces", "--output=name"))
                        .contains("namespace/default");
                assertThat(kubectl.run(before, "get", "namespaces")).contains("x509");
                Path mixed = Files.writeString(
                        directory.resolve("mixed"),
                        Files.readString(fetched)
                                .replaceAll("client-certificate-data: .*", field(before, "client-certificate-data"))
                                .replaceAll("client-key-data: .*", field(before, "client-key-data")));
                assertThat(kubectl.run(mixed, "get", "namespaces"))
                        .as("an administrator whom the old CA has signed")
                        .contains("Unauthorized");
                assertThat(client.failed()).as("requests without an answer").isEmpty();
            }
            for (ResourceKind kind : List.of(ResourceKind.CERTIFICATE, ResourceKind.ISSUER, ResourceKind.SECRET)) {
                assertThat(world.cluster()
                                .find(new ObjectRef(
                                        kind, TenantNames.namespace(Tenant.CLUSTER), TenantCertificate.CLUSTER_CA)))
                        .as("the old CA's %s", kind.kind())
                        .isEmpty();
            }
            Undisturbed.verify(landscape);
        }
    }

    private static ClusterAuthority.Phase phase(Landscape landscape) {
        return Tenant.state(landscape).authorities().cluster().phase();
    }

    private static String field(Path kubeconfig, String name) throws IOException {
        try (Stream<String> lines = Files.lines(kubeconfig)) {
            return lines.map(String::strip)
                    .filter(line -> line.startsWith(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static boolean isAnswered(Path kubeconfig) {
        assertThat(kubectl.patiently(kubeconfig, "get", "namespaces", "--output=name"))
                .contains("namespace/default");
        return true;
    }

    /** What {@code cmctl renew} does. */
    static void renew(SandboxWorld world, String certificate) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(world.sandbox().url().toString())
                .withOauthToken(world.sandbox().token())
                .build();
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build()) {
            client.genericKubernetesResources("cert-manager.io/v1", "Certificate")
                    .inNamespace(TenantNames.namespace(Tenant.CLUSTER))
                    .withName(certificate)
                    .subresource("status")
                    .patch(PatchContext.of(PatchType.JSON), """
                            [{"op":"add","path":"/status/conditions/-","value":{"type":"Issuing","status":"True",
                            "reason":"ManuallyTriggered","lastTransitionTime":"2026-11-27T00:00:00Z"}}]""");
        }
    }

    /** How many files below that part of the process kubelet's directory have the text in them. */
    private long filesBelow(String part, String text) throws IOException {
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        try (Stream<Path> files = Files.walk(directory.resolve("processes").resolve(part))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> contains(file, wanted))
                    .count();
        }
    }

    private static boolean contains(Path file, byte[] wanted) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                    .contains(new String(wanted, StandardCharsets.ISO_8859_1));
        } catch (IOException moved) {
            return false;
        }
    }

    /** The processes of a control plane that work below our directory. */
    private List<ProcessHandle> programs(String name) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().command().orElse("").endsWith(name))
                .filter(process -> process.info().arguments().stream()
                        .flatMap(Arrays::stream)
                        .anyMatch(argument -> argument.contains(directory.toString())))
                .toList();
    }

    private void killAll(String name) {
        assertThat(programs(name)).isNotEmpty().allMatch(ProcessHandle::destroyForcibly);
    }

    /** The way to one tenant's API, as the administrator of a tenant. */
    private Path kubeconfig(SandboxWorld world, ClusterId at, ClusterId who) throws IOException {
        String way = text(world, at);
        String stranger = text(world, who);
        String mixed = way.lines()
                .map(line -> line.contains("client-") ? like(line, stranger) : line)
                .collect(Collectors.joining("\n"));
        return Files.writeString(directory.resolve("kubeconfig-" + who), mixed);
    }

    /** The same way with the certificate of a Secret of the tenant's namespace. */
    private Path with(SandboxWorld world, Path kubeconfig, String secret) throws IOException {
        JsonNode held = world.cluster()
                .find(new ObjectRef(ResourceKind.SECRET, TenantNames.namespace(Tenant.CLUSTER), secret))
                .orElseThrow();
        String mixed = Files.readString(kubeconfig)
                .replaceAll("client-certificate-data: .*", "client-certificate-data: " + data(held, "tls.crt"))
                .replaceAll("client-key-data: .*", "client-key-data: " + data(held, "tls.key"));
        return Files.writeString(directory.resolve("kubeconfig-" + secret), mixed);
    }

    private static String data(JsonNode secret, String entry) {
        return secret.path("data").path(entry).asString("");
    }

    private static String like(String line, String other) {
        String field = line.substring(0, line.indexOf(':'));
        return other.lines().filter(each -> each.startsWith(field)).findFirst().orElseThrow();
    }

    private static String server(SandboxWorld world) {
        return text(world, Tenant.CLUSTER)
                .lines()
                .filter(line -> line.contains("server: https://"))
                .map(line -> line.substring(line.indexOf("//") + 2))
                .findFirst()
                .orElseThrow();
    }

    private static String text(SandboxWorld world, ClusterId cluster) {
        return Pem.text(
                world.cluster()
                        .find(new ObjectRef(
                                ResourceKind.SECRET, TenantNames.namespace(cluster), TenantNames.ADMIN_KUBECONFIG))
                        .orElseThrow(),
                TenantNames.KUBECONFIG_KEY);
    }
}
