package aether.domain.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterHibernation.Phase;
import aether.domain.kernel.Decision;
import aether.domain.nodepool.NodePoolId;
import aether.domain.samples.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When a cluster may be put to sleep, what runs in each phase of it, and what is refused meanwhile. */
class HibernationDeciderTest {

    private static final Instant NOW = Instant.parse("2026-11-30T04:00:00Z");
    private static final ClusterCommand HIBERNATE =
            new ClusterCommand.HibernateCluster(Samples.CLUSTER, HibernationReason.UNUSED, "CHG-17");
    private static final ClusterCommand WAKE = new ClusterCommand.WakeCluster(Samples.CLUSTER);

    private static final ClusterState RUNNING = ClusterState.ABSENT
            .apply(new ClusterEvent.ClusterRequested(
                    Samples.CLUSTER, Samples.ORGANIZATION, "shop", Samples.REGION, Samples.VERSION, true, Channel.API))
            .apply(new ClusterEvent.ControlPlaneReady(Samples.CLUSTER, 1, Samples.VERSION))
            .apply(new ClusterEvent.AddonsInstalled(Samples.CLUSTER, 1))
            .apply(new ClusterEvent.PoolNameClaimed(Samples.CLUSTER, "web", Samples.POOL))
            .apply(new ClusterEvent.ClusterRunning(Samples.CLUSTER));

    /** The way down and up again, one command per step. */
    private static final List<ClusterCommand> WAY = List.of(
            HIBERNATE,
            new ClusterCommand.RecordHibernationPrepared(Samples.CLUSTER, 1, 1, "snapshot"),
            new ClusterCommand.MarkNodesAsleep(Samples.CLUSTER),
            done(1, Phase.API_STOPPING),
            done(1, Phase.ETCD_STOPPING),
            WAKE,
            done(1, Phase.CERTIFICATES),
            done(1, Phase.ETCD_STARTING),
            done(1, Phase.API_STARTING),
            done(1, Phase.CONTROLLERS_STARTING),
            new ClusterCommand.MarkAwake(Samples.CLUSTER));

    private static ClusterCommand done(long number, Phase phase) {
        return new ClusterCommand.RecordHibernationPhaseDone(Samples.CLUSTER, 1, number, phase);
    }

    private static ClusterState after(ClusterState state, ClusterCommand command) {
        ClusterState next = state;
        if (ClusterDecider.decide(state, command) instanceof Decision.Accepted<ClusterRejection> accepted) {
            for (var event : accepted.events()) {
                if (event instanceof ClusterEvent ours) {
                    next = next.apply(ours);
                }
            }
        }
        return next;
    }

    private static ClusterState in(Phase phase) {
        ClusterState state = RUNNING;
        for (ClusterCommand step : WAY) {
            if (state.hibernation().phase() == phase) {
                return state;
            }
            state = after(state, step);
        }
        return state;
    }

    private static String code(ClusterState state, ClusterCommand command) {
        return ClusterDecider.decide(state, command) instanceof Decision.Refused<ClusterRejection> refused
                ? refused.rejection().code()
                : "";
    }

    private static String message(ClusterState state, ClusterCommand command) {
        return ClusterDecider.decide(state, command) instanceof Decision.Refused<ClusterRejection> refused
                ? refused.rejection().message()
                : "";
    }

    @Test
    void goesThroughEveryPhaseInOrderAndServesAsBefore() {
        ClusterState state = RUNNING;
        List<Phase> order = List.of(Phase.values());
        for (int step = 0; step < WAY.size(); step++) {
            state = after(state, WAY.get(step));
            assertThat(state.hibernation().phase()).isEqualTo(order.get((step + 1) % order.size()));
        }
        assertThat(state.status()).isEqualTo(ClusterStatus.RUNNING);
        assertThat(state).isEqualTo(with(RUNNING, new ClusterHibernation(1, Phase.AWAKE, "")));
    }

    /** The same with another sleep: what a hibernation leaves behind is its number and nothing else. */
    private static ClusterState with(ClusterState state, ClusterHibernation hibernation) {
        ClusterDraft draft = new ClusterDraft(state);
        draft.hibernation = hibernation;
        return draft.state();
    }

