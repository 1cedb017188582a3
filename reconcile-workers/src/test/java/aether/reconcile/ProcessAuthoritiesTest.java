package aether.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.CertificateAuthority;
import aether.domain.cluster.Channel;
import aether.domain.cluster.ClusterAuthority;
import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterEvent;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
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

    /** Between two tries, as client libraries wait. */
    private static final Duration RETRY = Duration.ofMillis(500);

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
            undisturbed(landscape);
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
            undisturbed(landscape);
        }
    }

    private static boolean isOver(Landscape landscape, CertificateAuthority which) {
        return Tenant.state(landscape)
                        .authorities()
                        .of(which)
                        .equals(new ClusterAuthority(2, ClusterAuthority.Phase.STEADY))
                && landscape.troubles().isEmpty();
    }

    /** Asks until it is kept: an answer that did not come may have been a yes. */
    private void write(Path kubeconfig) {
        written++;
        String[] create = {"create", "configmap", "kept-" + written, "--from-literal=a=b"};
        long until = System.nanoTime() + PATIENCE.toNanos();
        String said = kubectl.run(kubeconfig, create);
        while (!isKept(said) && System.nanoTime() < until) {
            LockSupport.parkNanos(RETRY.toNanos());
            said = kubectl.run(kubeconfig, create);
        }
        assertThat(said).matches(ProcessAuthoritiesTest::isKept);
    }

    private static boolean isKept(String said) {
        return said.contains("created") || said.contains("already exists");
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

    private static void gone(SandboxWorld world, CertificateAuthority which) {
        for (ResourceKind kind : List.of(ResourceKind.CERTIFICATE, ResourceKind.ISSUER, ResourceKind.SECRET)) {
            assertThat(world.cluster().find(new ObjectRef(kind, NAMESPACE, which.certificate(1))))
                    .as("the old CA's %s", kind.kind())
                    .isEmpty();
        }
    }

    /**
     * See {@link ProcessKeysTest}: a controller-manager of 1.20 may give up when an API server ends while it starts.
     */
    private static void undisturbed(Landscape landscape) {
        assertThat(landscape.log().events())
                .noneMatch(ClusterEvent.DriftCorrected.class::isInstance)
                .noneMatch(event -> event instanceof ClusterEvent.ClusterDegraded degraded
                        && !degraded.reason().startsWith("Deployment/kube-controller-manager: "));
    }

    private static Landscape running(SandboxWorld world, int members) throws Exception {
        Landscape landscape = new Landscape(world.outside(), Breaker.nowhere());
        Tenant.commands(0, KubernetesVersion.SANDBOX_REGION, KubernetesVersion.SANDBOX).stream()
                .map(command -> command instanceof OrganizationCommand.RequestCluster one
                        ? new OrganizationCommand.RequestCluster(
                                one.organizationId(),
                                one.clusterId(),
                                one.name(),
                                one.region(),
                                one.version(),
                                one.publicEndpoint(),
                                members,
                                null,
                                Channel.API)
                        : command)
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
