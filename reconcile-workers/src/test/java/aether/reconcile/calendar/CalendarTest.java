package aether.reconcile.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.CertificateAuthority;
import aether.domain.cluster.Channel;
import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterState;
import aether.domain.cluster.DisruptiveWork;
import aether.domain.cluster.MaintenanceWindow;
import aether.domain.cluster.PauseReason;
import aether.domain.samples.Samples;
import aether.reconcile.loop.WorkOutcome;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is due at which moment, and when it is looked at again. */
class CalendarTest {

    private static final Instant OPENS = Instant.parse("2026-11-28T02:00:00Z");
    private static final long EPOCH = 7;

    private static final ClusterState RUNNING = ClusterState.ABSENT
            .apply(new ClusterEvent.ClusterRequested(
                    Samples.CLUSTER, Samples.ORGANIZATION, "shop", Samples.REGION, Samples.VERSION, true, Channel.API))
            .apply(new ClusterEvent.ClusterRunning(Samples.CLUSTER))
            .apply(new ClusterEvent.MaintenanceWindowsSet(
                    Samples.CLUSTER, List.of(new MaintenanceWindow(List.of(DayOfWeek.SATURDAY), 120, 240))));

    private static final ClusterEvent PAUSED =
            new ClusterEvent.ClusterPaused(Samples.CLUSTER, OPENS, PauseReason.OTHER, "");

    private static ClusterEvent planned(DisruptiveWork work) {
        return new ClusterEvent.WorkPlanned(Samples.CLUSTER, work, null, OPENS);
    }

    private static Calendar at(ClusterState state, Instant now) {
        return Calendar.of(Samples.CLUSTER, state, now);
    }

    @Test
    void aPauseEndsAtItsTimeAndNotBefore() {
        ClusterState paused = RUNNING.apply(PAUSED);

        assertThat(at(paused, OPENS.minusNanos(1)).due(EPOCH)).isEmpty();
        assertThat(at(paused, OPENS).due(EPOCH))
                .containsExactly(new ClusterCommand.RecordPauseEnded(Samples.CLUSTER, EPOCH, OPENS));
        assertThat(at(RUNNING, OPENS).isDue()).isFalse();
    }

    @Test
    void whatWaitsBeginsOneAfterTheOther() {
        ClusterState waiting = RUNNING.apply(planned(DisruptiveWork.ENCRYPTION_KEY_ROTATION))
                .apply(planned(DisruptiveWork.AUTHORITY_ROTATION));

        assertThat(at(waiting, OPENS.minusNanos(1)).due(EPOCH)).isEmpty();
        assertThat(at(waiting, OPENS).due(EPOCH))
                .containsExactly(
                        new ClusterCommand.BeginPlannedWork(Samples.CLUSTER, DisruptiveWork.AUTHORITY_ROTATION, OPENS));
        ClusterState rotating = waiting.apply(
                new ClusterEvent.AuthorityRotationStarted(Samples.CLUSTER, CertificateAuthority.CLUSTER, 2));
        assertThat(at(rotating, OPENS).due(EPOCH))
                .as("the rotation is not over")
                .isEmpty();
        assertThat(at(rotating, OPENS.plus(Duration.ofHours(4))).due(EPOCH))
                .as("the window is, so it is planned anew")
                .hasSize(1);
    }

    @Test
    void inAPauseNothingBeginsThatWaits() {
        ClusterState both = RUNNING.apply(planned(DisruptiveWork.AUTHORITY_ROTATION))
                .apply(new ClusterEvent.ClusterPaused(Samples.CLUSTER, OPENS.plusSeconds(60), PauseReason.OTHER, ""));

        assertThat(at(both, OPENS).due(EPOCH)).isEmpty();
    }

    @Test
    void onlyWhatIsNearHasAnAlarmOfItsOwn() {
        ClusterState paused = RUNNING.apply(PAUSED);

        assertThat(at(paused, OPENS.minus(Calendar.NEAR).minusSeconds(1)).then())
                .isEqualTo(WorkOutcome.DONE);
        assertThat(at(paused, OPENS.minusSeconds(5)).then())
                .isEqualTo(new WorkOutcome.RequeueAfter("waiting for " + OPENS, Duration.ofSeconds(5)));
        assertThat(at(paused, OPENS).then()).isEqualTo(WorkOutcome.DONE);
    }
}