    @Test
    void whatDependsOnSomethingStopsBeforeItAndStartsAfterIt() {
        for (Phase phase : Phase.values()) {
            ClusterHibernation hibernation = new ClusterHibernation(1, phase, "");
            assertThat(!hibernation.runsControllers() || hibernation.runsApi())
                    .as("%s", phase)
                    .isTrue();
            assertThat(!hibernation.runsApi() || hibernation.runsEtcd())
                    .as("%s", phase)
                    .isTrue();
        }
        assertThat(running(ClusterHibernation::runsEtcd))
                .isEqualTo(EnumSet.complementOf(EnumSet.of(Phase.ETCD_STOPPING, Phase.ASLEEP, Phase.CERTIFICATES)));
        assertThat(running(ClusterHibernation::runsApi))
                .doesNotContain(Phase.API_STOPPING, Phase.ETCD_STARTING)
                .contains(Phase.NODES_LEAVING, Phase.API_STARTING, Phase.NODES_JOINING);
        assertThat(running(ClusterHibernation::runsControllers)).doesNotContain(Phase.API_STARTING);
    }

    private static Set<Phase> running(Predicate<ClusterHibernation> part) {
        Set<Phase> phases = EnumSet.noneOf(Phase.class);
        for (Phase phase : Phase.values()) {
            if (part.test(new ClusterHibernation(1, phase, ""))) {
                phases.add(phase);
            }
        }
        return phases;
    }

    @Test
    void whatWouldBeCutInHalfStandsInTheWayAndIsNamed() {
        ClusterState upgrading =
                after(RUNNING, new ClusterCommand.UpgradeCluster(Samples.CLUSTER, Samples.NEXT_VERSION));
        assertThat(message(upgrading, HIBERNATE)).isEqualTo("Expected a cluster that is running, but it is upgrading.");
        ClusterState rotating =
                after(RUNNING, new ClusterCommand.RotateAuthority(Samples.CLUSTER, CertificateAuthority.CLUSTER));
        assertThat(message(rotating, HIBERNATE))
                .isEqualTo("Expected no rotation of the cluster CA under way, but one is trusting.");
        ClusterState exchanging =
                after(RUNNING, new ClusterCommand.RotateKey(Samples.CLUSTER, ClusterKey.SERVICE_ACCOUNT));
        assertThat(message(exchanging, HIBERNATE))
                .isEqualTo("Expected no rotation of the service account key under way, but one is spreading.");
        for (KeyRotation.Phase phase : List.of(KeyRotation.Phase.SPREADING, KeyRotation.Phase.SWITCHING)) {
            exchanging = after(
                    exchanging,
                    new ClusterCommand.RecordKeyPhaseDone(Samples.CLUSTER, 1, ClusterKey.SERVICE_ACCOUNT, 2, phase));
        }
        assertThat(message(exchanging, HIBERNATE)).endsWith("one is replacing; complete it first.");
        ClusterState paused = after(
                RUNNING,
                new ClusterCommand.PauseCluster(
                        Samples.CLUSTER, NOW, NOW.plus(Duration.ofHours(1)), PauseReason.OTHER, ""));
        assertThat(code(paused, HIBERNATE)).isEqualTo("cluster_paused");
        ClusterState going = after(RUNNING, new ClusterCommand.DeleteCluster(Samples.CLUSTER));
        assertThat(code(going, HIBERNATE)).isEqualTo("wrong_status");
        assertThat(code(after(RUNNING, new ClusterCommand.RecordDegraded(Samples.CLUSTER, 1, "why")), HIBERNATE))
                .isEqualTo("wrong_status");
        assertThat(code(
                        RUNNING,
                        new ClusterCommand.HibernateCluster(Samples.CLUSTER, HibernationReason.OTHER, "Jo said so")))
                .isEqualTo("invalid_reference");
    }

