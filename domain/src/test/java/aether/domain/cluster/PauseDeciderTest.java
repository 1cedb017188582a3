package aether.domain.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.kernel.Decision;
import aether.domain.samples.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** For how long nothing of a cluster is changed, and what may not begin meanwhile. */
class PauseDeciderTest {

    private static final Instant NOW = Instant.parse("2026-11-30T04:00:00Z");
    private static final Instant LATER = NOW.plus(Duration.ofHours(2));

    private static final ClusterState RUNNING = ClusterState.ABSENT
            .apply(new ClusterEvent.ClusterRequested(
                    Samples.CLUSTER, Samples.ORGANIZATION, "shop", Samples.REGION, Samples.VERSION, true, Channel.API))
            .apply(new ClusterEvent.ClusterRunning(Samples.CLUSTER));

    private static ClusterCommand until(Instant until) {
        return new ClusterCommand.PauseCluster(Samples.CLUSTER, NOW, until, PauseReason.INCIDENT, "INC-17");
    }

    private static ClusterState after(ClusterState state, ClusterCommand command) {
        ClusterState next = state;
        if (ClusterDecider.decide(state, command) instanceof Decision.Accepted<ClusterRejection> accepted) {
            for (var event : accepted.events()) {
                next = next.apply((ClusterEvent) event);
            }
        }
        return next;
    }

    private static String code(ClusterState state, ClusterCommand command) {
        return ClusterDecider.decide(state, command) instanceof Decision.Refused<ClusterRejection> refused
                ? refused.rejection().code()
                : "";
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 7 * 24 * 3600 + 1})
    void anEndThatIsNoneOrTooFarAwayIsRefused(long seconds) {
        assertThat(code(RUNNING, until(NOW.plusSeconds(seconds)))).isEqualTo("invalid_pause");
        assertThat(after(RUNNING, until(NOW.plus(ClusterPause.LONGEST))).pause())
                .isNotNull();
    }

    @Test
    void whatDoesNotServeIsNotPausedAndAReasonIsNoSentence() {
        ClusterState going = after(RUNNING, new ClusterCommand.DeleteCluster(Samples.CLUSTER));

        assertThat(code(going, until(LATER))).isEqualTo("wrong_status");
        assertThat(code(
                        RUNNING,
                        new ClusterCommand.PauseCluster(
                                Samples.CLUSTER, NOW, LATER, PauseReason.OTHER, "because Jo said so")))
                .isEqualTo("invalid_reference");
    }

    @Test
    void nothingLongBeginsMeanwhileButItMayBeDeleted() {
        ClusterState paused = after(RUNNING, until(LATER));

        for (ClusterCommand command : List.of(
                new ClusterCommand.UpgradeCluster(Samples.CLUSTER, Samples.NEXT_VERSION),
                new ClusterCommand.RotateAuthority(Samples.CLUSTER, CertificateAuthority.CLUSTER),
                new ClusterCommand.RotateKey(Samples.CLUSTER, ClusterKey.ENCRYPTION))) {
            assertThat(code(RUNNING, command)).isEmpty();
            assertThat(code(paused, command)).isEqualTo("cluster_paused");
        }
        ClusterState going = after(paused, new ClusterCommand.DeleteCluster(Samples.CLUSTER));
        assertThat(going.status()).isEqualTo(ClusterStatus.DELETING);
        assertThat(going.pause()).as("workers may take it down").isNull();
    }

    @Test
    void theEndOfAnEarlierPauseDoesNotEndALaterOne() {
        ClusterState longer = after(after(RUNNING, until(LATER)), until(LATER.plusSeconds(1)));

        assertThat(after(longer, new ClusterCommand.RecordPauseEnded(Samples.CLUSTER, 1, LATER)))
                .isEqualTo(longer);
        assertThat(after(longer, new ClusterCommand.RecordPauseEnded(Samples.CLUSTER, 1, LATER.plusSeconds(1)))
                        .pause())
                .isNull();
        assertThat(after(longer, new ClusterCommand.ResumeCluster(Samples.CLUSTER))
                        .pause())
                .isNull();
    }

    @Test
    void eachDriftIsToldOnceAndNotMoreThanABoundOfThem() {
        ClusterState state = after(RUNNING, until(LATER));
        for (int i = 0; i < ClusterPause.DRIFTS_MAX + 10; i++) {
            ClusterCommand left = new ClusterCommand.RecordDriftLeft(Samples.CLUSTER, 1, "Service/s" + i, "gone");
            state = after(state, left);
            assertThat(after(state, left)).isEqualTo(state);
        }
        assertThat(Objects.requireNonNull(state.pause()).drift()).hasSize(ClusterPause.DRIFTS_MAX);
    }
}
