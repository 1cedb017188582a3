package aether.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.CertificateAuthority;
import aether.domain.cluster.ClusterAuthority;
import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterStatus;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The CAs that the control plane alone knows, exchanged under real processes while a client reads and writes. */
@Tag("slow")
class ProcessAuthoritiesTest {

    private static final String NAMESPACE = TenantNames.namespace(Tenant.CLUSTER);

    /**
     * An etcd of one member is away while it is begun anew, one of three while it chooses another leader, and the API
     * is not ready without it: long enough for that, on a machine with much to do.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Kubectl kubectl = new Kubectl(new KubernetesBinaries(Path.of("")));

    @TempDir
    Path directory;

    private int written;

    @BeforeAll
    static void present() {
        TestKubernetes.assumePresent();
        kubectl = new Kubectl(KubernetesBinaries.find().orElseThrow());
    }

    /** Every write is answered in the end, none is lost, and what was the old CA's is nobody afterwards. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void theEtcdAuthorityIsExchangedWithoutALostWrite(int members) throws Exception {
        try (SandboxWorld world = new SandboxWorld(directory, kubectl.binaries())) {
            Landscape landscape = running(world, members);
            Path own = kubeconfig(world);
            JsonNode oldClient = secret(world, TenantCertificate.APISERVER_ETCD_CLIENT);
            String oldTrust = Pem.text(secret(world, TenantCertificate.ETCD_CA), "tls.crt");
            kubectl.awaitTrue("the first member serves under the old CA", () -> serves(0, oldTrust, oldClient));
            try (PatientClient client = PatientClient.of(server(own), PATIENCE)) {
                landscape.ask(new ClusterCommand.RotateAuthority(Tenant.CLUSTER, CertificateAuthority.ETCD));
                landscape.runUntil(() -> {
                    assertThat(running())
                            .as("members while they are replaced one after the other")
                            .isGreaterThanOrEqualTo(members - 1L);
                    write(own);
                    return isOver(landscape, CertificateAuthority.ETCD);
                });
                write(own);
                assertThat(client.failed()).as("requests without an answer").isEmpty();
            }

            assertThat(kubectl.run(own, "get", "configmaps", "--output=name")
                            .lines()
                            .filter(line -> line.startsWith("configmap/kept-")))
                    .as("whatever was written")
                    .hasSize(written);
            JsonNode newClient = secret(world, TenantCertificate.APISERVER_ETCD_CLIENT);
            String newTrust = Pem.text(secret(world, "etcd-ca-2"), "tls.crt");
            for (int member = 0; member < members; member++) {
                int asked = member;
                kubectl.awaitTrue(
                        "member " + member + " serves under the new CA alone",
                        () -> serves(asked, newTrust, newClient));
                assertThat(health(member, oldTrust, newClient))
                        .as("member %s, for whom trusts the old CA alone", member)
                        .isEqualTo(TlsQuestion.REFUSED);
                assertThat(health(member, newTrust, oldClient))
                        .as("member %s, asked by whom the old CA has signed", member)
                        .isEqualTo(TlsQuestion.REFUSED);
            }
            gone(world, CertificateAuthority.ETCD);
            Undisturbed.verify(landscape);
        }
    }

    /** An API server adds to what it tells extension API servers and takes nothing away: the old CA has to go by us. */
    @Test
    void theFrontProxyAuthorityIsExchangedAndExtensionServersAreTold() throws Exception {
        try (SandboxWorld world = new SandboxWorld(directory, kubectl.binaries())) {
            Landscape landscape = running(world, 1);
            Path own = kubeconfig(world);
            String url = "https://" + server(own) + "/api/v1/namespaces";
            String trust = Pem.text(secret(world, TenantCertificate.CLUSTER_CA), "tls.crt");
            JsonNode oldClient = secret(world, TenantCertificate.FRONT_PROXY_CLIENT);
            String old = Pem.text(secret(world, TenantCertificate.FRONT_PROXY_CA), "tls.crt");
            assertThat(told(own)).isEqualTo(body(old));
            assertThat(TlsQuestion.status(url, trust, oldClient, "somebody")).isEqualTo(200);
            try (PatientClient client = PatientClient.of(server(own))) {
                landscape.ask(new ClusterCommand.RotateAuthority(Tenant.CLUSTER, CertificateAuthority.FRONT_PROXY));
                landscape.runUntil(() -> {
                    write(own);
                    return isOver(landscape, CertificateAuthority.FRONT_PROXY);
                });
                assertThat(client.failed()).as("requests without an answer").isEmpty();
            }

            String fresh = Pem.text(secret(world, "front-proxy-ca-2"), "tls.crt");
            kubectl.awaitTrue(
                    "extension API servers are told of the new CA alone",
                    () -> told(own).equals(body(fresh)));
            assertThat(TlsQuestion.status(url, trust, secret(world, TenantCertificate.FRONT_PROXY_CLIENT), "somebody"))
                    .isEqualTo(200);
            assertThat(TlsQuestion.status(url, trust, oldClient, "somebody"))
                    .as("a front proxy of the old CA")
                    .isEqualTo(401);
            gone(world, CertificateAuthority.FRONT_PROXY);
            Undisturbed.verify(landscape);
        }
    }

