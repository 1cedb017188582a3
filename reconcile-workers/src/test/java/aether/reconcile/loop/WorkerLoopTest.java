package aether.reconcile.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WorkerLoopTest {

    private static final LoopSettings SETTINGS = new LoopSettings(2, Duration.ofMinutes(1), Duration.ofSeconds(5));

    private final ManualClock clock = new ManualClock();
    private final WorkQueue<String> queue = new WorkQueue<>(10, clock);

    private WorkerLoop<String> loop(Worker<String> worker) {
        return new WorkerLoop<>(
                "test",
                queue,
                worker,
                List::of,
                new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(8), new Random(1)),
                SETTINGS,
                clock);
    }

    @Test
    void aFailureComesBackLaterAndLater() {
        WorkerLoop<String> loop = loop(key -> new WorkOutcome.Failed("no"));
        for (int time = 0; time < 6; time++) {
            clock.pass(Duration.ofSeconds(8));
            queue.offer("a");
            assertThat(queue.poll()).contains("a");
            loop.runOnce("a");
        }

        clock.pass(Duration.ofSeconds(3));
        assertThat(queue.poll()).describedAs("backoff has grown").isEmpty();
        clock.pass(Duration.ofSeconds(5));
        assertThat(queue.poll()).contains("a");
        assertThat(loop.troubles()).containsEntry("a", "no");
    }

    @Test
    void whatIsThrownIsAnOutcomeAndASuccessEndsTheTrouble() {
        AtomicInteger looks = new AtomicInteger();
        WorkerLoop<String> loop = loop(key -> {
            if (looks.getAndIncrement() == 0) {
                throw new OutsideFailure(OutsideFailure.Kind.AWAY, "gone");
            }
            return WorkOutcome.DONE;
        });

        assertThat(loop.runOnce("a")).isEqualTo(new WorkOutcome.Failed("infrastructure: gone"));
        assertThat(loop.troubles()).containsKey("a");
        assertThat(loop.runOnce("a")).isEqualTo(WorkOutcome.DONE);
        assertThat(loop.troubles()).isEmpty();
    }

    @Test
    void longWaitsSlowDown() {
        WorkerLoop<String> loop = loop(key -> new WorkOutcome.RequeueAfter("waiting", Duration.ofSeconds(1)));
        for (int look = 0; look < 30; look++) {
            clock.pass(Duration.ofMinutes(1));
            queue.offer("a");
            assertThat(queue.poll()).contains("a");
            loop.runOnce("a");
        }

        clock.pass(Duration.ofSeconds(1));
        assertThat(queue.poll()).isEmpty();
    }

    @Test
    void whatIsDoneRestsAndWhatNobodyWatchesDoesNot() {
        List<String> keys = List.of("done", "unwatched", "waiting", "failed");
        WorkerLoop<String> loop = new WorkerLoop<>(
                "test",
                queue,
                key -> switch (key) {
                    case "done" -> WorkOutcome.DONE;
                    case "unwatched" -> WorkOutcome.UNWATCHED;
                    case "waiting" -> new WorkOutcome.RequeueAfter("waiting", Duration.ofHours(1));
                    default -> new WorkOutcome.Failed("no");
                },
                () -> keys,
                new Backoff(Duration.ofHours(1), Duration.ofHours(1), new Random(1)),
                SETTINGS,
                clock);
        assertThat(resynced(loop)).containsExactlyInAnyOrderElementsOf(keys);

        assertThat(resynced(loop)).containsExactlyInAnyOrder("unwatched", "waiting", "failed");
        clock.pass(SETTINGS.rest());
        assertThat(resynced(loop)).containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    void restingKeysTakeTurns() {
        List<String> keys = java.util.stream.IntStream.range(0, 10)
                .mapToObj(number -> "key " + number)
                .toList();
        WorkerLoop<String> loop = new WorkerLoop<>(
                "test",
                queue,
                key -> WorkOutcome.DONE,
                () -> keys,
                new Backoff(Duration.ofHours(1), Duration.ofHours(1), new Random(1)),
                SETTINGS,
                clock);
        assertThat(resynced(loop)).hasSize(10);
        List<Integer> looks = new ArrayList<>();
        for (int minute = 0; minute < SETTINGS.rest().toMinutes(); minute++) {
            clock.pass(SETTINGS.resync());
            looks.add(resynced(loop).size());
        }

        assertThat(looks.stream().mapToInt(Integer::intValue).sum()).isEqualTo(10);
        assertThat(looks).allSatisfy(each -> assertThat(each).isLessThan(6));
    }

    /** What a resync has looked at. */
    private List<String> resynced(WorkerLoop<String> loop) {
        loop.resync();
        List<String> looked = new ArrayList<>();
        for (Optional<String> key = queue.poll(); key.isPresent(); key = queue.poll()) {
            looked.add(key.get());
        }
        looked.forEach(loop::runOnce);
        return looked;
    }

    @Test
    void neverRunsOneKeyTwiceAtOnceNorMoreThanItsConcurrency() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ConcurrentLinkedQueue<String> doubles = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<String> active = new ConcurrentLinkedQueue<>();
        CountDownLatch looks = new CountDownLatch(200);
        WorkQueue<String> real = new WorkQueue<>(100, InstantSource.system());
        Worker<String> worker = key -> {
            if (active.contains(key)) {
                doubles.add(key);
            }
            active.add(key);
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            real.offer(key);
            Thread.sleep(1);
            running.decrementAndGet();
            active.remove(key);
            looks.countDown();
            return WorkOutcome.DONE;
        };
        WorkerLoop<String> loop = new WorkerLoop<>(
                "test",
                real,
                worker,
                List::of,
                new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(8), new Random(1)),
                SETTINGS,
                InstantSource.system());
        List.of("a", "b", "c", "d").forEach(real::offer);
        loop.start();
        looks.await();
        loop.close();

        assertThat(doubles).isEmpty();
        assertThat(most).hasValue(2);
        assertThat(running).hasValue(0);
    }
}
