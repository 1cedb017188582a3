package aether.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.CertificateAuthority;
import aether.domain.cluster.ClusterAuthority;
import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterKey;
import aether.domain.cluster.ClusterStatus;
import aether.domain.cluster.HibernationReason;
import aether.domain.cluster.OidcSettings;
import aether.domain.kernel.KubernetesVersion;
import aether.reconcile.certificates.TenantCertificate;
import aether.reconcile.doubles.Breaker;
import aether.reconcile.kube.FabricManagementCluster;
import aether.reconcile.kube.ManagementCluster;
import aether.reconcile.render.EtcdUpkeep;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Pem;
import aether.reconcile.render.RenderingOptions;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.Schedule;
import aether.reconcile.render.SnapshotStore;
import aether.reconcile.render.TenantNames;
import aether.sandbox.kubernetes.Access;
import aether.sandbox.kubernetes.RbacAccess;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The role in {@code k8s/rbac} is enough for a tenant's whole life, and grants nothing that is not needed for it. */
@Tag("slow")
class WorkersRoleTest {

    private static final Path FILE = Path.of("../k8s/rbac/reconcile-workers.yaml");

    private static final String SYSTEM = "aether-system";

    @TempDir
    Path directory;

    /** Notes what was asked for and granted. */
    private record Noted(Access access, Set<String> used, Set<String> denied) implements Access {
        @Override
        public String user() {
            return access.user();
        }

        @Override
        public boolean allows(String verb, String group, String resource, String namespace, String name) {
            boolean may = access.allows(verb, group, resource, namespace, name);
            (may ? used : denied).add(permission(group, resource, verb));
            return may;
        }
    }

    private static String permission(String group, String resource, String verb) {
        return verb + " " + (group.isEmpty() ? resource : resource + "." + group);
    }

    @Test
    void theRoleIsEnoughForTheLifeOfATenantAndNoMoreThanThat() throws Exception {
        try (SandboxWorld world = new SandboxWorld(directory)) {
            List<HasMetadata> documents = applied(world);
            Noted account = new Noted(
                    RbacAccess.account(
                            SYSTEM, "reconcile-workers", world.sandbox().management()),
                    new ConcurrentSkipListSet<>(),
                    new ConcurrentSkipListSet<>());
            try (FabricManagementCluster cluster = world.as(world.sandbox().admit(account))) {
                ManagementCluster.Watching watching = cluster.watch((kind, id) -> {});
                live(world, new Landscape(world.outside(cluster, upkeep()), Breaker.nowhere()));
                liveWithFlags(world, new Landscape(world.outside(cluster, upkeep()), Breaker.nowhere()));
                liveAtASiteThatWantsLess(world, world.outside(cluster, upkeep()), world.outside(cluster, null));
                watching.close();
            }
            assertThat(account.denied()).as("asked for without being granted").isEmpty();
            Set<String> unused = granted(documents);
            unused.removeAll(account.used());
            // What is watched is read one by one at a site with so many tenants that their contents find no room.
            unused.removeIf(permission -> permission.startsWith("get ")
                    && account.used().contains(permission.replaceFirst("get ", "watch ")));
            assertThat(unused).as("granted and not used").isEmpty();
        }
    }

