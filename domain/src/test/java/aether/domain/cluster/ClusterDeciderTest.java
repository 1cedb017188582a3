package aether.domain.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.kernel.DomainEvent;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.kernel.NameBasedId;
import aether.domain.machine.MachineShape;
import aether.domain.nodepool.NodePoolEvent;
import aether.domain.nodepool.NodePoolId;
import aether.domain.samples.Decided;
import aether.domain.samples.Samples;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterDeciderTest {

    private static final ClusterId ID = Samples.CLUSTER;
    private static final NodePoolId OTHER = new NodePoolId(NameBasedId.of("other"));
    private static final ClusterCommand.PublishEndpoint PUBLISH = new ClusterCommand.PublishEndpoint(ID, "h", 6443);
    private static final ClusterCommand.RecordCertificatesIssued ISSUED =
            new ClusterCommand.RecordCertificatesIssued(ID, 1, "00", Instant.EPOCH);
    private static final ClusterCommand.RecordControlPlaneReady READY =
            new ClusterCommand.RecordControlPlaneReady(ID, 1, Samples.VERSION);
    private static final ClusterCommand.RecordAddonsInstalled INSTALLED =
            new ClusterCommand.RecordAddonsInstalled(ID, 1);

    /** From request to running, as the process sends and the workers report it. */
    private static final List<ClusterCommand> HAPPY = List.of(
            PUBLISH,
            new ClusterCommand.RequestCertificates(ID),
            ISSUED,
            new ClusterCommand.RequestControlPlane(ID),
            READY,
            new ClusterCommand.RequestAddons(ID),
            INSTALLED,
            new ClusterCommand.MarkRunning(ID));

    private final ClusterState requested = ClusterState.ABSENT.apply(new ClusterEvent.ClusterRequested(
            ID, Samples.ORGANIZATION, "shop", Samples.REGION, Samples.VERSION, false, Channel.API));
    private final ClusterState running = after(requested, HAPPY);

    @Test
    void comesToLifeStageByStage() {
        ClusterState state = requested;
        for (ClusterCommand command : HAPPY) {
            List<DomainEvent> events = Decided.events(ClusterDecider.decide(state, command));

            assertThat(events).as("%s", command).hasSize(1);
            state = apply(state, events);
        }

        assertThat(state.status()).isEqualTo(ClusterStatus.RUNNING);
        assertThat(state.reached()).contains(ProvisioningStage.ADDONS, ProvisioningStage.NODE_POOLS);
    }

    @Test
    void refusesToSkipAStage() {
        for (int stage = 1; stage < HAPPY.size(); stage++) {
            ClusterState before = after(requested, HAPPY.subList(0, stage - 1));

            assertThat(Decided.code(ClusterDecider.decide(before, HAPPY.get(stage))))
                    .as("%s", HAPPY.get(stage))
                    .isEqualTo("stage_not_reached");
        }
    }

    @Test
    void refusesEverythingOfAClusterThatIsNotThere() {
        assertThat(Decided.code(ClusterDecider.decide(ClusterState.ABSENT, PUBLISH)))
                .isEqualTo("cluster_unknown");
    }

    @Test
    void refusesAReportUnderAnOlderLease() {
        ClusterState taken = running.apply(new ClusterEvent.ClusterDegraded(ID, 7, "why"));

        assertThat(Decided.rejection(ClusterDecider.decide(taken, new ClusterCommand.RecordRecovered(ID, 6)))
                        .message())
                .isEqualTo("Expected a report under the tenant's lease of epoch 7 or later, but it came under 6.");
        assertThat(Decided.events(ClusterDecider.decide(taken, new ClusterCommand.RecordRecovered(ID, 7))))
                .containsExactly(new ClusterEvent.ClusterRecovered(ID, 7));
    }

    @Test
    void refusesAControlPlaneOfAnotherVersion() {
        ClusterState waiting = after(requested, HAPPY.subList(0, 4));

        assertThat(Decided.code(ClusterDecider.decide(
                        waiting, new ClusterCommand.RecordControlPlaneReady(ID, 1, Samples.NEXT_VERSION))))
                .isEqualTo("unexpected_version");
    }

    @ParameterizedTest
    @CsvSource({
        "1.33.4, forbidden_upgrade",
        "1.32.9, forbidden_upgrade",
        "1.31.0, unsupported_version",
        "1.34.9, unsupported_version",
        "1.35.0, unsupported_version"
    })
    void refusesToUpgradeBackwardsOrToTheUnknown(String target, String code) {
        assertThat(Decided.code(ClusterDecider.decide(running, upgrade(target))))
                .isEqualTo(code);
    }

    @Test
    void refusesToSkipAMinor() {
        ClusterState old = ClusterState.ABSENT.apply(new ClusterEvent.ClusterRequested(
                ID, Samples.ORGANIZATION, "shop", Samples.REGION, new KubernetesVersion(1, 32, 9), false, Channel.API));

        assertThat(Decided.code(ClusterDecider.decide(old, upgrade("1.34.1")))).isEqualTo("forbidden_upgrade");
    }

    @Test
    void refusesToUpgradeWhileProvisioning() {
        assertThat(Decided.rejection(ClusterDecider.decide(requested, upgrade("1.34.1")))
                        .message())
                .isEqualTo("Expected a cluster that is running, but it is " + ClusterStatus.PROVISIONING.published()
                        + ".");
    }

    @Test
    void isUpgradedByItsOwnStages() {
        List<DomainEvent> started = Decided.events(ClusterDecider.decide(running, upgrade("1.34.1")));
        ClusterState upgrading = apply(running, started);
        ClusterCommand.RecordControlPlaneReady ready =
                new ClusterCommand.RecordControlPlaneReady(ID, 2, Samples.NEXT_VERSION);

        assertThat(upgrading.status()).isEqualTo(ClusterStatus.UPGRADING);
        assertThat(Decided.code(ClusterDecider.decide(upgrading, READY))).isEqualTo("unexpected_version");
        assertThat(Decided.events(ClusterDecider.decide(upgrading, ready)))
                .as("not before its API servers")
                .isEmpty();
        assertThat(Decided.events(ClusterDecider.decide(running, upgrade("1.33.5"))))
                .isEmpty();
    }

    @Test
    void answersToNamesInOrderAndOnceEach() {
        ClusterCommand.SetApiNames command =
                new ClusterCommand.SetApiNames(ID, List.of("api.Shop.example", "2001:db8::7", "api.shop.example"));
        ClusterState named = apply(running, Decided.events(ClusterDecider.decide(running, command)));

        assertThat(named.apiNames()).containsExactly("2001:db8::7", "api.shop.example");
        assertThat(Decided.events(ClusterDecider.decide(named, command))).isEmpty();
        assertThat(Decided.events(ClusterDecider.decide(named, new ClusterCommand.SetApiNames(ID, List.of()))))
                .containsExactly(new ClusterEvent.ApiNamesSet(ID, List.of()));
        assertThat(Decided.code(
                        ClusterDecider.decide(after(running, List.of(new ClusterCommand.DeleteCluster(ID))), command)))
                .isEqualTo("wrong_status");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*.shop.example",
                "a_b.example",
                "shop.example.",
                "10.0.0",
                "10.0.0.256",
                "1.2.3.4.5",
                "a..b",
                "spiffe://x",
                "fe80::1%eth0",
                ":"
            })
    void refusesWhatIsNeitherNameNorAddress(String name) {
        assertThat(Decided.rejection(ClusterDecider.decide(running, new ClusterCommand.SetApiNames(ID, List.of(name)))))
                .satisfies(refused -> {
                    assertThat(refused.code()).isEqualTo("invalid_api_names");
                    assertThat(refused.field()).isEqualTo("api_names");
                });
    }

    @Test
    void refusesMoreNamesThanACertificateShouldHave() {
        List<String> names = java.util.stream.IntStream.rangeClosed(0, ApiNames.MAX)
                .mapToObj(number -> "n" + number + ".example")
                .toList();

        assertThat(Decided.code(ClusterDecider.decide(running, new ClusterCommand.SetApiNames(ID, names))))
                .isEqualTo("invalid_api_names");
    }

    @Test
    void isHandedOverFromOneChannelToTheOther() {
        ClusterCommand.HandOverCluster command = new ClusterCommand.HandOverCluster(ID, Channel.KUBERNETES);
        List<DomainEvent> events = Decided.events(ClusterDecider.decide(running, command));
        ClusterState handed = apply(running, events);

        assertThat(events).containsExactly(new ClusterEvent.ClusterHandedOver(ID, Channel.API, Channel.KUBERNETES));
        assertThat(handed.request())
                .isEqualTo(new ClusterEvent.ClusterRequested(
                        ID, Samples.ORGANIZATION, "shop", Samples.REGION, Samples.VERSION, false, Channel.KUBERNETES));
        assertThat(Decided.events(ClusterDecider.decide(handed, command))).isEmpty();
        assertThat(Decided.code(
                        ClusterDecider.decide(after(running, List.of(new ClusterCommand.DeleteCluster(ID))), command)))
                .isEqualTo("wrong_status");
    }

    @Test
    void degradesAndRecovers() {
        ClusterState degraded = after(running, List.of(new ClusterCommand.RecordDegraded(ID, 1, "why")));

        assertThat(degraded.status()).isEqualTo(ClusterStatus.DEGRADED);
        assertThat(after(degraded, List.of(new ClusterCommand.RecordRecovered(ID, 1)))
                        .status())
                .isEqualTo(ClusterStatus.RUNNING);
        assertThat(Decided.events(ClusterDecider.decide(running, new ClusterCommand.RecordRecovered(ID, 1))))
                .isEmpty();
    }

    @Test
    void givesUpOnlyAStageThatIsNotOver() {
        ClusterState certified = after(requested, HAPPY.subList(0, 3));

        assertThat(Decided.code(ClusterDecider.decide(certified, fail(ProvisioningStage.CERTIFICATES))))
                .isEqualTo("stage_over");
        assertThat(Decided.code(ClusterDecider.decide(certified, fail(ProvisioningStage.NETWORK))))
                .isEqualTo("stage_over");
        assertThat(Decided.events(ClusterDecider.decide(certified, fail(ProvisioningStage.CONTROL_PLANE))))
                .containsExactly(new ClusterEvent.ClusterFailed(ID, ProvisioningStage.CONTROL_PLANE, "why"));
        assertThat(Decided.code(ClusterDecider.decide(running, fail(ProvisioningStage.NODE_POOLS))))
                .isEqualTo("wrong_status");
    }

    @Test
    void saysOnceOfEachStageThatItTakesLonger() {
        ClusterState certified = after(requested, HAPPY.subList(0, 3));

        assertThat(Decided.events(ClusterDecider.decide(certified, late(ProvisioningStage.CERTIFICATES))))
                .isEmpty();
        assertThat(Decided.events(ClusterDecider.decide(certified, late(ProvisioningStage.CONTROL_PLANE))))
                .containsExactly(new ClusterEvent.ClusterProvisioningDelayed(ID, ProvisioningStage.CONTROL_PLANE));
        ClusterState told = after(certified, List.of(late(ProvisioningStage.CONTROL_PLANE)));
        assertThat(told.status()).isEqualTo(ClusterStatus.PROVISIONING);
        assertThat(Decided.events(ClusterDecider.decide(told, late(ProvisioningStage.CONTROL_PLANE))))
                .isEmpty();
        assertThat(Decided.events(ClusterDecider.decide(told, late(ProvisioningStage.ADDONS))))
                .hasSize(1);
        assertThat(Decided.events(ClusterDecider.decide(running, late(ProvisioningStage.NODE_POOLS))))
                .isEmpty();
    }

    @Test
    void claimsAPoolNameAndStartsThePoolTogether() {
        assertThat(Decided.events(ClusterDecider.decide(running, pool(Samples.POOL, "web", 2, 4, Samples.SHAPE))))
                .containsExactly(
                        new ClusterEvent.PoolNameClaimed(ID, "web", Samples.POOL),
                        new NodePoolEvent.NodePoolRequested(
                                Samples.POOL,
                                ID,
                                Samples.ORGANIZATION,
                                "shop",
                                Samples.REGION,
                                "web",
                                2,
                                4,
                                Samples.SHAPE,
                                true));
    }

    @ParameterizedTest
    @CsvSource({
        "Web, 1, 1, 1, 1, 10, name",
        "web, -1, 1, 1, 1, 10, min",
        "web, 201, 201, 1, 1, 10, min",
        "web, 0, 0, 1, 1, 10, max",
        "web, 1, 201, 1, 1, 10, max",
        "web, 2, 1, 1, 1, 10, max",
        "web, 1, 1, 0, 1, 10, vcpus",
        "web, 1, 1, 129, 1, 10, vcpus",
        "web, 1, 1, 1, 0, 10, memory_gb",
        "web, 1, 1, 1, 1025, 10, memory_gb",
        "web, 1, 1, 1, 1, 9, disk_gb",
        "web, 1, 1, 1, 1, 16385, disk_gb"
    })
    void refusesAPoolOutOfBounds(String name, int min, int max, int vcpus, int memory, int disk, String field) {
        assertThat(Decided.rejection(ClusterDecider.decide(
                                running, pool(Samples.POOL, name, min, max, new MachineShape(vcpus, memory, disk))))
                        .field())
                .isEqualTo(field);
    }

    @Test
    void aPoolNameIsUniqueInItsCluster() {
        ClusterState claimed = running.apply(new ClusterEvent.PoolNameClaimed(ID, "web", Samples.POOL));
        ClusterCommand.ReleasePoolName release = new ClusterCommand.ReleasePoolName(ID, Samples.POOL);

        assertThat(Decided.code(ClusterDecider.decide(claimed, pool(OTHER, "web", 1, 1, Samples.SHAPE))))
                .isEqualTo("name_taken");
        assertThat(Decided.events(ClusterDecider.decide(claimed, pool(Samples.POOL, "web", 1, 1, Samples.SHAPE))))
                .isEmpty();
        ClusterState released = apply(claimed, Decided.events(ClusterDecider.decide(claimed, release)));
        assertThat(Decided.events(ClusterDecider.decide(released, pool(OTHER, "web", 1, 1, Samples.SHAPE))))
                .hasSize(2);
        assertThat(released.poolClaims()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = ClusterStatus.class,
            names = {"DELETING", "FAILED", "DELETED"})
    void addsNothingToAClusterThatIsLeaving(ClusterStatus status) {
        ClusterState leaving = in(status);

        assertThat(Decided.code(ClusterDecider.decide(leaving, pool(OTHER, "web", 1, 1, Samples.SHAPE))))
                .isEqualTo("wrong_status");
        assertThat(Decided.code(ClusterDecider.decide(leaving, new ClusterCommand.PublishEndpoint(ID, "x", 1))))
                .isEqualTo("wrong_status");
        assertThat(Decided.code(ClusterDecider.decide(leaving, upgrade("1.34.1"))))
                .isEqualTo("wrong_status");
        assertThat(Decided.events(ClusterDecider.decide(
                        leaving, new ClusterCommand.RecordDriftCorrected(ID, 1, "subject", "correction"))))
                .isEmpty();
    }

    @Test
    void deletesWithThePoolsThatHaveToGoFirst() {
        ClusterState pools = running.apply(new ClusterEvent.PoolNameClaimed(ID, "web", Samples.POOL))
                .apply(new ClusterEvent.PoolNameClaimed(ID, "batch", OTHER));

        assertThat(Decided.events(ClusterDecider.decide(pools, new ClusterCommand.DeleteCluster(ID))))
                .containsExactly(new ClusterEvent.ClusterDeletionRequested(
                        ID, Samples.ORGANIZATION, Samples.REGION, List.of(OTHER, Samples.POOL)));
    }

    @Test
    void isGoneOnlyAfterItWasAskedToGo() {
        assertThat(Decided.code(ClusterDecider.decide(running, new ClusterCommand.ConfirmDeleted(ID))))
                .isEqualTo("wrong_status");
        assertThat(Decided.code(ClusterDecider.decide(running, new ClusterCommand.RequestControlPlaneRemoval(ID))))
                .isEqualTo("wrong_status");
        assertThat(Decided.events(
                        ClusterDecider.decide(in(ClusterStatus.DELETING), new ClusterCommand.ConfirmDeleted(ID))))
                .containsExactly(new ClusterEvent.ClusterDeleted(ID));
        assertThat(Decided.events(
                        ClusterDecider.decide(running, new ClusterCommand.ReportDeletionDelayed(ID, "pools"))))
                .isEmpty();
    }

    @Test
    void aDeletedClusterHoldsNoPoolName() {
        ClusterState deleting = in(ClusterStatus.DELETING).apply(new ClusterEvent.PoolNameClaimed(ID, "web", OTHER));

        assertThat(Decided.events(ClusterDecider.decide(deleting, new ClusterCommand.ConfirmDeleted(ID))))
                .containsExactly(
                        new ClusterEvent.PoolNameReleased(ID, "web", OTHER), new ClusterEvent.ClusterDeleted(ID));
    }

    private ClusterState in(ClusterStatus status) {
        return switch (status) {
            case FAILED -> after(requested, List.of(fail(ProvisioningStage.NETWORK)));
            case DELETING -> after(running, List.of(new ClusterCommand.DeleteCluster(ID)));
            case DELETED ->
                after(running, List.of(new ClusterCommand.DeleteCluster(ID), new ClusterCommand.ConfirmDeleted(ID)));
            case PROVISIONING, RUNNING, UPGRADING, HIBERNATING, HIBERNATED, WAKING, DEGRADED -> running;
        };
    }

    private static ClusterCommand.ReportProvisioningDelayed late(ProvisioningStage stage) {
        return new ClusterCommand.ReportProvisioningDelayed(ID, stage);
    }

    private static ClusterCommand.FailCluster fail(ProvisioningStage stage) {
        return new ClusterCommand.FailCluster(ID, stage, "why");
    }

    private static ClusterCommand.UpgradeCluster upgrade(String target) {
        return new ClusterCommand.UpgradeCluster(
                ID, KubernetesVersion.parse(target).orElseThrow());
    }

    private static ClusterCommand.RequestNodePool pool(
            NodePoolId id, String name, int min, int max, MachineShape shape) {
        return new ClusterCommand.RequestNodePool(ID, id, name, min, max, shape);
    }

    private static ClusterState after(ClusterState state, List<? extends ClusterCommand> commands) {
        ClusterState next = state;
        for (ClusterCommand command : commands) {
            next = apply(next, Decided.events(ClusterDecider.decide(next, command)));
        }
        return next;
    }

    private static ClusterState apply(ClusterState state, List<DomainEvent> events) {
        ClusterState next = state;
        for (DomainEvent event : events) {
            next = next.apply((ClusterEvent) event);
        }
        return next;
    }
}
