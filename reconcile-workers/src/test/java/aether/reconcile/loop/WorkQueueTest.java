package aether.reconcile.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WorkQueueTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualClock clock = new ManualClock();
    private final WorkQueue<String> queue = new WorkQueue<>(2, clock);

    @Test
    void aKeyThatWaitsIsNotAddedTwice() {
        queue.offer("a");
        queue.offer("a");

        assertThat(queue.poll()).contains("a");
        queue.finished("a");
        assertThat(queue.poll()).isEmpty();
    }

    @Test
    void aKeyThatRunsIsNotHandedOutAgainBeforeItHasFinished() {
        queue.offer("a");
        assertThat(queue.poll()).contains("a");

        queue.offer("a");
        assertThat(queue.poll()).isEmpty();
        queue.finished("a");

        assertThat(queue.poll()).contains("a");
    }

    @Test
    void aDelayedKeyWaitsAndAnEarlierWishWins() {
        queue.offer("a", SECOND.multipliedBy(10));
        assertThat(queue.poll()).isEmpty();

        queue.offer("a", SECOND);
        queue.offer("a", SECOND.multipliedBy(20));
        clock.pass(SECOND);

        assertThat(queue.poll()).contains("a");
    }

    @Test
    void theEarliestOfWhatWasAddedWhileRunningCounts() {
        queue.offer("a");
        assertThat(queue.poll()).contains("a");
        queue.offer("a", SECOND.multipliedBy(10));
        queue.offer("a", SECOND);
        queue.finished("a");
        assertThat(queue.poll()).isEmpty();

        clock.pass(SECOND);

        assertThat(queue.poll()).contains("a");
    }

    @Test
    void aFullQueueTurnsNewKeysAwayAndKeepsKnownOnes() {
        assertThat(queue.offer("a")).isTrue();
        assertThat(queue.offer("b")).isTrue();

        assertThat(queue.offer("c")).isFalse();
        assertThat(queue.offer("a")).isTrue();
    }

    @Test
    void keysComeInTheOrderInWhichTheyAreDue() {
        queue.offer("late", SECOND.multipliedBy(2));
        queue.offer("soon", SECOND);
        clock.pass(SECOND.multipliedBy(3));

        assertThat(queue.poll()).contains("soon");
        assertThat(queue.poll()).contains("late");
    }

    @Test
    void aClosedQueueHandsOutNothing() throws InterruptedException {
        queue.offer("a");
        queue.close();

        assertThat(queue.take(SECOND)).isEmpty();
        assertThat(queue.offer("b")).isFalse();
    }
}
