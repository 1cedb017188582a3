package aether.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterStatus;
import aether.domain.cluster.Fault;
import aether.domain.cluster.PublicName;
import aether.domain.kernel.KubernetesVersion;
import aether.embedded.kubernetes.KubernetesBinaries;
import aether.embedded.kubernetes.TestKubernetes;
import aether.reconcile.doubles.Breaker;
import aether.reconcile.publicname.DnsAliases;
import aether.reconcile.publicname.PublicNames;
import aether.reconcile.publicname.Solver;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Pem;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.TenantNames;
import aether.sandbox.acme.ChallTestRecords;
import aether.sandbox.acme.Pebble;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A customer's own domain, certified by a real ACME server and shown by a real kube-apiserver to whoever asks for it.
 */
@Tag("slow")
class PublicNameTest {

    private static final String NAME = "api.shop.example";

    @TempDir
    Path directory;

    private static PublicNames site(Pebble pebble) {
        return new PublicNames(
                "clusters.example",
                pebble.directory().address(),
                "",
                pebble.directory().caBundle(),
                new Solver.Webhook(
                        ChallTestRecords.GROUP,
                        ChallTestRecords.NAME,
                        Map.of(
                                "management",
                                pebble.records().management().toString(),
                                "dns",
                                pebble.records().dns())));
    }

    @Test
    void aCustomersDomainIsCertifiedOnceItsZoneAgreesAndShownToWhoeverAsksForIt() throws Exception {
        TestKubernetes.assumePresent();
        assumeTrue(Pebble.isThere(), Pebble.MISSING);
        KubernetesBinaries binaries = KubernetesBinaries.find().orElseThrow();
        try (Pebble pebble = Pebble.start(directory.resolve("pebble"));
                SandboxWorld world = new SandboxWorld(directory.resolve("world"), binaries)) {
            Landscape landscape = new Landscape(
                    world.outside()
                            .with(site(pebble), new DnsAliases(pebble.records().dns())),
                    Breaker.nowhere());
            Tenant.commands(0, KubernetesVersion.SANDBOX_REGION, KubernetesVersion.SANDBOX)
                    .forEach(landscape::ask);
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING)
                    && landscape.troubles().isEmpty());
            String server = server(world);
            try (PatientClient client = PatientClient.of(server)) {
                assertThat(Handshake.at(server, NAME).issuer()).contains("CN=cluster-ca");

                landscape.ask(new ClusterCommand.SetPublicDomain(Tenant.CLUSTER, NAME));
                landscape.runUntil(() -> name(landscape).fault() == Fault.CUSTOMER);
                String target = Tenant.CLUSTER + ".acme.clusters.example";
                assertThat(name(landscape).reason()).contains("_acme-challenge." + NAME, target);
                assertThat(world.cluster()
                                .find(new ObjectRef(
                                        ResourceKind.CERTIFICATE,
                                        TenantNames.namespace(Tenant.CLUSTER),
                                        TenantNames.PUBLIC_NAME)))
                        .as("nothing is ordered before the zone agrees")
                        .isEmpty();

                pebble.records().alias("_acme-challenge." + NAME, target);
                landscape.runUntil(() -> name(landscape).certificate() != null
                        && landscape.troubles().isEmpty()
                        && Handshake.at(server, NAME).issuer().contains("Pebble Intermediate"));

                assertThat(Handshake.at(server, NAME).names()).containsExactly(NAME);
                assertThat(Handshake.at(server, NAME).chain()).hasSizeGreaterThanOrEqualTo(2);
                assertThat(Handshake.at(server, "").issuer()).contains("CN=cluster-ca");
                assertThat(Handshake.at(server, "kubernetes").issuer()).contains("CN=cluster-ca");
                assertThat(name(landscape).fault()).isNull();

                landscape.ask(new ClusterCommand.SetPublicDomain(Tenant.CLUSTER, ""));
                landscape.runUntil(() -> name(landscape).equals(PublicName.NONE)
                        && landscape.troubles().isEmpty()
                        && Handshake.at(server, NAME).issuer().contains("CN=cluster-ca"));
                assertThat(client.failed()).as("requests without an answer").isEmpty();
            }
            assertThat(told(landscape))
                    .containsExactly(
                            "PublicDomainSet",
                            "PublicNameAsked",
                            "PublicNameFailed",
                            "PublicNameIssued",
                            "PublicDomainSet",
                            "PublicNameAsked");
            Undisturbed.verify(landscape);
        }
    }

    @Test
    void aNameThatIsRefusedIsInNobodysWay() throws Exception {
        assumeTrue(Pebble.isThere(), Pebble.MISSING);
        String refused = "api." + Pebble.REFUSED;
        try (Pebble pebble = Pebble.start(directory.resolve("pebble"));
                SandboxWorld world = new SandboxWorld(directory.resolve("world"))) {
            pebble.records().alias("_acme-challenge." + refused, Tenant.CLUSTER + ".acme.clusters.example");
            Landscape landscape = new Landscape(
                    world.outside()
                            .with(site(pebble), new DnsAliases(pebble.records().dns())),
                    Breaker.nowhere());
            Tenant.request(landscape, 0);
            landscape.ask(new ClusterCommand.SetPublicDomain(Tenant.CLUSTER, refused));

            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING)
                    && name(landscape).fault() != null
                    && landscape.troubles().isEmpty());

            assertThat(name(landscape).fault()).isEqualTo(Fault.CUSTOMER);
            assertThat(name(landscape).reason()).contains("rejectedIdentifier");
            int events = landscape.log().events().size();
            long writes = world.sandbox().kubernetesFaults().counts().getOrDefault("writes", 0L);
            for (int look = 0; look < 5; look++) {
                landscape.step();
            }
            assertThat(landscape.log().events()).as("it is said once").hasSize(events);
            assertThat(world.sandbox().kubernetesFaults().counts().getOrDefault("writes", 0L))
                    .isEqualTo(writes);
        }
    }

    private static PublicName name(Landscape landscape) {
        return Tenant.state(landscape).publicName();
    }

    private static List<String> told(Landscape landscape) {
        return landscape.log().events().stream()
                .map(event -> event.getClass().getSimpleName())
                .filter(name -> name.startsWith("Public"))
                .toList();
    }

    private static String server(SandboxWorld world) {
        String kubeconfig = Pem.text(
                world.cluster()
                        .find(new ObjectRef(
                                ResourceKind.SECRET,
                                TenantNames.namespace(Tenant.CLUSTER),
                                TenantNames.ADMIN_KUBECONFIG))
                        .orElseThrow(),
                TenantNames.KUBECONFIG_KEY);
        return kubeconfig
                .lines()
                .filter(line -> line.contains("server: https://"))
                .map(line -> line.substring(line.indexOf("//") + 2))
                .findFirst()
                .orElseThrow();
    }
}
