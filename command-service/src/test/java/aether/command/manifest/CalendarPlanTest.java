package aether.command.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.Channel;
import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterState;
import aether.domain.cluster.MaintenanceWindow;
import aether.domain.cluster.PauseReason;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a document says of when its cluster may be changed. */
class CalendarPlanTest {

    private static final Instant NOW = Instant.parse("2026-11-30T04:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(3600);
    private static final MaintenanceWindow WINDOW =
            MaintenanceWindow.parse("sat,sun 02:00+4h").orElseThrow();
    private static final ClusterState PROVISIONING = Documents.REQUESTED;
    private static final ClusterState RUNNING = Documents.RUNNING;
    private static final LifeForm.Pause PAUSE = new LifeForm.Pause(LATER, PauseReason.INCIDENT, "INC-17");
    private static final ClusterState PAUSED =
            RUNNING.apply(new ClusterEvent.ClusterPaused(Documents.ID, LATER, PauseReason.INCIDENT, "INC-17"));

    @Test
    void whatIsLeftOutIsLeftAsItIs() {
        Document.Cluster silent = Documents.cluster();

        assertThat(CalendarPlan.windows(silent, Documents.ID, RUNNING, NOW)).isEmpty();
        assertThat(CalendarPlan.resume(silent, Documents.ID, PAUSED)).isEmpty();
        assertThat(CalendarPlan.pause(silent, Documents.ID, RUNNING, Channel.API, NOW))
                .isEmpty();
    }

    @Test
    void windowsAreSetWhenTheyDiffer() {
        Document.Cluster weekends = Documents.with(List.of(WINDOW), null);
        ClusterState set = RUNNING.apply(new ClusterEvent.MaintenanceWindowsSet(Documents.ID, List.of(WINDOW)));

        assertThat(CalendarPlan.windows(weekends, Documents.ID, RUNNING, NOW))
                .contains(new ClusterCommand.SetMaintenanceWindows(Documents.ID, NOW, List.of(WINDOW)));
        assertThat(CalendarPlan.windows(weekends, Documents.ID, set, NOW)).isEmpty();
        assertThat(CalendarPlan.windows(Documents.with(List.of(), null), Documents.ID, set, NOW))
                .as("an empty list means any time")
                .contains(new ClusterCommand.SetMaintenanceWindows(Documents.ID, NOW, List.of()));
    }

    @Test
    void aPauseIsAskedForUntilItIsAsWanted() {
        Document.Cluster paused = Documents.with(null, PAUSE);

        assertThat(CalendarPlan.pause(paused, Documents.ID, RUNNING, Channel.API, NOW))
                .contains(new ClusterCommand.PauseCluster(Documents.ID, NOW, LATER, PauseReason.INCIDENT, "INC-17"));
        assertThat(CalendarPlan.pause(paused, Documents.ID, PAUSED, Channel.API, NOW))
                .isEmpty();
        assertThat(CalendarPlan.pause(
                        Documents.with(null, new LifeForm.Pause(LATER, PauseReason.OTHER, "")),
                        Documents.ID,
                        PAUSED,
                        Channel.API,
                        NOW))
                .as("another reason")
                .isPresent();
        assertThat(CalendarPlan.pause(paused, Documents.ID, RUNNING, Channel.API, LATER))
                .as("its time is over, and the document was not changed")
                .isEmpty();
        assertThat(CalendarPlan.resume(paused, Documents.ID, PAUSED)).isEmpty();
    }

    @Test
    void anObjectWithoutAnEndEndsAPause() {
        Document.Cluster none = Documents.with(null, LifeForm.Pause.NONE);

        assertThat(CalendarPlan.resume(none, Documents.ID, PAUSED))
                .contains(new ClusterCommand.ResumeCluster(Documents.ID));
        assertThat(CalendarPlan.resume(none, Documents.ID, RUNNING)).isEmpty();
        assertThat(CalendarPlan.pause(none, Documents.ID, RUNNING, Channel.API, NOW))
                .isEmpty();
    }

    @Test
    void aResourceWaitsForAClusterThatServes() {
        Document.Cluster paused = Documents.with(null, PAUSE);

        assertThat(CalendarPlan.pause(paused, Documents.ID, PROVISIONING, Channel.KUBERNETES, NOW))
                .isEmpty();
        assertThat(CalendarPlan.pause(paused, Documents.ID, PROVISIONING, Channel.API, NOW))
                .as("and the domain refuses")
                .isPresent();
    }
}
