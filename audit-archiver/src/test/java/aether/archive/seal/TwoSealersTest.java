package aether.archive.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import aether.archive.log.Checkpoint;
import aether.archive.log.Hash;
import aether.archive.log.Signer;
import aether.archive.log.VerifierKey;
import aether.archive.store.FailureSwitch;
import aether.archive.store.FailureSwitch.Moment;
import aether.archive.store.InMemoryLiveStore;
import aether.archive.store.InMemoryWormStore;
import aether.archive.store.TamperAlarm;
import aether.archive.verify.InMemoryStranger;
import aether.archive.verify.VerificationReport;
import aether.embedded.postgres.TestPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two sealers of one log with their head in a real PostgreSQL; every signature that is ever made is looked at. */
@Tag("slow")
class TwoSealersTest {

    private static final long ENTRIES = 300;
    private static final int STEP = 70;
    private static final Duration LEASE = Duration.ofSeconds(15);

    private final TestPostgres.Database database = TestPostgres.createDatabase();
    private final AtomicLong nanos = new AtomicLong();
    private final List<HeadStore> abandoned = new CopyOnWriteArrayList<>();
    private int logs;

    /** Everything that two sealers share, and all they sign. */
    private final class Shared {
        final FailureSwitch failures = new FailureSwitch();
        final InMemoryWormStore worm = new InMemoryWormStore(failures);
        final InMemoryLiveStore live = new InMemoryLiveStore(failures);
        final String log = "audit.test/" + logs++;
        final Signatures signer = new Signatures();

        PostgresHeads heads(String instance) {
            return new PostgresHeads(
                    new HeadDatabase(
                            database.jdbcUrl(),
                            database.owner().user(),
                            database.owner().password(),
                            instance,
                            LEASE),
                    log,
                    nanos::get);
        }

        Sealer open(HeadStore heads) throws IOException {
            HeadStore failing = new FailingHeads(heads, failures);
            return Sealer.open(
                    new ArchiveStores(worm, live, failing), signer, SealSettings.DEFAULTS, () -> SealWorld.START);
        }

        void requireIntact() throws IOException {
            VerificationReport report = new InMemoryStranger(worm, live).verify(signer.verifierKey());
            assertThat(report.sentences()).isEmpty();
            assertThat(report.entries()).isEqualTo(ENTRIES);
        }
    }

    /** Signs like the log's key and remembers every tree, and whether each is a beginning of the one log. */
    private static final class Signatures implements Signer {
        private final Map<Long, Hash> signed = new ConcurrentHashMap<>();
        private final List<String> lies = new CopyOnWriteArrayList<>();

        @Override
        public VerifierKey verifierKey() {
            return SealWorld.SIGNER.verifierKey();
        }

        @Override
        public byte[] sign(byte[] message) {
            Checkpoint promised = Checkpoint.parse(new String(message, UTF_8));
            Hash before = signed.putIfAbsent(promised.size(), promised.root());
            if ((before != null && !before.equals(promised.root()))
                    || !promised.root().equals(SealWorld.root(promised.size()))) {
                lies.add(promised.toString());
            }
            return SealWorld.SIGNER.sign(message);
        }
    }

    /** Changes of the head count as changes of the stores, so that a death comes before and after each of them. */
    private record FailingHeads(HeadStore heads, FailureSwitch failures) implements HeadStore {
        @Override
        public Head read() throws IOException {
            return heads.read();
        }

        @Override
        public boolean compareAndSet(Head expected, Head next) throws IOException {
            boolean[] set = new boolean[1];
            failures.around(() -> set[0] = heads.compareAndSet(expected, next));
            return set[0];
        }

        @Override
        public void keep() throws IOException {
            heads.keep();
        }

        @Override
        public void close() throws IOException {
            heads.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Moment.class)
    void theStandbyFinishesWhateverTheDeadOneBegan(Moment moment) throws IOException {
        int changes = changesOfAWholeLife();
        for (int death = 0; death < changes; death++) {
            Shared shared = new Shared();
            PostgresHeads standby = shared.heads("standby");
            HeadStore dead = shared.heads("first").open();
            assertThat(standsBy(standby)).isTrue();
            shared.failures.failAt(death, moment);
            Sealer first = liveUntilDeath(shared, dead);
            shared.failures.off();
            assertThat(standsBy(standby)).isTrue(); // its last beat was seen just now
            nanos.addAndGet(LEASE.toNanos());

            try (HeadStore heads = standby.open()) {
                Sealer second = shared.open(heads);
                if (second.size() < ENTRIES) {
                    second.append(SealWorld.entries(second.size(), second.size() + 1));
                }
                if (first != null) {
                    requirePowerless(first); // it was not dead after all, and goes on where it was
                }
                live(second, 0);
            }
            assertThat(shared.signer.lies).as("death %d", death).isEmpty();
            shared.requireIntact();
        }
    }

