package aether.archive.report;

import static org.assertj.core.api.Assertions.assertThat;

import aether.archive.report.ReportPlan.Due;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReportPlanTest {

    private static final ReportSettings SETTINGS = ReportSettings.of(Path.of("outbox"));
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final ReportPlan start = ReportPlan.starting(7, 0);

    private static Due due(ReportPlan plan, Instant now, long nanos, long sealed) {
        return plan.due(SETTINGS, now, nanos, sealed);
    }

    @Test
    void beatsOnceAfterSilenceAndAgainOnlyAfterItsOwnEntryCameAndAnotherSilence() {
        assertThat(due(start, NOON, 4 * MINUTE, 0)).isEqualTo(new Due.Nothing());
        assertThat(due(start, NOON, 5 * MINUTE, 0)).isEqualTo(new Due.Heartbeat(7, 300));

        ReportPlan beaten = start.beaten(7);
        assertThat(due(beaten, NOON, 50 * MINUTE, 0)).isEqualTo(new Due.Nothing());
        assertThat(beaten.isUnheard(SETTINGS, 9 * MINUTE)).isFalse();
        assertThat(beaten.isUnheard(SETTINGS, 10 * MINUTE))
                .as("the way into the archive is broken")
                .isTrue();

        ReportPlan came = beaten.seen(8, 6 * MINUTE);
        assertThat(came.isUnheard(SETTINGS, 30 * MINUTE)).isFalse();
        assertThat(due(came, NOON, 10 * MINUTE, 0)).isEqualTo(new Due.Nothing());
        assertThat(due(came, NOON, 11 * MINUTE, 0)).isEqualTo(new Due.Heartbeat(8, 300));
    }

    @Test
    void entriesPutTheHeartbeatOff() {
        ReportPlan busy = start;
        for (int minute = 0; minute < 60; minute++) {
            busy = busy.seen(8 + minute, minute * MINUTE);
            assertThat(due(busy, NOON, minute * MINUTE, 0)).isEqualTo(new Due.Nothing());
        }
    }

    @Test
    void comparesOnceAnHourByTheWallClock() {
        assertThat(due(start, NOON, 0, 0)).as("nothing is sealed").isEqualTo(new Due.Nothing());
        Due.Comparison first = new Due.Comparison(NOON, true);
        assertThat(due(start, NOON.plusSeconds(59), 0, 5)).isEqualTo(first);

        ReportPlan compared = start.compared(first, 0);
        assertThat(due(compared, NOON.plusSeconds(3_599), MINUTE, 5)).isEqualTo(new Due.Nothing());
        assertThat(due(compared, NOON.plusSeconds(3_600), MINUTE, 5))
                .isEqualTo(new Due.Comparison(NOON.plusSeconds(3_600), false));
    }

    @Test
    void readsTheWholeLogAgainEveryDay() {
        ReportPlan compared = start.compared(new Due.Comparison(NOON, true), 0);
        Instant later = NOON.plus(Duration.ofHours(5));

        assertThat(due(compared, later, 24 * 60 * MINUTE - 1, 5)).isEqualTo(new Due.Comparison(later, false));
        assertThat(due(compared, later, 24 * 60 * MINUTE, 5)).isEqualTo(new Due.Comparison(later, true));
        assertThat(compared.compared(new Due.Comparison(later, false), 60 * MINUTE)
                        .wholeAt())
                .isEqualTo(0);
    }

    @Test
    void aClockThatJumpsSilencesNothingAndFloodsNothing() {
        ReportPlan ahead = start.compared(new Due.Comparison(NOON.plus(Duration.ofDays(3_650)), true), 0);

        assertThat(due(ahead, NOON, MINUTE, 5))
                .as("set right again after being ten years ahead")
                .isEqualTo(new Due.Comparison(NOON, false));
        ReportPlan back = ahead.compared(new Due.Comparison(NOON, false), MINUTE);
        assertThat(due(back, NOON.plusSeconds(1), 2 * MINUTE, 5)).isEqualTo(new Due.Nothing());
        assertThat(due(back, NOON.minus(Duration.ofDays(9)), 5 * MINUTE, 0))
                .as("silence does not hear the wall clock")
                .isEqualTo(new Due.Heartbeat(7, 300));
    }

    @Test
    void aCommandServiceThatWasAwayIsAskedAgainInAMinute() {
        ReportPlan later = start.later(MINUTE);

        assertThat(due(later, NOON, 2 * MINUTE - 1, 5)).isEqualTo(new Due.Nothing());
        assertThat(due(later, NOON, 2 * MINUTE, 5)).isEqualTo(new Due.Comparison(NOON, true));
    }
}
