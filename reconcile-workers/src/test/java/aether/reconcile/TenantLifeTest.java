package aether.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.CertificateAuthority;
import aether.domain.cluster.ClusterAuthorities;
import aether.domain.cluster.ClusterAuthority;
import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterKey;
import aether.domain.cluster.ClusterKeys;
import aether.domain.cluster.ClusterStatus;
import aether.domain.cluster.KeyRotation;
import aether.domain.cluster.PauseReason;
import aether.domain.kernel.KubernetesVersion;
import aether.reconcile.doubles.Breaker;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.TenantNames;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The life of a tenant in the sandbox, through the real sagas, workers and adapters. */
@Tag("slow")
class TenantLifeTest {

    private static final int CERTIFICATES = 16;

    @TempDir
    Path directory;

    @Test
    void aTenantComesToLifeIsUpgradedAndGoes() throws Exception {
        try (SandboxWorld world = new SandboxWorld(directory)) {
            Landscape landscape = new Landscape(world.outside(), Breaker.nowhere());
            Tenant.request(landscape, 2);
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING));

            assertThat(world.count("vms")).isEqualTo(3);
            assertThat(world.count("nodes")).isEqualTo(2);
            assertThat(world.count("certificates")).isEqualTo(CERTIFICATES);
            assertThat(world.doubles()).isEmpty();

