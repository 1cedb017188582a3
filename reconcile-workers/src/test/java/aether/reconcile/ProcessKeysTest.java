package aether.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterKey;
import aether.domain.cluster.ClusterStatus;
import aether.domain.cluster.KeyRotation;
import aether.domain.kernel.KubernetesVersion;
import aether.embedded.kubernetes.Kubectl;
import aether.embedded.kubernetes.KubernetesBinaries;
import aether.embedded.kubernetes.TestKubernetes;
import aether.reconcile.certificates.TenantCertificate;
import aether.reconcile.doubles.Breaker;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Pem;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.TenantNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The keys of a tenant are exchanged at a real kube-apiserver over a real etcd, while somebody asks all the time. */
@Tag("slow")
class ProcessKeysTest {

    private static final String NAMESPACE = TenantNames.namespace(Tenant.CLUSTER);

    private static Kubectl kubectl = new Kubectl(new KubernetesBinaries(Path.of("")));

    @TempDir
    Path directory;

    @BeforeAll
    static void present() {
        TestKubernetes.assumePresent();
        kubectl = new Kubectl(KubernetesBinaries.find().orElseThrow());
        Assumptions.assumeTrue(
                kubectl.binaries().tool(KubernetesBinaries.ETCDCTL).isPresent(),
                "etcdctl is not installed: nobody looked at how a Secret lies in etcd");
    }

    @Test
    void everySecretIsStoredWithTheNewKeyAndNoneIsLost() throws Exception {
        try (SandboxWorld world = new SandboxWorld(directory, kubectl.binaries())) {
            Landscape landscape = running(world);
            Path own = kubeconfig(world);
            kubectl.run(own, "create", "secret", "generic", "before", "--from-literal=word=behindakey");
            assertThat(stored(world, "before")).startsWith("k8s:enc:secretbox:v1:key-1:");

            try (PatientClient client = PatientClient.of(server(own))) {
                landscape.ask(new ClusterCommand.RotateKey(Tenant.CLUSTER, ClusterKey.ENCRYPTION));
                landscape.runUntil(() -> {
                    assertThat(word(own, "before")).isEqualTo("YmVoaW5kYWtleQ==");
                    return !Tenant.state(landscape).keys().isRotating()
                            && landscape.troubles().isEmpty();
                });
                int then = client.answered();
                landscape.runUntil(() -> client.answered() > then + 10);
                assertThat(client.failed()).as("requests without an answer").isEmpty();
            }

            String key =
                    "k8s:enc:secretbox:v1:key-2-" + Tenant.CLUSTER.toString().substring(0, 8) + ":";
            assertThat(stored(world, "before")).startsWith(key);
            assertThat(word(own, "before")).isEqualTo("YmVoaW5kYWtleQ==");
            kubectl.run(own, "create", "secret", "generic", "after", "--from-literal=word=behindanother");
            assertThat(stored(world, "after")).startsWith(key);
            assertThat(world.cluster().find(new ObjectRef(ResourceKind.SECRET, NAMESPACE, "secrets-encryption")))
                    .as("the old key")
                    .isEmpty();
            assertThat(kubectl.run(own, "get", "secrets", "--all-namespaces", "--output=name"))
                    .as("every Secret there is, also those of the controller-manager, can be read")
                    .contains("secret/before", "secret/after")
                    .doesNotContain("Error from server");
            Undisturbed.verify(landscape);
        }
    }

    @Test
    void aTokenOfBeforeIsAcceptedUntilTheRotationIsCompleted() throws Exception {
        try (SandboxWorld world = new SandboxWorld(directory, kubectl.binaries())) {
            Landscape landscape = running(world);
            Path own = kubeconfig(world);
            kubectl.await(own, "serviceaccount/default", "get", "serviceaccounts", "--output=name");
            kubectl.run(
                    own,
                    "create",
                    "clusterrolebinding",
                    "seer",
                    "--clusterrole=view",
                    "--serviceaccount=default:default");
            Path before = withToken(own, "before");
            kubectl.await(before, "configmap", "get", "configmaps", "--output=name", "--namespace=kube-system");

            try (PatientClient client = PatientClient.of(server(own))) {
                landscape.ask(new ClusterCommand.RotateKey(Tenant.CLUSTER, ClusterKey.SERVICE_ACCOUNT));
                landscape.runUntil(() -> {
                    assertThat(answer(before)).contains("configmap/");
                    return Tenant.state(landscape).keys().serviceAccount().phase() == KeyRotation.Phase.REPLACING
                            && landscape.troubles().isEmpty();
                });
                Path during = withToken(own, "during");
                assertThat(answer(before)).as("a token of before").contains("configmap/");
                assertThat(answer(during)).as("a token of the new key").contains("configmap/");

                landscape.ask(new ClusterCommand.CompleteKeyRotation(Tenant.CLUSTER, ClusterKey.SERVICE_ACCOUNT));
                landscape.runUntil(() -> {
                    assertThat(answer(during)).contains("configmap/");
                    return !Tenant.state(landscape).keys().isRotating()
                            && landscape.troubles().isEmpty();
                });
                assertThat(kubectl.run(before, "get", "configmaps", "--namespace=kube-system"))
                        .as("a token of before, after")
                        .contains("Unauthorized");
                assertThat(answer(during)).contains("configmap/");
                assertThat(client.failed()).as("requests without an answer").isEmpty();
            }
            assertThat(world.cluster()
                            .find(new ObjectRef(ResourceKind.SECRET, NAMESPACE, TenantCertificate.SERVICE_ACCOUNT)))
                    .as("the old key pair")
                    .isEmpty();
            Undisturbed.verify(landscape);
        }
    }

