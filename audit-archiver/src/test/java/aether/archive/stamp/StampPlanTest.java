package aether.archive.stamp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StampPlanTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void asksAtOnceAndThenOnceAnHour() {
        StampPlan plan = StampPlan.atOnce(7);

        assertThat(plan.isDue(7)).isTrue();
        StampPlan next = plan.stamped(10, HOUR);
        assertThat(next.isDue(10 + HOUR.toNanos() - 1)).isFalse();
        assertThat(next.isDue(10 + HOUR.toNanos())).isTrue();
    }

    @Test
    void goesOnWhereAnEarlierProcessStopped() {
        assertThat(StampPlan.resumed(0, Duration.ofMinutes(20), HOUR).due())
                .isEqualTo(Duration.ofMinutes(40).toNanos());
        assertThat(StampPlan.resumed(0, Duration.ofDays(2), HOUR).due()).isZero();
        assertThat(StampPlan.resumed(0, Duration.ofDays(-2), HOUR).due())
                .as("a stamp from the future")
                .isEqualTo(HOUR.toNanos());
    }

    @Test
    void asksTheNextAuthorityAtOnceAndPausesAfterTheLast() {
        StampPlan second = StampPlan.atOnce(0).failed(5, 2);
        assertThat(second.authority()).isEqualTo(1);
        assertThat(second.isDue(5)).isTrue();

        StampPlan first = second.failed(6, 2);
        assertThat(first.authority()).isZero();
        assertThat(first.due()).isEqualTo(6 + StampPlan.FIRST_PAUSE.toNanos());
    }

    @Test
    void pausesLongerAndLongerUpToABoundAndShortAgainAfterAStamp() {
        List<Long> minutes = new ArrayList<>();
        StampPlan plan = StampPlan.atOnce(0);
        for (int i = 0; i < 8; i++) {
            plan = plan.failed(0, 1);
            minutes.add(Duration.ofNanos(plan.due()).toMinutes());
        }

        assertThat(minutes).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
        assertThat(plan.stamped(0, HOUR).failed(0, 1).due()).isEqualTo(StampPlan.FIRST_PAUSE.toNanos());
    }
}
