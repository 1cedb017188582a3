package aether.command.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MarksTest {

    private static final ResourceKey FIRST = new ResourceKey(ResourceType.TENANT_CLUSTER, "a", "first");

    private static final ResourceKey SECOND = new ResourceKey(ResourceType.NODE_POOL, "a", "second");

    private final AtomicLong now = new AtomicLong();

    private final Marks marks = new Marks(now::get);

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void givesEachOnceInTheOrderOfTheirMarks() throws InterruptedException {
        marks.mark(FIRST);
        marks.mark(SECOND);
        marks.mark(FIRST);

        assertThat(marks.take(Duration.ZERO)).contains(FIRST);
        assertThat(marks.take(Duration.ZERO)).contains(SECOND);
        assertThat(marks.take(Duration.ZERO)).isEmpty();
    }

    @Test
    void givesAFailedOneAgainAfterAPauseThatGrowsAndNotBefore() throws InterruptedException {
        assertThat(marks.failed(FIRST)).isEqualTo(1);
        marks.mark(FIRST);
        assertThat(marks.take(Duration.ZERO)).isEmpty();
        pass(Marks.FIRST_PAUSE);
        assertThat(marks.take(Duration.ZERO)).contains(FIRST);
        assertThat(marks.failed(FIRST)).isEqualTo(2);
        pass(Marks.FIRST_PAUSE);
        assertThat(marks.take(Duration.ZERO)).isEmpty();
        pass(Marks.FIRST_PAUSE);
        assertThat(marks.take(Duration.ZERO)).contains(FIRST);
        for (int more = 0; more < 100; more++) {
            int unused = marks.failed(FIRST);
        }
        pass(Marks.LONGEST_PAUSE);
        assertThat(marks.take(Duration.ZERO)).contains(FIRST);
    }

    @Test
    void forgetsFailuresOnceItWentWell() throws InterruptedException {
        int first = marks.failed(FIRST);
        int second = marks.failed(FIRST);
        assertThat(first + second).isEqualTo(3);
        marks.done(FIRST);
        assertThat(marks.failed(FIRST)).isEqualTo(1);
        pass(Marks.FIRST_PAUSE);
        assertThat(marks.take(Duration.ZERO)).contains(FIRST);
    }
}
