package aether.reconcile.kube;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterAuthorities;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterSnapshot;
import aether.domain.cluster.ClusterStatus;
import aether.domain.cluster.ControlPlaneSettings;
import aether.domain.cluster.ExtraArgs;
import aether.domain.cluster.KeyRotation;
import aether.domain.cluster.OidcSettings;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.organization.OrganizationId;
import aether.embedded.kubernetes.LocalKubernetes;
import aether.embedded.kubernetes.TestKubernetes;
import aether.reconcile.addons.AddonsRendering;
import aether.reconcile.addons.BootstrapToken;
import aether.reconcile.addons.DesiredAddons;
import aether.reconcile.certificates.CertificateRendering;
import aether.reconcile.certificates.DesiredCertificates;
import aether.reconcile.certificates.TenantCertificate;
import aether.reconcile.controlplane.ControlPlaneRendering;
import aether.reconcile.controlplane.DesiredControlPlane;
import aether.reconcile.controlplane.SomeControlPlane;
import aether.reconcile.controlplane.TrustBundles;
import aether.reconcile.render.Difference;
import aether.reconcile.render.EtcdUpkeep;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.RenderingOptions;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.Schedule;
import aether.reconcile.render.SnapshotStore;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What we render, applied to a real API server: it is taken as it is, and once it is there nothing is left to do. */
@Tag("slow")
class RealRenderingTest {

    private static final OrganizationId ORGANIZATION = new OrganizationId(new UUID(5, 5));
    private static final RenderingOptions SITE = new RenderingOptions("images.example/", Map.of())
            .with(new EtcdUpkeep(
                    new Schedule("H 3 * * 6"),
                    2L << 30,
                    "monitoring",
                    new SnapshotStore(
                            new Schedule("H */6 * * *"),
                            "images.example/rclone:1",
                            "tenant-snapshots",
                            Map.of("type", "s3"),
                            "snapshot-store",
                            List.of("192.0.2.0/28"),
                            443)));

    private static FabricManagementCluster cluster = FabricManagementCluster.at(
            new KubeSettings(Optional.of("https://127.0.0.1:1"), Optional.empty(), Optional.empty()));

    @BeforeAll
    static void connect() {
        TestKubernetes.assumePresent();
        cluster.close();
        cluster = FabricManagementCluster.at(settings());
    }

    private static KubeSettings settings() {
        LocalKubernetes real = TestKubernetes.server();
        return new KubeSettings(Optional.of(real.url()), Optional.of(real.token()), Optional.of(real.authority()));
    }

    @AfterAll
    static void disconnect() {
        cluster.close();
    }

    private static List<Rendered> everything(ClusterId id, KubernetesVersion version) {
        List<Rendered> all = new ArrayList<>(controlPlane(id, version));
        all.addAll(new AddonsRendering(SITE)
                .of(
                        new DesiredAddons(
                                id, ORGANIZATION, "10.2.0.2:6443", new KubernetesVersion(1, 34, 1), false, false, 9),
                        new BootstrapToken("abcdef", "0123456789abcdef")));
        return all;
    }

    /** What is written into the management cluster. */
    static List<Rendered> controlPlane(ClusterId id, KubernetesVersion version) {
        Map<String, String> hashes = new HashMap<>();
        TenantCertificate.of(ClusterAuthorities.FIRST, KeyRotation.FIRST)
                .forEach(row -> hashes.put(row.name(), "hash-of-" + row.name()));
        DesiredControlPlane desired = SomeControlPlane.of(id, ORGANIZATION)
                .at(version)
                .reported(false)
                .in(ClusterStatus.PROVISIONING)
                .wanted()
                .with(3)
                .with(new ClusterSnapshot(new ClusterId(new UUID(9, 9)), "etcd-snapshot-1"))
                .with(new ControlPlaneSettings(
                        new OidcSettings("https://login.example", "kubernetes", "sub", "a:", "groups", "a:", "pem"),
                        new ExtraArgs(List.of("--event-ttl=2h"), List.of(), List.of())));
        List<Rendered> all = new ArrayList<>(CertificateRendering.of(new DesiredCertificates(
                id,
                ORGANIZATION,
                "10.2.0.2",
                List.of(),
                ClusterAuthorities.FIRST,
                KeyRotation.FIRST,
                Map.of(),
                Set.of(),
                false,
                5)));
        all.addAll(new ControlPlaneRendering(SITE)
                .of(
                        desired,
                        hashes,
                        new TrustBundles("trust", "etcd", "proxy"),
                        Optional.of(new TenantAccess("10.2.0.2:6443", "ca", "certificate", "key")),
                        "kind: EncryptionConfiguration"));
        return all;
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.20.2", "1.34.1"})
    void whatIsAppliedOnceIsSteady(String version) {
        ClusterId id = new ClusterId(new UUID(6, version.hashCode()));
        List<Rendered> all = everything(id, KubernetesVersion.parse(version).orElseThrow());
        all.forEach(cluster::apply);

        Map<ObjectRef, String> versions = new HashMap<>();
        for (Rendered rendered : all) {
            JsonNode there = cluster.find(rendered.ref()).orElseThrow();
            assertThat(Difference.between(rendered, there))
                    .as(rendered.ref().shown())
                    .isEmpty();
            versions.put(rendered.ref(), there.at("/metadata/resourceVersion").asString(""));
        }
        all.forEach(cluster::apply);

        // Kubernetes 1.20 writes a StatefulSet at every apply, however steady it is; workers apply only what differs.
        assertThat(all.stream().filter(each -> !each.ref().kind().equals(ResourceKind.STATEFUL_SET)))
                .allSatisfy(rendered -> assertThat(cluster.find(rendered.ref())
                                .orElseThrow()
                                .at("/metadata/resourceVersion")
                                .asString(""))
                        .as(rendered.ref().shown())
                        .isEqualTo(versions.get(rendered.ref())));
    }

    @Test
    void aChangeByOthersIsFoundAndItsManagerNamedAndAnAdditionIsLeftAlone() {
        ClusterId id = new ClusterId(new UUID(7, 7));
        List<Rendered> all = everything(id, KubernetesVersion.SUPPORTED.getLast());
        all.forEach(cluster::apply);
        Rendered scheduler = all.stream()
                .filter(each -> each.ref().shown().equals("Deployment/kube-scheduler"))
                .findFirst()
                .orElseThrow();
        try (KubernetesClient other = KubeClients.management(settings())) {
            var deployment = other.apps()
                    .deployments()
                    .inNamespace(scheduler.ref().namespace())
                    .withName("kube-scheduler");
            PatchContext somebody = new PatchContext.Builder()
                    .withPatchType(PatchType.STRATEGIC_MERGE)
                    .withFieldManager("somebody")
                    .build();
            deployment.patch(somebody, """
                    {"spec":{"template":{"spec":{"containers":[{"name":"beside","image":"beside:1"}]}}}}""");
            assertThat(difference(scheduler)).isEmpty();

            deployment.patch(somebody, """
                    {"spec":{"template":{"spec":{"containers":[{"name":"kube-scheduler","image":"other:1"}]}}}}""");
            assertThat(difference(scheduler))
                    .contains(new Difference(
                            Difference.Kind.DRIFTED,
                            "spec.template.spec.containers[kube-scheduler].image was changed by somebody"));
        }
        cluster.apply(scheduler);

        assertThat(difference(scheduler)).isEmpty();
    }

    private static Optional<Difference> difference(Rendered rendered) {
        return Difference.between(rendered, cluster.find(rendered.ref()).orElseThrow());
    }
}