    /** The one that is taken for dead was only slow: its write goes through after the standby has begun, or is done. */
    @ParameterizedTest
    @EnumSource(Moment.class)
    void whoeverWasHeldUpInTheMiddleOfAWriteHarmsNothing(Moment moment) throws IOException {
        int changes = changesOfAWholeLife();
        for (int pause = 0; pause < changes; pause++) {
            for (boolean finishes : new boolean[] {true, false}) {
                Shared shared = new Shared();
                PostgresHeads standby = shared.heads("standby");
                HeadStore slow = shared.heads("slow").open();
                List<HeadStore> taken = new ArrayList<>();
                List<Sealer> second = new ArrayList<>();
                shared.failures.interruptAt(pause, moment, () -> {
                    assertThat(standsBy(standby)).isTrue();
                    nanos.addAndGet(LEASE.toNanos());
                    taken.add(standby.open());
                    second.add(shared.open(taken.getFirst()));
                    if (finishes) {
                        live(second.getFirst(), 0);
                    }
                });
                try {
                    live(shared.open(slow), 1_000);
                } catch (IOException | IllegalStateException | TamperAlarm e) {
                    assertThat(taken).as("pause %d: %s", pause, e).hasSize(1);
                }
                finish(shared, taken.getFirst(), second.getFirst());
                slow.close();
                taken.getFirst().close();
                assertThat(shared.signer.lies).as("pause %d", pause).isEmpty();
                shared.requireIntact();
            }
        }
    }

    /** As the archiver does it: what stands in the way may be another's half-done work, which the opening takes up. */
    private static void finish(Shared shared, HeadStore heads, Sealer sealer) throws IOException {
        try {
            live(sealer, 0);
        } catch (TamperAlarm met) {
            live(shared.open(heads), 0);
        }
    }

    /** Both believe that they are alone again and again, because each lease ends before anything is done. */
    @Test
    void twoWhoFightForTheLogWriteOneLog() throws Exception {
        Shared shared = new Shared();
        List<Thread> both = List.of(fighter(shared, "one", 3), fighter(shared, "two", 5));
        for (Thread thread : both) {
            thread.start();
        }
        for (Thread thread : both) {
            thread.join();
        }

        for (HeadStore left : abandoned) {
            left.close();
        }
        try (HeadStore heads = shared.heads("last").open()) {
            live(shared.open(heads), 0);
        }
        assertThat(shared.signer.lies).isEmpty();
        shared.requireIntact();
    }

    private Thread fighter(Shared shared, String name, int step) {
        return Thread.ofPlatform().name(name).unstarted(() -> {
            PostgresHeads heads = shared.heads(name);
            boolean done = false;
            while (!done) {
                nanos.addAndGet(LEASE.dividedBy(3).toNanos());
                try {
                    done = work(shared, heads.open(), step);
                } catch (IOException | IllegalStateException | TamperAlarm e) {
                    Thread.onSpinWait(); // taken over, or met the other's half-done work: open again
                }
            }
        });
    }

    /** Takes a few steps and leaves without a word, as if it had died. */
    private boolean work(Shared shared, HeadStore store, int step) throws IOException {
        abandoned.add(store);
        synchronized (shared) { // the stores in memory are not for two threads; the steps of the two interleave
            Sealer sealer = shared.open(store);
            for (int i = 0; i < step && sealer.size() < ENTRIES; i++) {
                sealer.append(SealWorld.entries(sealer.size(), Math.min(ENTRIES, sealer.size() + step)));
                sealer.seal(SealWorld.offsets(sealer.size()));
            }
            return sealer.size() == ENTRIES;
        }
    }

    private static void requirePowerless(Sealer taken) {
        try {
            long next = Math.min(ENTRIES, taken.size() + 3);
            taken.append(SealWorld.entries(taken.size(), next));
            taken.publish();
            taken.seal(SealWorld.offsets(taken.size()));
        } catch (IOException | IllegalStateException | TamperAlarm e) {
            assertThat(e).isNotNull(); // whatever stops it, it is stopped
            return;
        }
        assertThat(taken.size()).as("nothing was left to do").isEqualTo(ENTRIES);
    }

    private boolean standsBy(PostgresHeads heads) throws IOException {
        try {
            heads.open();
            return false;
        } catch (HeldByAnother e) {
            return true;
        }
    }

    private int changesOfAWholeLife() throws IOException {
        Shared shared = new Shared();
        try (HeadStore heads = shared.heads("alone").open()) {
            live(shared.open(heads), 0);
        }
        shared.requireIntact();
        int changes = shared.failures.operations();
        assertThat(changes).isGreaterThan(40);
        return changes;
    }

    private static @Nullable Sealer liveUntilDeath(Shared shared, HeadStore heads) {
        Sealer sealer = null;
        try {
            sealer = shared.open(heads);
            live(sealer, 0);
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("it was kept");
        }
        return sealer;
    }

    private static void live(Sealer sealer, long offsets) throws IOException {
        while (sealer.size() < ENTRIES) {
            long next = Math.min(ENTRIES, sealer.size() + STEP + sealer.size() % 7);
            sealer.append(SealWorld.entries(sealer.size(), next));
            sealer.publish();
            if (sealer.size() > sealer.sealedSize() + STEP) {
                sealer.seal(SealWorld.offsets(sealer.size() + offsets));
            }
        }
        sealer.seal(SealWorld.offsets(sealer.size() + offsets));
    }
}
