package aether.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterStatus;
import aether.domain.cluster.ExtraArgs;
import aether.domain.cluster.OidcSettings;
import aether.domain.kernel.KubernetesVersion;
import aether.embedded.kubernetes.Kubectl;
import aether.embedded.kubernetes.KubernetesBinaries;
import aether.embedded.kubernetes.TestKubernetes;
import aether.reconcile.doubles.Breaker;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Pem;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.TenantNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a customer sets of a running control plane, at a real kube-apiserver and a real kube-controller-manager. */
@Tag("slow")
class ProcessSettingsTest {

    private static final String CLIENT = "kubernetes";

    @TempDir
    Path directory;

    @Test
    void peopleOfTheCustomersOwnIssuerAreKnownAndNobodyElses() throws Exception {
        TestKubernetes.assumePresent();
        Kubectl kubectl = new Kubectl(KubernetesBinaries.find().orElseThrow());
        try (OidcIssuer issuer = OidcIssuer.start(directory);
                OidcIssuer stranger = OidcIssuer.start(directory);
                SandboxWorld world = new SandboxWorld(directory, kubectl.binaries())) {
            Landscape landscape = new Landscape(world.outside(), Breaker.nowhere());
            Tenant.commands(0, KubernetesVersion.SANDBOX_REGION, KubernetesVersion.SANDBOX)
                    .forEach(landscape::ask);
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING)
                    && landscape.troubles().isEmpty());
            Path admin = kubeconfig(world);
            Path nobody = withoutCertificate(admin);
            List<String> groups = List.of("developers", "system:masters");
            String token = issuer.token(issuer.url(), CLIENT, "ada@shop.example", groups);
            assertThat(ask(kubectl, nobody, token)).as("before").contains("Unauthorized");

            try (PatientClient client = PatientClient.of(server(admin))) {
                landscape.ask(new ClusterCommand.ConfigureControlPlane(
                        Tenant.CLUSTER,
                        new OidcSettings(issuer.url(), CLIENT, "email", "sso:", "groups", "sso:", issuer.certificate()),
                        new ExtraArgs(
                                List.of("--event-ttl=2h"), List.of("--terminated-pod-gc-threshold=77"), List.of())));
                landscape.runUntil(() -> ask(kubectl, nobody, token).contains("sso:ada@shop.example")
                        && landscape.troubles().isEmpty());
                assertThat(client.failed()).as("requests without an answer").isEmpty();
            }

            assertThat(ask(kubectl, nobody, token))
                    .as("a group of the issuer's is none of the cluster's, whatever it is called")
                    .contains("Forbidden")
                    .contains("sso:ada@shop.example");
            kubectl.run(
                    admin,
                    "create",
                    "clusterrolebinding",
                    "developers",
                    "--clusterrole=view",
                    "--group=sso:developers");
            kubectl.awaitTrue(
                    "the group may look", () -> ask(kubectl, nobody, token).contains("namespace/default"));
            assertThat(ask(kubectl, nobody, issuer.token(issuer.url(), "another", "ada@shop.example", groups)))
                    .as("a token for somebody else's application")
                    .contains("Unauthorized");
            assertThat(ask(kubectl, nobody, stranger.token(stranger.url(), CLIENT, "ada@shop.example", groups)))
                    .as("another issuer")
                    .contains("Unauthorized");
            assertThat(ask(kubectl, nobody, stranger.token(issuer.url(), CLIENT, "ada@shop.example", groups)))
                    .as("another issuer in its name")
                    .contains("Unauthorized");
            assertThat(arguments("kube-apiserver")).contains("--event-ttl=2h");
            assertThat(arguments("kube-controller-manager")).contains("--terminated-pod-gc-threshold=77");

            landscape.ask(new ClusterCommand.ConfigureControlPlane(Tenant.CLUSTER, OidcSettings.NONE, null));
            landscape.runUntil(() -> ask(kubectl, nobody, token).contains("Unauthorized")
                    && landscape.troubles().isEmpty()
                    && world.cluster()
                            .find(new ObjectRef(
                                    ResourceKind.CONFIG_MAP, TenantNames.namespace(Tenant.CLUSTER), "oidc-authority"))
                            .isEmpty());
            assertThat(arguments("kube-apiserver")).contains("--event-ttl=2h");
            Undisturbed.verify(landscape);
        }
    }

    private static String ask(Kubectl kubectl, Path kubeconfig, String token) {
        return kubectl.run(kubeconfig, "get", "namespaces", "--output=name", "--token=" + token);
    }

    private List<String> arguments(String program) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().command().orElse("").endsWith(program))
                .map(process -> process.info().arguments().stream()
                        .flatMap(Arrays::stream)
                        .toList())
                .filter(words -> words.stream().anyMatch(word -> word.contains(directory.toString())))
                .flatMap(List::stream)
                .toList();
    }

    private Path kubeconfig(SandboxWorld world) throws IOException {
        return Files.writeString(
                directory.resolve("admin"),
                Pem.text(
                        world.cluster()
                                .find(new ObjectRef(
                                        ResourceKind.SECRET,
                                        TenantNames.namespace(Tenant.CLUSTER),
                                        TenantNames.ADMIN_KUBECONFIG))
                                .orElseThrow(),
                        TenantNames.KUBECONFIG_KEY));
    }

    private Path withoutCertificate(Path kubeconfig) throws IOException {
        try (Stream<String> lines = Files.lines(kubeconfig)) {
            return Files.writeString(
                    directory.resolve("nobody"),
                    lines.map(line -> line.contains("client-certificate-data:")
                                    ? line.replaceFirst("client-certificate-data:.*", "token: none")
                                    : line)
                            .filter(line -> !line.contains("client-key-data:"))
                            .collect(Collectors.joining("\n")));
        }
    }

    private static String server(Path kubeconfig) throws IOException {
        try (Stream<String> lines = Files.lines(kubeconfig)) {
            return lines.filter(line -> line.contains("server: https://"))
                    .map(line -> line.substring(line.indexOf("//") + 2))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
