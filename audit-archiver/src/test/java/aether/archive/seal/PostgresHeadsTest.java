package aether.archive.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.embedded.postgres.TestPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PostgresHeadsTest {

    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Head ONE = new Head(1, SealWorld.root(1), 0, Head.NO_SEAL);
    private static final Head TWO = new Head(2, SealWorld.root(2), 2, SealWorld.root(2));

    private final TestPostgres.Database database = TestPostgres.createDatabase();
    private long nanos;

    private PostgresHeads heads(String instance) {
        return new PostgresHeads(
                new HeadDatabase(
                        database.jdbcUrl(),
                        database.owner().user(),
                        database.owner().password(),
                        instance,
                        LEASE),
                "audit.test/log",
                () -> nanos);
    }

    @Test
    void movesTheHeadOnlyFromWhereItIs() throws IOException {
        try (HeadStore store = heads("one").open()) {
            assertThat(store.read()).isEqualTo(Head.EMPTY);
            assertThat(store.compareAndSet(ONE, TWO)).isFalse();
            assertThat(store.compareAndSet(Head.EMPTY, ONE)).isTrue();
            assertThat(store.compareAndSet(Head.EMPTY, TWO)).isFalse();
            assertThat(store.compareAndSet(ONE, TWO)).isTrue();
        }
        try (HeadStore store = heads("two").open()) {
            assertThat(store.read()).isEqualTo(TWO);
        }
    }

    @Test
    void oneStandsByWhileTheOtherLives() throws IOException {
        PostgresHeads standby = heads("two");
        try (HeadStore active = heads("one").open()) {
            for (int lease = 0; lease < 30; lease++) {
                active.keep();
                assertThatThrownBy(standby::open)
                        .isInstanceOf(HeldByAnother.class)
                        .hasMessage("Standing by: one seals audit.test/log.");
                nanos += LEASE.dividedBy(4).toNanos();
            }
        }
        standby.open().close(); // whoever ends well keeps nobody waiting
    }

    @Test
    void whoeverWasTakenForDeadMovesNothingAnyMore() throws IOException {
        PostgresHeads standby = heads("two");
        HeadStore dead = heads("one").open();
        assertThat(dead.compareAndSet(Head.EMPTY, ONE)).isTrue();
        assertThatThrownBy(standby::open).isInstanceOf(HeldByAnother.class);
        nanos += LEASE.toNanos();

        try (HeadStore active = standby.open()) {
            assertThat(active.read()).isEqualTo(ONE);
            assertThat(dead.compareAndSet(ONE, TWO)).isFalse();
            assertThatThrownBy(dead::read).isInstanceOf(HeldByAnother.class);
            assertThatThrownBy(dead::keep).isInstanceOf(HeldByAnother.class).hasMessageContaining("taken for dead");
            dead.close();
            assertThat(active.compareAndSet(ONE, TWO)).isTrue();
            assertThatThrownBy(heads("three")::open)
                    .as("the dead one gave back what was not its own any more: nothing")
                    .isInstanceOf(HeldByAnother.class);
        }
    }

    @Test
    void ofManyWhoComeAtOnceOneGetsIt() throws Exception {
        AtomicInteger held = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger taken = new AtomicInteger();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Void>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                PostgresHeads mine = heads("archiver-" + i);
                all.add(() -> {
                    for (int round = 0; round < 20; round++) {
                        try (HeadStore store = mine.open()) {
                            most.accumulateAndGet(held.incrementAndGet(), Math::max);
                            taken.incrementAndGet();
                            store.read();
                            held.decrementAndGet();
                        } catch (HeldByAnother e) {
                            Thread.onSpinWait();
                        }
                    }
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(all)) {
                done.get();
            }
        }
        assertThat(most).hasValue(1);
        assertThat(taken.get()).isGreaterThan(1);
    }

    @Test
    void aDatabaseThatIsAwayIsAFailureAndNotAnotherHolder() {
        PostgresHeads nowhere = new PostgresHeads(
                new HeadDatabase("jdbc:postgresql://127.0.0.1:1/none", "nobody", "secret", "one", LEASE),
                "audit.test/log",
                () -> nanos);

        assertThatThrownBy(nowhere::open)
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(HeldByAnother.class)
                .hasMessageStartingWith("Expected the head of audit.test/log")
                .hasMessageNotContaining("secret");
        assertThat(new HeadDatabase("url", "user", "secret", "one", LEASE).toString())
                .doesNotContain("secret");
    }
}
