package aether.domain.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.kernel.Decision;
import aether.domain.kernel.DomainEvent;
import aether.domain.samples.Samples;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What disturbs a cluster waits for its window, unless somebody says why not. */
class MaintenanceDeciderTest {

    private static final Instant FRIDAY = Instant.parse("2026-11-27T12:00:00Z");
    private static final Instant SATURDAY = Instant.parse("2026-11-28T02:00:00Z");
    private static final MaintenanceWindow NIGHT = new MaintenanceWindow(List.of(DayOfWeek.SATURDAY), 120, 240);
    private static final ClusterKey KEY = ClusterKey.ENCRYPTION;

    private static final ClusterState RUNNING = ClusterState.ABSENT
            .apply(new ClusterEvent.ClusterRequested(
                    Samples.CLUSTER, Samples.ORGANIZATION, "shop", Samples.REGION, Samples.VERSION, true, Channel.API))
            .apply(new ClusterEvent.ClusterRunning(Samples.CLUSTER));

    private static final ClusterState WITH_A_WINDOW =
            RUNNING.apply(new ClusterEvent.MaintenanceWindowsSet(Samples.CLUSTER, List.of(NIGHT)));

    private static final ClusterState WAITING = after(WITH_A_WINDOW, ask(FRIDAY));

    private static ClusterCommand ask(Instant when) {
        return new ClusterCommand.AskForWork(Samples.CLUSTER, when, DisruptiveWork.of(KEY), null);
    }

    private static ClusterCommand begin(Instant when) {
        return new ClusterCommand.BeginPlannedWork(Samples.CLUSTER, DisruptiveWork.of(KEY), when);
    }

    private static List<DomainEvent> events(ClusterState state, ClusterCommand command) {
        return ClusterDecider.decide(state, command) instanceof Decision.Accepted<ClusterRejection> accepted
                ? accepted.events()
                : List.of();
    }

    private static ClusterState after(ClusterState state, ClusterCommand command) {
        ClusterState next = state;
        for (DomainEvent event : events(state, command)) {
            next = next.apply((ClusterEvent) event);
        }
        return next;
    }

    private static final ClusterEvent STARTED = new ClusterEvent.KeyRotationStarted(Samples.CLUSTER, KEY, 2);

    private static ClusterEvent planned(Instant opens) {
        return new ClusterEvent.WorkPlanned(Samples.CLUSTER, DisruptiveWork.of(KEY), null, opens);
    }

    @Test
    void outsideOfTheWindowItWaitsAndInsideItBegins() {
        assertThat(events(WITH_A_WINDOW, ask(FRIDAY))).containsExactly(planned(SATURDAY));
        assertThat(events(WAITING, ask(FRIDAY.plusSeconds(9))))
                .as("it waits already")
                .isEmpty();
        assertThat(events(WITH_A_WINDOW, ask(SATURDAY))).containsExactly(STARTED);
        assertThat(events(RUNNING, ask(FRIDAY))).containsExactly(STARTED);
        assertThat(after(WAITING, ask(SATURDAY)).maintenance().planned()).isEmpty();
    }

    @Test
    void itBeginsWhenTheWindowOpensAndNotBefore() {
        assertThat(events(WAITING, begin(SATURDAY.minusSeconds(1)))).isEmpty();
        assertThat(events(WAITING, begin(SATURDAY))).containsExactly(STARTED);
        assertThat(after(WAITING, begin(SATURDAY)).maintenance().planned()).isEmpty();
    }

    @Test
    void aWindowThatPassedMeanwhileIsFollowedByTheNext() {
        ClusterState ill = WAITING.apply(new ClusterEvent.ClusterDegraded(Samples.CLUSTER, 1, "why"));
        Instant over = SATURDAY.plus(Duration.ofHours(4));

        assertThat(events(ill, begin(SATURDAY))).as("it may get well in time").isEmpty();
        assertThat(events(ill, begin(over))).containsExactly(planned(SATURDAY.plus(Duration.ofDays(7))));
        assertThat(events(after(ill, begin(over)), begin(over))).isEmpty();
    }

    @Test
    void whatIsRefusedInTheWindowIsDroppedWithTheReason() {
        ClusterState upgrade = after(
                WITH_A_WINDOW,
                new ClusterCommand.AskForWork(Samples.CLUSTER, FRIDAY, DisruptiveWork.UPGRADE, Samples.NEXT_VERSION));
        ClusterState meanwhile = upgrade.apply(
                new ClusterEvent.AuthorityRotationStarted(Samples.CLUSTER, CertificateAuthority.CLUSTER, 2));
        var begin = new ClusterCommand.BeginPlannedWork(Samples.CLUSTER, DisruptiveWork.UPGRADE, SATURDAY);

        assertThat(events(upgrade, begin)).singleElement().isInstanceOf(ClusterEvent.ClusterUpgradeStarted.class);
        assertThat(events(meanwhile, begin))
                .as("a rotation ends, and then it may begin")
                .isEmpty();
        ClusterState done = after(
                after(upgrade, now(DisruptiveWork.UPGRADE, "")),
                new ClusterCommand.MarkUpgraded(Samples.CLUSTER, Samples.NEXT_VERSION));
        assertThat(done.maintenance().planned())
                .as("done now, it does not wait")
                .isEmpty();
    }

    private static ClusterCommand now(DisruptiveWork work, String reference) {
        return new ClusterCommand.DoWorkNow(
                Samples.CLUSTER,
                work,
                work == DisruptiveWork.UPGRADE ? Samples.NEXT_VERSION : null,
                UrgencyReason.SECURITY,
                reference);
    }

    @Test
    void whoDoesNotWaitSaysWhyAndTheReasonComesFirst() {
        assertThat(events(WAITING, now(DisruptiveWork.of(KEY), "CVE-2026-1")))
                .containsExactly(
                        new ClusterEvent.WindowPassedBy(
                                Samples.CLUSTER, DisruptiveWork.of(KEY), null, UrgencyReason.SECURITY, "CVE-2026-1"),
                        STARTED);
        assertThat(ClusterDecider.decide(WAITING, now(DisruptiveWork.of(KEY), "because I want to")))
                .isInstanceOf(Decision.Refused.class);
    }

    @Test
    void whatWaitsMovesWithTheWindowsAndGoesWithTheCluster() {
        var anyTime = new ClusterCommand.SetMaintenanceWindows(Samples.CLUSTER, FRIDAY, List.of());

        assertThat(events(WAITING, anyTime)).last().isEqualTo(planned(FRIDAY));
        assertThat(events(after(WAITING, anyTime), begin(FRIDAY))).containsExactly(STARTED);
        assertThat(after(WAITING, new ClusterCommand.DropPlannedWork(Samples.CLUSTER, DisruptiveWork.of(KEY)))
                        .maintenance()
                        .planned())
                .isEmpty();
        assertThat(after(WAITING, new ClusterCommand.DeleteCluster(Samples.CLUSTER))
                        .maintenance()
                        .planned())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sat 02:00",
                "sat 24:00+1h",
                "sat 02:00+29m",
                "sat 02:00+25h",
                "sat,sat 02:00+1h",
                "xyz 02:00+1h",
                "SAT 02:00+1h",
                "sat 2:00+1h",
                "sat  02:00+1h"
            })
    void whatIsNoWindowIsNotReadAsOne(String text) {
        assertThat(MaintenanceWindow.parse(text)).isEmpty();
        assertThat(MaintenanceWindow.parse("sat,wed 02:05+90m").map(MaintenanceWindow::text))
                .contains("wed,sat 02:05+90m");
    }
}