    private static boolean isOver(Landscape landscape, CertificateAuthority which) {
        return Tenant.state(landscape)
                        .authorities()
                        .of(which)
                        .equals(new ClusterAuthority(2, ClusterAuthority.Phase.STEADY))
                && landscape.troubles().isEmpty();
    }

    /** An answer that did not come may have been a yes. */
    private void write(Path kubeconfig) {
        written++;
        assertThat(kubectl.patiently(kubeconfig, "create", "configmap", "kept-" + written, "--from-literal=a=b"))
                .containsAnyOf("created", "already exists");
    }

    private static String told(Path kubeconfig) {
        return body(kubectl.run(
                kubeconfig,
                "get",
                "configmap",
                "extension-apiserver-authentication",
                "--namespace=kube-system",
                "--output=jsonpath={.data.requestheader-client-ca-file}"));
    }

    private static String body(String pem) {
        return pem.replaceAll("\\s+", "");
    }

    private boolean serves(int member, String trust, JsonNode client) {
        try {
            return health(member, trust, client) == 200;
        } catch (Exception unaskable) {
            throw new AssertionError(unaskable);
        }
    }

    /** What a member answers at the address for clients. */
    private int health(int member, String trust, JsonNode client) throws Exception {
        String port = Files.readString(directory
                        .resolve("processes/ports")
                        .resolve(NAMESPACE)
                        .resolve("etcd-" + member)
                        .resolve("2379"))
                .strip();
        return TlsQuestion.status("https://127.0.0.1:" + port + "/health", trust, client, "");
    }

    private long running() {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::info)
                .filter(process -> process.command().orElse("").endsWith("/etcd"))
                .filter(process -> process.arguments().stream()
                        .flatMap(Arrays::stream)
                        .anyMatch(argument -> argument.contains(directory.toString())))
                .count();
    }

    private static void gone(SandboxWorld world, CertificateAuthority which) {
        for (ResourceKind kind : List.of(ResourceKind.CERTIFICATE, ResourceKind.ISSUER, ResourceKind.SECRET)) {
            assertThat(world.cluster().find(new ObjectRef(kind, NAMESPACE, which.certificate(1))))
                    .as("the old CA's %s", kind.kind())
                    .isEmpty();
        }
    }

    private static Landscape running(SandboxWorld world, int members) throws Exception {
        Landscape landscape = new Landscape(world.outside(), Breaker.nowhere());
        Tenant.commands(0, KubernetesVersion.SANDBOX_REGION, KubernetesVersion.SANDBOX, members)
                .forEach(landscape::ask);
        landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING)
                && landscape.troubles().isEmpty());
        return landscape;
    }

    private static JsonNode secret(SandboxWorld world, String name) {
        return world.cluster()
                .find(new ObjectRef(ResourceKind.SECRET, NAMESPACE, name))
                .orElseThrow();
    }

    private Path kubeconfig(SandboxWorld world) throws IOException {
        return Files.writeString(
                directory.resolve("kubeconfig"),
                Pem.text(secret(world, TenantNames.ADMIN_KUBECONFIG), TenantNames.KUBECONFIG_KEY));
    }

    private static String server(Path kubeconfig) throws IOException {
        return Files.readString(kubeconfig)
                .lines()
                .filter(line -> line.contains("server: https://"))
                .map(line -> line.substring(line.indexOf("//") + 2))
                .findFirst()
                .orElseThrow();
    }
}
