package aether.projection.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TotalOrderTest {

    private static final int CAPACITY = 3;

    private final TotalOrder<String> order = new TotalOrder<>(0, Map.of(0, 0L, 1, 0L), CAPACITY);

    @Test
    void standsBeforeAGap() {
        order.offer(0, 0, 1, "b");
        order.offer(0, 1, 2, "c");

        assertThat(order.ready(10)).isEmpty();
        assertThat(order.isStuck()).isTrue();
        assertThat(order.nextWanted()).isZero();
        assertThat(order.firstWaiting()).isEqualTo(1);
    }

    @Test
    void holdsAPartitionBackWhoseRecordsAreAllTooEarly() {
        for (int offset = 0; offset < CAPACITY; offset++) {
            order.offer(1, offset, 10 + offset, "later");
        }

        assertThat(order.crowded()).containsExactly(1);
    }

    @Test
    void readsOnPastWhatFitsWhileItSearches() {
        for (int offset = 0; offset < 20; offset++) {
            order.offer(1, offset, 10 + offset, "later");
            if (offset == CAPACITY) {
                order.search();
            }
        }

        assertThat(order.crowded()).isEmpty();
        assertThat(order.resumeOffsets(0)).containsEntry(1, 0L);

        order.offer(0, 0, 0, "wanted");

        assertThat(order.ready(10)).containsExactly("wanted");
    }

    @Test
    void findsAMissingRecordBehindMoreThanFits() {
        for (int offset = 0; offset < 50; offset++) {
            order.offer(0, offset, 1 + offset, "e" + (1 + offset));
            order.search();
        }
        for (int position = 0; position <= 50; position++) { // the door went back
            order.offer(0, 50 + position, position, "e" + position);
            List<String> ready = order.ready(100);
            order.applied(ready.size());
        }

        assertThat(order.nextWanted()).isEqualTo(51);
    }

    @Test
    void dropsWhatItHasSeen() {
        order.offer(0, 0, 0, "a");
        order.applied(1);
        order.offer(0, 1, 0, "a");

        assertThat(order.ready(10)).isEmpty();
        assertThat(order.isStuck()).isFalse();
        assertThat(order.resumeOffsets(0)).containsEntry(0, 2L);
    }

    @Test
    void resumesBeforeTheFirstRecordThatStillWaits() {
        order.offer(0, 0, 0, "a");
        order.offer(0, 1, 2, "c");
        order.offer(1, 0, 3, "d");

        assertThat(order.resumeOffsets(0)).isEqualTo(Map.of(0, 0L, 1, 0L));
        assertThat(order.resumeOffsets(1)).isEqualTo(Map.of(0, 1L, 1, 0L));
    }

    @Test
    void takesAnotherCopyOfARecordItRejected() {
        order.offer(0, 0, 0, "broken");
        order.reject(0);
        order.offer(0, 1, 0, "whole");

        assertThat(order.ready(1)).containsExactly("whole");
    }
}