    private static Landscape running(SandboxWorld world) throws Exception {
        Landscape landscape = new Landscape(world.outside(), Breaker.nowhere());
        Tenant.commands(0, KubernetesVersion.SANDBOX_REGION, KubernetesVersion.SANDBOX)
                .forEach(landscape::ask);
        landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING)
                && landscape.troubles().isEmpty());
        return landscape;
    }

    private static String word(Path kubeconfig, String secret) {
        return kubectl.patiently(kubeconfig, "get", "secret", secret, "--output=jsonpath={.data.word}");
    }

    private static String answer(Path kubeconfig) {
        return kubectl.patiently(kubeconfig, "get", "configmaps", "--output=name", "--namespace=kube-system");
    }

    /** A kubeconfig of the service account {@code default}, with a token that is asked for now. */
    private Path withToken(Path own, String name) throws IOException {
        Path request = Files.writeString(
                directory.resolve("token-request.json"),
                "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenRequest\",\"spec\":{}}");
        String answer = kubectl.run(
                own,
                "create",
                "--raw=/api/v1/namespaces/default/serviceaccounts/default/token",
                "--filename=" + request);
        int from = answer.indexOf("\"token\":\"") + "\"token\":\"".length();
        String token = answer.substring(from, answer.indexOf('"', from));
        String kubeconfig = Files.readString(own)
                .replaceAll("client-certificate-data: .*", "token: " + token)
                .replaceAll("client-key-data: .*", "");
        return Files.writeString(directory.resolve("kubeconfig-" + name), kubeconfig);
    }

    /** How a Secret of namespace {@code default} lies in etcd. */
    private String stored(SandboxWorld world, String secret) throws Exception {
        Path client = Files.createDirectories(directory.resolve("etcd-client"));
        JsonNode held = world.cluster()
                .find(new ObjectRef(ResourceKind.SECRET, NAMESPACE, TenantCertificate.APISERVER_ETCD_CLIENT))
                .orElseThrow();
        JsonNode authority = world.cluster()
                .find(new ObjectRef(ResourceKind.SECRET, NAMESPACE, TenantCertificate.ETCD_CA))
                .orElseThrow();
        String port = Files.readString(directory
                        .resolve("processes/ports")
                        .resolve(NAMESPACE)
                        .resolve("etcd-0")
                        .resolve("2379"))
                .strip();
        ProcessBuilder etcdctl = new ProcessBuilder(
                kubectl.binaries()
                        .tool(KubernetesBinaries.ETCDCTL)
                        .orElseThrow()
                        .toString(),
                "get",
                "/registry/secrets/default/" + secret,
                "--print-value-only",
                "--endpoints=https://127.0.0.1:" + port,
                "--cacert=" + Files.writeString(client.resolve("ca.crt"), Pem.text(authority, "tls.crt")),
                "--cert=" + Files.writeString(client.resolve("tls.crt"), Pem.text(held, "tls.crt")),
                "--key=" + Files.writeString(client.resolve("tls.key"), Pem.text(held, "tls.key")));
        etcdctl.environment().put("ETCDCTL_API", "3");
        Process process = etcdctl.redirectErrorStream(true).start();
        String value = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertThat(process.waitFor()).as(value).isZero();
        return value;
    }

    private static String server(Path kubeconfig) throws IOException {
        return Files.readString(kubeconfig)
                .lines()
                .filter(line -> line.contains("server: https://"))
                .map(line -> line.substring(line.indexOf("//") + 2))
                .findFirst()
                .orElseThrow();
    }

    private Path kubeconfig(SandboxWorld world) throws IOException {
        JsonNode secret = world.cluster()
                .find(new ObjectRef(ResourceKind.SECRET, NAMESPACE, TenantNames.ADMIN_KUBECONFIG))
                .orElseThrow();
        return Files.writeString(directory.resolve("kubeconfig"), Pem.text(secret, TenantNames.KUBECONFIG_KEY));
    }
}