    private static void live(SandboxWorld world, Landscape landscape) throws Exception {
        Tenant.commands(1, "north", Tenant.VERSION, 3).forEach(landscape::ask);
        settle(world, landscape);
        landscape.ask(new ClusterCommand.RotateKey(Tenant.CLUSTER, ClusterKey.ENCRYPTION));
        settle(world, landscape);
        landscape.ask(new ClusterCommand.RotateAuthority(Tenant.CLUSTER, CertificateAuthority.CLUSTER));
        landscape.runUntil(
                () -> Tenant.state(landscape).authorities().cluster().phase() == ClusterAuthority.Phase.PREPARED);
        landscape.ask(new ClusterCommand.CompleteAuthorityRotation(Tenant.CLUSTER, CertificateAuthority.CLUSTER));
        landscape.runUntil(
                () -> !Tenant.state(landscape).authorities().cluster().isRotating());
        settle(world, landscape);
        landscape.ask(new ClusterCommand.UpgradeCluster(Tenant.CLUSTER, KubernetesVersion.SUPPORTED.get(2)));
        settle(world, landscape);
        landscape.ask(new ClusterCommand.HibernateCluster(Tenant.CLUSTER, HibernationReason.UNUSED, ""));
        landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.HIBERNATED));
        landscape.ask(new ClusterCommand.WakeCluster(Tenant.CLUSTER));
        settle(world, landscape);
        delete(landscape);
    }

    /** An API server too old for a file that tells it about authentication: what its flags name comes and goes. */
    private static void liveWithFlags(SandboxWorld world, Landscape landscape) throws Exception {
        Tenant.commands(0, KubernetesVersion.SANDBOX_REGION, KubernetesVersion.SANDBOX)
                .forEach(landscape::ask);
        settle(world, landscape);
        configure(
                landscape,
                new OidcSettings("https://login.example", "kubernetes", "sub", "a:", "groups", "a:", trust(world)));
        settle(world, landscape);
        configure(landscape, OidcSettings.NONE);
        settle(world, landscape);
        delete(landscape);
    }

    /** What looked after etcd goes, and what kept the second API server's drain. */
    private static void liveAtASiteThatWantsLess(
            SandboxWorld world, Landscape.Outside before, Landscape.Outside afterwards) throws Exception {
        RenderingOptions more = before.rendering();
        Landscape landscape = new Landscape(
                new Landscape.Outside(
                        before.cluster(),
                        before.tenants(),
                        before.addresses(),
                        before.hypervisor(),
                        new RenderingOptions(
                                more.images(),
                                2,
                                more.apiServerAnnotations(),
                                more.etcdUpkeep(),
                                more.konnectivity(),
                                more.platformNetworks())),
                Breaker.nowhere());
        Tenant.request(landscape, 0);
        settle(world, landscape);
        landscape.restart(afterwards);
        settle(world, landscape);
        delete(landscape);
    }

    private static void delete(Landscape landscape) throws Exception {
        landscape.ask(new ClusterCommand.DeleteCluster(Tenant.CLUSTER));
        landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.DELETED));
    }

    private static void configure(Landscape landscape, OidcSettings oidc) {
        landscape.ask(new ClusterCommand.ConfigureControlPlane(Tenant.CLUSTER, oidc, null));
    }

    /** A certificate in PEM; whose it is makes no difference here. */
    private static String trust(SandboxWorld world) {
        return Pem.text(
                world.cluster()
                        .find(new ObjectRef(
                                ResourceKind.SECRET,
                                TenantNames.namespace(Tenant.CLUSTER),
                                TenantCertificate.CLUSTER_CA))
                        .orElseThrow(),
                "tls.crt");
    }

    private static void settle(SandboxWorld world, Landscape landscape) throws Exception {
        landscape.step(); // hears of what was asked for
        landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING)
                && landscape.troubles().isEmpty()
                && world.sandbox().isIdle());
    }

    private static EtcdUpkeep upkeep() {
        return new EtcdUpkeep(
                new Schedule("H 3 * * 6"),
                2L << 30,
                "monitoring",
                new SnapshotStore(
                        new Schedule("H */6 * * *"),
                        "rclone",
                        "snapshots",
                        Map.of("type", "local"),
                        "snapshot-store",
                        List.of("127.0.0.0/8"),
                        443));
    }

    private static List<HasMetadata> applied(SandboxWorld world) throws Exception {
        try (KubernetesClient client = new KubernetesClientBuilder()
                        .withConfig(new ConfigBuilder(io.fabric8.kubernetes.client.Config.empty())
                                .withMasterUrl(world.sandbox().url().toString())
                                .withOauthToken(world.sandbox().token())
                                .build())
                        .build();
                InputStream file = Files.newInputStream(FILE)) {
            var ignored = client.namespaces()
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(SYSTEM)
                            .endMetadata()
                            .build())
                    .create();
            List<HasMetadata> documents = client.load(file).items();
            documents.forEach(document -> client.resource(document).create());
            return documents;
        }
    }

    private static Set<String> granted(List<HasMetadata> documents) {
        Set<String> granted = new TreeSet<>();
        for (HasMetadata document : documents) {
            if (document instanceof ClusterRole role) {
                for (PolicyRule rule : role.getRules()) {
                    for (String resource : rule.getResources()) {
                        rule.getVerbs()
                                .forEach(verb -> granted.add(
                                        permission(rule.getApiGroups().getFirst(), resource, verb)));
                    }
                }
            }
        }
        return granted;
    }
}