            KubernetesVersion next = KubernetesVersion.SUPPORTED.get(2);
            landscape.ask(new ClusterCommand.UpgradeCluster(Tenant.CLUSTER, next));
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING));
            assertThat(Tenant.state(landscape).observed()).isEqualTo(next);
            assertThat(Tenant.state(landscape).kubelets()).containsEntry(Tenant.POOL, next);

            landscape.ask(new ClusterCommand.DeleteCluster(Tenant.CLUSTER));
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.DELETED));
            assertThat(world.count("vms")).isZero();
            assertThat(world.count("tenant_apis")).isZero();
            assertThat(world.sandbox().inventory().path("namespaces").toString())
                    .doesNotContain("tenant-");
            assertThat(landscape.log().regions().values()).allSatisfy(region -> {
                assertThat(region.networks()).isEmpty();
                assertThat(region.vmIds()).isEmpty();
            });
        }
    }

    @Test
    void aSteadyTenantCausesNoWrites() throws Exception {
        try (SandboxWorld world = new SandboxWorld(directory)) {
            Breaker counting = Breaker.nowhere();
            Landscape landscape = new Landscape(world.outside(), counting);
            Tenant.request(landscape, 1);
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING)
                    && landscape.troubles().isEmpty()
                    && world.sandbox().isIdle());
            Map<String, Integer> effects = counting.calls();
            Map<String, Long> kubernetes = world.sandbox().kubernetesFaults().counts();
            Map<String, Long> hypervisor = world.sandbox().hypervisorFaults().counts();
            int events = landscape.log().events().size();

            for (int look = 0; look < 5; look++) {
                landscape.step();
            }

            assertThat(counting.calls()).isEqualTo(effects);
            assertThat(world.sandbox().kubernetesFaults().counts())
                    .containsEntry("writes", kubernetes.getOrDefault("writes", -1L));
            assertThat(world.sandbox().hypervisorFaults().counts())
                    .containsEntry("writes", hypervisor.getOrDefault("writes", -1L));
            assertThat(landscape.log().events()).hasSize(events);
        }
    }

    @Test
    void whateverTheProcessDiesAtNothingIsMadeTwice() throws Exception {
        try (SandboxWorld world = new SandboxWorld(directory)) {
            Breaker everywhere = Breaker.everywhere();
            Landscape landscape = new Landscape(world.outside(), everywhere);
            Tenant.request(landscape, 2);
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING));

            assertThat(landscape.crashes()).isGreaterThan(100);
            assertThat(world.doubles()).isEmpty();
            assertThat(world.count("vms")).isEqualTo(3);
            assertThat(world.count("certificates")).isEqualTo(CERTIFICATES);
            assertThat(landscape.log().events().stream()
                            .filter(ClusterEvent.class::isInstance)
                            .filter(event -> !(event instanceof ClusterEvent.CertificatesRenewed))
                            .map(Object::getClass))
                    .doesNotHaveDuplicates();

            landscape.ask(new ClusterCommand.DeleteCluster(Tenant.CLUSTER));
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.DELETED));
            assertThat(world.count("vms")).isZero();
        }
    }

    @Test
    void whateverTheProcessDiesAtTheAuthorityIsExchangedOnce() throws Exception {
        try (SandboxWorld world = new SandboxWorld(directory)) {
            Breaker everywhere = Breaker.everywhere();
            Landscape landscape = new Landscape(world.outside(), everywhere);
            Tenant.request(landscape, 2);
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING));
            int before = landscape.crashes();

            landscape.ask(new ClusterCommand.RotateAuthority(Tenant.CLUSTER, CertificateAuthority.CLUSTER));
            landscape.runUntil(
                    () -> Tenant.state(landscape).authorities().cluster().phase() == ClusterAuthority.Phase.PREPARED);
            assertThat(world.count("nodes")).isGreaterThanOrEqualTo(2);
            landscape.ask(new ClusterCommand.CompleteAuthorityRotation(Tenant.CLUSTER, CertificateAuthority.CLUSTER));
            landscape.runUntil(
                    () -> !Tenant.state(landscape).authorities().cluster().isRotating());

            assertThat(landscape.crashes()).isGreaterThan(before + 20);
            assertThat(world.count("vms")).isEqualTo(3);
            assertThat(world.count("certificates"))
                    .as("the new CA, and each of its eight certificates once")
                    .isEqualTo(CERTIFICATES + 9);
            assertThat(world.doubles()).isEmpty();
            assertThat(Tenant.told(landscape, "Authority")).isEqualTo(Tenant.AUTHORITY_EXCHANGED);
        }
    }

    /** Known to the control plane alone: no node is replaced, nobody outside is waited for. */
    @ParameterizedTest
    @EnumSource(names = {"ETCD", "FRONT_PROXY"})
    void whateverTheProcessDiesAtAnAuthorityOfTheControlPlaneIsExchangedOnce(CertificateAuthority which)
            throws Exception {
        try (SandboxWorld world = new SandboxWorld(directory)) {
            Breaker everywhere = Breaker.everywhere();
            Landscape landscape = new Landscape(world.outside(), everywhere);
            Tenant.request(landscape, 1);
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING));
            int before = landscape.crashes();

            landscape.ask(new ClusterCommand.RotateAuthority(Tenant.CLUSTER, which));
            landscape.runUntil(
                    () -> !Tenant.state(landscape).authorities().of(which).isRotating()
                            && Tenant.is(landscape, ClusterStatus.RUNNING)
                            && landscape.troubles().isEmpty());

            assertThat(Tenant.state(landscape).authorities())
                    .isEqualTo(ClusterAuthorities.FIRST.with(
                            which, new ClusterAuthority(2, ClusterAuthority.Phase.STEADY)));
            assertThat(landscape.crashes()).isGreaterThan(before + 10);
            assertThat(world.count("vms"))
                    .as("the load balancer and the node of before")
                    .isEqualTo(2);
            assertThat(world.count("certificates"))
                    .as("the new CA, and what it signs, once each")
                    .isEqualTo(CERTIFICATES + (which == CertificateAuthority.ETCD ? 4 : 2));
            assertThat(world.doubles()).isEmpty();
            assertThat(secrets(world)).contains(which.certificate(2)).doesNotContain(which.certificate(1));
            assertThat(Tenant.told(landscape, "Authority")).isEqualTo(Tenant.AUTHORITY_EXCHANGED);
            assertThat(landscape.log().events()).noneMatch(ClusterEvent.DriftCorrected.class::isInstance);
        }
    }

    @Test
    void aPauseHoldsARotationWhereItIs() throws Exception {
        try (SandboxWorld world = new SandboxWorld(directory)) {
            Landscape landscape = new Landscape(world.outside(), Breaker.nowhere());
            Tenant.request(landscape, 0);
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING)
                    && landscape.troubles().isEmpty());
            landscape.ask(new ClusterCommand.RotateAuthority(Tenant.CLUSTER, CertificateAuthority.ETCD));
            Instant now = Instant.now();
            landscape.ask(new ClusterCommand.PauseCluster(
                    Tenant.CLUSTER, now, now.plusSeconds(3600), PauseReason.INCIDENT, ""));
            for (int look = 0; look < 20; look++) {
                landscape.step();
            }
            assertThat(Tenant.state(landscape).authorities().etcd().phase()).isEqualTo(ClusterAuthority.Phase.TRUSTING);
            assertThat(secrets(world)).doesNotContain("etcd-ca-2");

            landscape.ask(new ClusterCommand.ResumeCluster(Tenant.CLUSTER));
            landscape.runUntil(() -> Tenant.state(landscape)
                    .authorities()
                    .etcd()
                    .equals(new ClusterAuthority(2, ClusterAuthority.Phase.STEADY)));
        }
    }

    @Test
    void whateverTheProcessDiesAtEachKeyIsExchangedOnce() throws Exception {
        try (SandboxWorld world = new SandboxWorld(directory)) {
            Breaker everywhere = Breaker.everywhere();
            Landscape landscape = new Landscape(world.outside(), everywhere);
            Tenant.request(landscape, 1);
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING));
            int before = landscape.crashes();

            landscape.ask(new ClusterCommand.RotateKey(Tenant.CLUSTER, ClusterKey.ENCRYPTION));
            landscape.ask(new ClusterCommand.RotateKey(Tenant.CLUSTER, ClusterKey.SERVICE_ACCOUNT));
            landscape.runUntil(() -> !keys(landscape).encryption().isUnderWay()
                    && keys(landscape).serviceAccount().phase() == KeyRotation.Phase.REPLACING);
            landscape.ask(new ClusterCommand.CompleteKeyRotation(Tenant.CLUSTER, ClusterKey.SERVICE_ACCOUNT));
            landscape.runUntil(() -> !keys(landscape).isRotating()
                    && Tenant.is(landscape, ClusterStatus.RUNNING)
                    && landscape.troubles().isEmpty());

            assertThat(landscape.crashes()).isGreaterThan(before + 15);
            assertThat(everywhere.calls().keySet())
                    .as("died while Secrets were written again, and while the old key was deleted")
                    .anyMatch(effect -> effect.startsWith("rewrite tenant "))
                    .anyMatch(effect ->
                            effect.startsWith("delete management ") && effect.endsWith(" Secret/secrets-encryption"));
            assertThat(world.doubles()).isEmpty();
            assertThat(secrets(world))
                    .contains("secrets-encryption-2", "service-account-2")
                    .doesNotContain("secrets-encryption", "secrets-encryption-rotation", "service-account");
            for (ClusterKey key : ClusterKey.values()) {
                assertThat(landscape.log().events().stream()
                                .filter(event -> event.toString().contains("key=" + key))
                                .map(event -> event instanceof ClusterEvent.KeyRotationAdvanced advanced
                                        ? advanced.phase().name()
                                        : event.getClass().getSimpleName()))
                        .as("%s", key)
                        .containsExactly(
                                "KeyRotationStarted",
                                "SWITCHING",
                                "REPLACING",
                                key == ClusterKey.ENCRYPTION ? "DROPPING" : "KeyRotationCompleting",
                                "KeyRotated");
            }
        }
    }

    private static ClusterKeys keys(Landscape landscape) {
        return Tenant.state(landscape).keys();
    }

    private static List<String> secrets(SandboxWorld world) {
        return world.cluster().list(ResourceKind.SECRET, TenantNames.namespace(Tenant.CLUSTER), Map.of()).stream()
                .map(secret -> secret.at("/metadata/name").asString(""))
                .toList();
    }

    @Test
    void whateverTheProcessDiesAtAnUpgradeMovesPartAfterPart() throws Exception {
        try (SandboxWorld world = new SandboxWorld(directory)) {
            Breaker everywhere = Breaker.everywhere();
            Landscape.Outside outside = world.outside();
            Landscape landscape = new Landscape(outside, everywhere);
            Tenant.request(landscape, 2);
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING));
            assertThat(kubelets(outside)).containsOnly("v" + Tenant.VERSION);
            int before = landscape.crashes();

            KubernetesVersion next = KubernetesVersion.SUPPORTED.get(2);
            landscape.ask(new ClusterCommand.UpgradeCluster(Tenant.CLUSTER, next));
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING));

            assertThat(landscape.crashes()).isGreaterThan(before + 20);
            assertThat(kubelets(outside)).hasSize(2).containsOnly("v" + next);
            assertThat(world.count("vms")).isEqualTo(3);
            assertThat(world.doubles()).isEmpty();
            assertThat(upgrading(landscape))
                    .containsExactly(
                            "ClusterUpgradeStarted",
                            "ClusterUpgradePrepared",
                            "EtcdUpgraded",
                            "ApiServersUpgraded",
                            "ControlPlaneUpgraded",
                            "PoolUpgraded",
                            "ClusterUpgraded");
        }
    }

    @Test
    void anUpgradeThatIsAbandonedLeavesNothingBehind() throws Exception {
        try (SandboxWorld world = new SandboxWorld(directory)) {
            Landscape.Outside outside = world.outside();
            Landscape landscape = new Landscape(outside, Breaker.nowhere());
            Tenant.request(landscape, 1);
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING));

            landscape.ask(new ClusterCommand.UpgradeCluster(Tenant.CLUSTER, KubernetesVersion.SUPPORTED.get(2)));
            landscape.ask(new ClusterCommand.AbandonUpgrade(Tenant.CLUSTER));
            landscape.runUntil(
                    () -> landscape.troubles().isEmpty() && world.sandbox().isIdle());

            assertThat(Tenant.is(landscape, ClusterStatus.RUNNING)).isTrue();
            assertThat(images(outside)).allSatisfy(image -> assertThat(image).doesNotContain("v1.34"));
            assertThat(landscape.log().events()).noneMatch(ClusterEvent.DriftCorrected.class::isInstance);

            landscape.ask(new ClusterCommand.UpgradeCluster(Tenant.CLUSTER, KubernetesVersion.SUPPORTED.get(2)));
            landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING));
            assertThat(kubelets(outside)).containsExactly("v" + KubernetesVersion.SUPPORTED.get(2));
        }
    }

    private static List<String> upgrading(Landscape landscape) {
        return landscape.log().events().stream()
                .map(event -> event.getClass().getSimpleName())
                .filter(name -> name.contains("Upgrade"))
                .filter(name -> !name.equals("ClusterUpgradeServing")) // only where somebody looked in time
                .toList();
    }

    private static List<String> kubelets(Landscape.Outside outside) {
        return outside.tenants().current(Tenant.CLUSTER).orElseThrow().list(ResourceKind.NODE, "", Map.of()).stream()
                .map(node -> node.at("/status/nodeInfo/kubeletVersion").asString())
                .toList();
    }

    private static List<String> images(Landscape.Outside outside) {
        return outside.cluster().list(ResourceKind.DEPLOYMENT, TenantNames.namespace(Tenant.CLUSTER), Map.of()).stream()
                .map(deployment ->
                        deployment.at("/spec/template/spec/containers/0/image").asString())
                .toList();
    }
}