    @ParameterizedTest
    @EnumSource(value = Phase.class, names = "AWAKE", mode = EnumSource.Mode.EXCLUDE)
    void nothingThatNeedsTheClusterAwakeBeginsMeanwhile(Phase phase) {
        ClusterState state = in(phase);

        for (ClusterCommand command : List.of(
                new ClusterCommand.UpgradeCluster(Samples.CLUSTER, Samples.NEXT_VERSION),
                new ClusterCommand.RotateAuthority(Samples.CLUSTER, CertificateAuthority.CLUSTER),
                new ClusterCommand.RotateKey(Samples.CLUSTER, ClusterKey.ENCRYPTION),
                new ClusterCommand.PauseCluster(Samples.CLUSTER, NOW, NOW.plusSeconds(60), PauseReason.OTHER, ""),
                new ClusterCommand.RequestNodePool(
                        Samples.CLUSTER, new NodePoolId(new UUID(9, 9)), "later", 1, 1, Samples.SHAPE))) {
            assertThat(code(RUNNING, command)).as("%s", command).isEmpty();
            assertThat(message(state, command))
                    .as("%s", command)
                    .contains("but it is " + state.status().published());
        }
        assertThat(ClusterDecider.decide(state, new ClusterCommand.RecordDegraded(Samples.CLUSTER, 1, "no answer")))
                .as("nobody raises an alarm")
                .isEqualTo(Decision.unchanged());
        assertThat(after(state, new ClusterCommand.SetApiNames(Samples.CLUSTER, List.of("api.shop.example")))
                        .apiNames())
                .as("what can wait for the wake is kept")
                .hasSize(1);
        assertThat(after(state, new ClusterCommand.DeleteCluster(Samples.CLUSTER))
                        .status())
                .isEqualTo(ClusterStatus.DELETING);
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"PREPARING", "NODES_LEAVING", "API_STOPPING", "ETCD_STOPPING", "ASLEEP"})
    void mayBeWokenFromWhereverItIs(Phase phase) {
        ClusterState woken = after(in(phase), WAKE);

        assertThat(woken.status()).isEqualTo(ClusterStatus.WAKING);
        assertThat(woken.hibernation().phase()).isEqualTo(Phase.CERTIFICATES);
        assertThat(code(woken, HIBERNATE)).as("one thing after the other").isEqualTo("wrong_status");
    }

    @Test
    void aReportOfAnotherPhaseOrOfAnEarlierSleepChangesNothing() {
        ClusterState second = after(in(Phase.AWAKE), HIBERNATE);
        for (ClusterCommand step : WAY.subList(1, WAY.size())) {
            second = after(second, step);
        }
        second = after(second, HIBERNATE);
        assertThat(second.hibernation()).isEqualTo(new ClusterHibernation(2, Phase.PREPARING, ""));

        assertThat(after(second, new ClusterCommand.RecordHibernationPrepared(Samples.CLUSTER, 1, 1, "")))
                .isEqualTo(second);
        assertThat(after(second, new ClusterCommand.RecordHibernationObstructed(Samples.CLUSTER, 1, 1, "late")))
                .isEqualTo(second);
        assertThat(after(second, done(2, Phase.ETCD_STOPPING))).isEqualTo(second);
        assertThat(after(second, new ClusterCommand.MarkAwake(Samples.CLUSTER))).isEqualTo(second);
    }

    @Test
    void whatWorkersFoundInTheWayIsKeptUntilSomebodyAsksAgain() {
        ClusterState obstructed = after(
                in(Phase.PREPARING),
                new ClusterCommand.RecordHibernationObstructed(Samples.CLUSTER, 1, 1, "etcd-0 has no volume"));

        assertThat(obstructed.status()).isEqualTo(ClusterStatus.RUNNING);
        assertThat(obstructed.hibernation().obstacle()).isEqualTo("etcd-0 has no volume");
        assertThat(after(obstructed, WAKE).hibernation())
                .as("nobody asks any more")
                .isEqualTo(new ClusterHibernation(1, Phase.AWAKE, ""));
        assertThat(after(obstructed, HIBERNATE).hibernation())
                .isEqualTo(new ClusterHibernation(2, Phase.PREPARING, ""));
    }

    @Test
    void nobodyIsLetIntoAnApiThatSleeps() {
        assertThat(CredentialDecider.check(RUNNING, List.of("web"), "")).isEmpty();
        assertThat(CredentialDecider.check(in(Phase.ASLEEP), List.of("web"), ""))
                .get()
                .extracting(ClusterRejection::message)
                .isEqualTo("Expected a cluster that is awake, so that somebody can be let in, but it is hibernated.");
    }

    @Test
    void aClusterThatIsDeletedInItsSleepIsNotWokenForIt() {
        ClusterState going = after(in(Phase.ASLEEP), new ClusterCommand.DeleteCluster(Samples.CLUSTER));

        assertThat(going.hibernation().runsEtcd()).isFalse();
        assertThat(code(going, WAKE)).isEqualTo("wrong_status");
    }
}
