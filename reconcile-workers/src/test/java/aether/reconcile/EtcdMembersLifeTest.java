package aether.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.CertificateAuthority;
import aether.domain.cluster.ClusterAuthority;
import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterStatus;
import aether.domain.kernel.KubernetesVersion;
import aether.reconcile.certificates.TenantCertificate;
import aether.reconcile.doubles.Breaker;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Pods;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.TenantNames;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What replaces the members of an etcd of three, dying at every step: after each single change in the management
 * cluster a majority serves, and all of them know one another ({@link EtcdDiary}).
 */
@Tag("slow")
class EtcdMembersLifeTest {

    private static final int MEMBERS = 3;
    private static final String NAMESPACE = TenantNames.namespace(Tenant.CLUSTER);
    private static final ObjectRef ETCD = new ObjectRef(ResourceKind.STATEFUL_SET, NAMESPACE, TenantNames.ETCD);

    @TempDir
    Path directory;

    private SandboxWorld world;
    private EtcdDiary diary;

    @BeforeEach
    void open() throws Exception {
        world = new SandboxWorld(directory);
        diary = new EtcdDiary(world.sandbox().management(), MEMBERS);
    }

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    private Landscape running(Breaker breaker, KubernetesVersion version) throws Exception {
        Landscape landscape = new Landscape(world.outside(SandboxWorld.upkeep(true)), breaker);
        Tenant.commands(0, "north", version, MEMBERS).forEach(landscape::ask);
        landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING));
        settle(landscape);
        assertThat(diary.read().begun()).hasSize(MEMBERS);
        return landscape;
    }

    private void settle(Landscape landscape) throws Exception {
        landscape.runUntil(
                () -> landscape.troubles().isEmpty() && world.sandbox().isIdle());
        diary.read();
    }

    /** The first minor comes with the etcd of before, the second one with the next. */
    @Test
    void anUpgradeReplacesMembersOneByOneAfterASnapshotAndOnlyWhereEtcdMoves() throws Exception {
        Landscape landscape = running(Breaker.everywhere(), KubernetesVersion.SUPPORTED.get(0));
        Map<String, String> first = diary.running();

        upgrade(landscape, KubernetesVersion.SUPPORTED.get(1));
        assertThat(diary.running()).as("etcd stays as it is").isEqualTo(first);
        assertThat(diary.begun()).isEmpty();

        upgrade(landscape, KubernetesVersion.SUPPORTED.get(2));
        assertThat(diary.begun()).containsExactly("etcd-2 3.6.4-0", "etcd-1 3.6.4-0", "etcd-0 3.6.4-0");
        oneMembership();
        assertThat(landscape.log().events().stream()
                        .filter(ClusterEvent.ClusterUpgradePrepared.class::isInstance)
                        .map(event -> ((ClusterEvent.ClusterUpgradePrepared) event).snapshot()))
                .as("a snapshot before each")
                .containsExactly(
                        Tenant.CLUSTER + "/etcd-snapshot-upgrade-1.db", Tenant.CLUSTER + "/etcd-snapshot-upgrade-2.db");
        assertThat(Tenant.told(landscape, "EtcdUpgraded")).hasSize(1);
        assertThat(landscape.crashes()).isGreaterThan(100);
        assertThat(world.doubles()).isEmpty();
    }

    private void upgrade(Landscape landscape, KubernetesVersion to) throws Exception {
        landscape.ask(new ClusterCommand.UpgradeCluster(Tenant.CLUSTER, to));
        landscape.runUntil(() -> {
            diary.read();
            return Tenant.is(landscape, ClusterStatus.RUNNING)
                    && to.equals(Tenant.state(landscape).observed());
        });
        settle(landscape);
    }

    @Test
    void membersKnowOneAnotherAtEveryStepOfARotationOfTheirAuthority() throws Exception {
        Landscape landscape = running(Breaker.everywhere(), Tenant.VERSION);
        Map<String, String> first = diary.running();
        int before = diary.verified();

        landscape.ask(new ClusterCommand.RotateAuthority(Tenant.CLUSTER, CertificateAuthority.ETCD));
        landscape.runUntil(() -> {
            diary.read();
            return isOver(landscape, CertificateAuthority.ETCD);
        });
        settle(landscape);

        assertThat(diary.verified()).as("changes that were looked at").isGreaterThan(before + 3 * MEMBERS);
        assertThat(diary.running().values()).doesNotContainAnyElementsOf(first.values());
        assertThat(diary.begun())
                .as("to trust both, by the new one's leaves, and to trust it alone: each member at least three times")
                .hasSizeGreaterThanOrEqualTo(3 * MEMBERS);
        oneMembership();
        assertThat(Tenant.told(landscape, "Authority")).isEqualTo(Tenant.AUTHORITY_EXCHANGED);
        assertThat(landscape.log().events()).noneMatch(ClusterEvent.DriftCorrected.class::isInstance);
        assertThat(world.doubles()).isEmpty();
    }

    @Test
    void aRotationOfTheClustersAuthorityLeavesEtcdAlone() throws Exception {
        Landscape landscape = running(Breaker.everywhere(), Tenant.VERSION);
        Map<String, String> first = diary.running();

        landscape.ask(new ClusterCommand.RotateAuthority(Tenant.CLUSTER, CertificateAuthority.CLUSTER));
        landscape.runUntil(() -> {
            diary.read();
            return Tenant.state(landscape).authorities().cluster().phase() == ClusterAuthority.Phase.PREPARED;
        });
        landscape.ask(new ClusterCommand.CompleteAuthorityRotation(Tenant.CLUSTER, CertificateAuthority.CLUSTER));
        landscape.runUntil(() -> {
            diary.read();
            return isOver(landscape, CertificateAuthority.CLUSTER);
        });
        settle(landscape);

        assertThat(diary.running()).isEqualTo(first);
        assertThat(diary.begun()).isEmpty();
    }

    /** A StatefulSet would replace the last one for it, and two would be away. */
    @Test
    void aRenewalWaitsForAMemberWhoseNodeIsAway() throws Exception {
        Landscape landscape = running(Breaker.nowhere(), Tenant.VERSION);
        String before = certificates();
        world.sandbox().podFaults().takeNodeOf("etcd-1");
        landscape.runUntil(
                () -> world.sandbox().isIdle() && !landscape.troubles().isEmpty());
        int renewals = Tenant.told(landscape, "CertificatesRenewed").size();

        ProcessTenantTest.renew(world, TenantCertificate.ETCD_PEER);
        landscape.runUntil(() -> Tenant.told(landscape, "CertificatesRenewed").size() > renewals);
        for (int look = 0; look < 5; look++) {
            landscape.step();
        }
        diary.read();
        assertThat(certificates()).isEqualTo(before);
        assertThat(diary.begun()).isEmpty();

        world.sandbox().podFaults().heal();
        landscape.runUntil(() -> !certificates().equals(before));
        settle(landscape);
        assertThat(diary.begun())
                .extracting(begun -> begun.substring(0, begun.indexOf(' ')))
                .containsExactly("etcd-2", "etcd-1", "etcd-0");
    }

    /** What etcd's pods are to be begun with. */
    private String certificates() {
        return world.cluster()
                .find(ETCD)
                .orElseThrow()
                .at("/spec/template/metadata/annotations")
                .path(Pods.CERTIFICATES)
                .asString("");
    }

    private static boolean isOver(Landscape landscape, CertificateAuthority which) {
        return Tenant.state(landscape)
                .authorities()
                .of(which)
                .equals(new ClusterAuthority(2, ClusterAuthority.Phase.STEADY));
    }

    /**
     * A member that is begun on its own data reads there who the others are; being told otherwise would be a change.
     */
    private void oneMembership() {
        assertThat(diary.memberships()).singleElement().satisfies(told -> {
            assertThat(told).doesNotContain("--initial-cluster-state");
            for (int member = 0; member < MEMBERS; member++) {
                assertThat(told)
                        .contains("etcd-" + member + "=https://etcd-" + member + ".etcd." + NAMESPACE + ".svc:2380");
            }
        });
        JsonNode budget = world.cluster()
                .find(new ObjectRef(ResourceKind.POD_DISRUPTION_BUDGET, NAMESPACE, TenantNames.ETCD))
                .orElseThrow();
        assertThat(MEMBERS - budget.at("/spec/minAvailable").asInt())
                .as("members that a drain may take at a time")
                .isEqualTo(1);
    }
}
