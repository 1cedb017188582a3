package aether.domain.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterUpgrade.Phase;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.kernel.NameBasedId;
import aether.domain.nodepool.NodePoolId;
import aether.domain.samples.Decided;
import aether.domain.samples.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class UpgradeDeciderTest {

    private static final ClusterId ID = Samples.CLUSTER;
    private static final KubernetesVersion FROM = new KubernetesVersion(1, 33, 4);
    private static final KubernetesVersion PATCH = new KubernetesVersion(1, 33, 5);
    private static final KubernetesVersion MINOR = new KubernetesVersion(1, 34, 1);

    private static ClusterState running() {
        return ClusterState.ABSENT
                .apply(new ClusterEvent.ClusterRequested(
                        ID, Samples.ORGANIZATION, "shop", Samples.REGION, FROM, false, Channel.API))
                .apply(new ClusterEvent.ControlPlaneRequested(ID, FROM))
                .apply(new ClusterEvent.PoolNameClaimed(ID, "web", Samples.POOL))
                .apply(new ClusterEvent.ClusterRunning(ID));
    }

    private static ClusterState in(Phase phase, KubernetesVersion to) {
        ClusterState state = running().apply(new ClusterEvent.ClusterUpgradeStarted(ID, FROM, to));
        List<ClusterEvent> stages = List.of(
                new ClusterEvent.ClusterUpgradePrepared(ID, 1, to, "", true),
                new ClusterEvent.EtcdUpgraded(ID, 1, to),
                new ClusterEvent.ClusterUpgradeServing(ID, 1, to),
                new ClusterEvent.ApiServersUpgraded(ID, 1, to),
                new ClusterEvent.ControlPlaneUpgraded(ID, 1, to, List.of(Samples.POOL)));
        for (ClusterEvent stage : stages) {
            ClusterUpgrade reached = state.upgrade();
            if (reached != null && reached.phase() == phase) {
                break;
            }
            state = state.apply(stage);
        }
        return state;
    }

    /** The whole skew policy: each part is at most as new as what it depends on. */
    @ParameterizedTest
    @EnumSource(Phase.class)
    void nothingIsEverNewerThanWhatItTalksTo(Phase phase) {
        ClusterVersions versions = in(phase, MINOR).versions().orElseThrow();

        assertThat(versions.etcd()).isGreaterThanOrEqualTo(versions.apiServers());
        assertThat(versions.apiServers()).isGreaterThanOrEqualTo(versions.controllers());
        assertThat(versions.controllers()).isGreaterThanOrEqualTo(versions.nodes());
    }

    @ParameterizedTest
    @CsvSource({
        "PREPARING, 1.33.4 1.33.4 1.33.4 1.33.4",
        "ETCD, 1.34.1 1.33.4 1.33.4 1.33.4",
        "API_SERVERS, 1.34.1 1.34.1 1.33.4 1.33.4",
        "SERVING, 1.34.1 1.34.1 1.33.4 1.33.4",
        "CONTROLLERS, 1.34.1 1.34.1 1.34.1 1.33.4",
        "NODES, 1.34.1 1.34.1 1.34.1 1.34.1"
    })
    void eachStageMovesOnePart(Phase phase, String expected) {
        ClusterVersions versions = in(phase, MINOR).versions().orElseThrow();

        assertThat(versions.etcd() + " " + versions.apiServers() + " " + versions.controllers() + " "
                        + versions.nodes())
                .isEqualTo(expected);
    }

    @Test
    void etcdThatStaysIsNoStage() {
        ClusterState prepared =
                in(Phase.PREPARING, MINOR).apply(new ClusterEvent.ClusterUpgradePrepared(ID, 1, MINOR, "", false));

        assertThat(prepared.upgrade()).isEqualTo(new ClusterUpgrade(Phase.API_SERVERS, 1, FROM, MINOR));
    }

    @ParameterizedTest
    @CsvSource({
        "PREPARING, true, true",
        "ETCD, false, false",
        "API_SERVERS, true, true",
        "SERVING, true, false",
        "CONTROLLERS, true, false",
        "NODES, false, false"
    })
    void isAbandonedOnlyUntilSomethingOfTheNextMinorWasStored(Phase phase, boolean patch, boolean minor) {
        abandoning(in(phase, PATCH), patch, PATCH);
        abandoning(in(phase, MINOR), minor, MINOR);
    }

    private static void abandoning(ClusterState state, boolean possible, KubernetesVersion to) {
        for (ClusterCommand way :
                List.of(new ClusterCommand.AbandonUpgrade(ID), new ClusterCommand.UpgradeCluster(ID, FROM))) {
            var decision = ClusterDecider.decide(state, way);
            if (!possible) {
                assertThat(Decided.code(decision)).isEqualTo("upgrade_irreversible");
                continue;
            }
            assertThat(Decided.events(decision))
                    .containsExactly(new ClusterEvent.ClusterUpgradeAbandoned(ID, to, FROM));
            ClusterState back = state.apply(new ClusterEvent.ClusterUpgradeAbandoned(ID, to, FROM));
            assertThat(back.status()).isEqualTo(ClusterStatus.RUNNING);
            assertThat(back.versions()).contains(ClusterVersions.all(FROM));
        }
    }

    @Test
    void nothingIsAbandonedWhereNothingIsUnderWay() {
        assertThat(Decided.rejection(ClusterDecider.decide(running(), new ClusterCommand.AbandonUpgrade(ID)))
                        .message())
                .isEqualTo("Expected a cluster that is upgrading, but it is running.");
    }

    @Test
    void reportsOfAnotherStageOrVersionAreLate() {
        for (Phase phase : Phase.values()) {
            ClusterState state = in(phase, MINOR);
            assertThat(Decided.events(
                            ClusterDecider.decide(state, new ClusterCommand.RecordEtcdUpgraded(ID, 1, MINOR))))
                    .hasSize(phase == Phase.ETCD ? 1 : 0);
            assertThat(Decided.events(
                            ClusterDecider.decide(state, new ClusterCommand.RecordEtcdUpgraded(ID, 1, PATCH))))
                    .isEmpty();
            assertThat(Decided.events(
                            ClusterDecider.decide(state, new ClusterCommand.RecordApiServersUpgraded(ID, 1, MINOR))))
                    .hasSize(phase == Phase.API_SERVERS || phase == Phase.SERVING ? 1 : 0);
            assertThat(Decided.events(
                            ClusterDecider.decide(state, new ClusterCommand.RecordControlPlaneReady(ID, 1, MINOR))))
                    .hasSize(phase == Phase.CONTROLLERS ? 1 : 0);
        }
    }

    @Test
    void kubeletsOfAPoolAreAsOldAsItsNodes() {
        NodePoolId late = new NodePoolId(NameBasedId.of("late"));
        ClusterState state = in(Phase.CONTROLLERS, MINOR).apply(new ClusterEvent.PoolNameClaimed(ID, "late", late));

        assertThat(state.kubelets()).containsEntry(late, FROM).containsEntry(Samples.POOL, FROM);
        state = state.apply(new ClusterEvent.ControlPlaneUpgraded(ID, 1, MINOR, List.of(late, Samples.POOL)))
                .apply(new ClusterEvent.PoolUpgraded(ID, late, MINOR));
        assertThat(state.kubelets()).containsEntry(late, MINOR).containsEntry(Samples.POOL, FROM);
        assertThat(state.apply(new ClusterEvent.PoolNameReleased(ID, "late", late))
                        .kubelets())
                .containsOnlyKeys(Samples.POOL);
    }

    /** Logs of before pools were part of an upgrade hold such clusters. */
    @Test
    void refusesToLeaveAKubeletBehind() {
        ClusterState old = ClusterState.ABSENT
                .apply(new ClusterEvent.ClusterRequested(
                        ID,
                        Samples.ORGANIZATION,
                        "shop",
                        Samples.REGION,
                        new KubernetesVersion(1, 30, 0),
                        false,
                        Channel.API))
                .apply(new ClusterEvent.PoolNameClaimed(ID, "web", Samples.POOL))
                .apply(new ClusterEvent.ClusterRunning(ID))
                .apply(new ClusterEvent.ClusterUpgradeStarted(ID, new KubernetesVersion(1, 30, 0), FROM))
                .apply(new ClusterEvent.ClusterUpgraded(ID, 1, FROM));

        assertThat(Decided.rejection(ClusterDecider.decide(old, new ClusterCommand.UpgradeCluster(ID, MINOR)))
                        .message())
                .isEqualTo("Expected kubelets that Kubernetes 1.34.1 supports, but those of node pool 'web' run 1.30.0;"
                        + " replace its nodes first.");
        assertThat(Decided.events(ClusterDecider.decide(old, new ClusterCommand.UpgradeCluster(ID, PATCH))))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "1.34.1, 1.34.1, true",
        "1.34.1, 1.31.9, true",
        "1.34.1, 1.30.9, false",
        "1.33.0, 1.34.0, false",
        "1.27.0, 1.25.0, true",
        "1.27.0, 1.24.0, false",
        "1.34.0, 1.34.1, true"
    })
    void servesKubeletsWithinTheSkew(String server, String kubelet, boolean served) {
        assertThat(version(server).serves(version(kubelet))).isEqualTo(served);
    }

    private static KubernetesVersion version(String text) {
        return KubernetesVersion.parse(text).orElseThrow();
    }
}
