package aether.archive.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.archive.log.Ed25519Signer;
import aether.archive.log.MerkleTree;
import aether.archive.store.ObjectLock;
import aether.archive.store.TamperAlarm;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SealerTest {

    private final SealWorld world = new SealWorld();

    @Test
    void anEmptyLogHasACheckpointToo() throws IOException {
        world.open();

        world.requireIntact(0);
    }

    @Test
    void whatIsAppendedIsPublishedAndSealed() throws IOException {
        Sealer sealer = world.open();

        sealer.append(SealWorld.entries(0, 3));
        sealer.publish();
        world.requireIntact(3);
        sealer.append(SealWorld.entries(3, 700));
        sealer.seal(SealWorld.offsets(700));

        world.requireIntact(700);
        assertThat(sealer.root()).isEqualTo(SealWorld.root(700));
        assertThat(world.worm.objects().keySet())
                .contains(
                        "seals/00000000000000000700.json",
                        "checkpoints/00000000000000000700",
                        "keys/0.vkey",
                        "tile/entries/002.p/188",
                        "tile/0/002.p/188",
                        "tile/1/000.p/2",
                        "tile/entries/001");
    }

    @Test
    void goesOnWhereItWasAfterARestart() throws IOException {
        world.open().append(SealWorld.entries(0, 300));
        Sealer second = world.open();
        second.seal(SealWorld.offsets(300));
        second.append(SealWorld.entries(300, 301));

        Sealer third = world.open();

        assertThat(third.size()).isEqualTo(301);
        assertThat(third.sealedOffsets()).isEqualTo(SealWorld.offsets(300));
        world.requireIntact(301);
    }

    @Test
    void aQuietLogIsNotSealedTwice() throws IOException {
        Sealer sealer = world.open();
        sealer.append(SealWorld.entries(0, 3));
        sealer.seal(SealWorld.offsets(3));
        int objects = world.worm.objects().size();

        world.passes(Duration.ofHours(1));
        sealer.seal(SealWorld.offsets(4));

        assertThat(world.worm.objects()).hasSize(objects);
    }

    @Test
    void locksTheLogForSevenYearsAndPartialsForAMonth() throws IOException {
        Sealer sealer = world.open();
        sealer.append(SealWorld.entries(0, 260));
        sealer.seal(SealWorld.offsets(260));

        for (String key : new String[] {"tile/0/000", "tile/entries/000", "seals/00000000000000000260.json"}) {
            assertThat(world.worm.lock(key))
                    .map(ObjectLock::until)
                    .contains(SealWorld.START.plus(Duration.ofDays(2647)));
        }
        for (String key : new String[] {"tile/0/001.p/4", "staged/001/00000000000000000256"}) {
            assertThat(world.worm.lock(key)).map(ObjectLock::until).contains(SealWorld.START.plus(Duration.ofDays(30)));
        }
    }

    @Test
    void renewsTheLocksOfWhatIsStillOpen() throws IOException {
        Sealer sealer = world.open();
        sealer.append(SealWorld.entries(0, 4));
        sealer.seal(SealWorld.offsets(4));
        world.passes(Duration.ofDays(20));

        sealer.renewLocks();

        for (String key : new String[] {"tile/0/000.p/4", "tile/entries/000.p/4", "staged/000/00000000000000000000"}) {
            assertThat(world.worm.lock(key)).map(ObjectLock::until).contains(SealWorld.START.plus(Duration.ofDays(50)));
        }
    }

    @Test
    void forgetsLivePartialsOnceTheCompleteTileExists() throws IOException {
        Sealer sealer = world.open();
        for (long size = 0; size < 250; size += 50) {
            sealer.append(SealWorld.entries(size, size + 50));
            sealer.publish();
        }
        assertThat(world.live.objects()).containsKeys("tile/0/000.p/50", "tile/entries/000.p/250");

        sealer.append(SealWorld.entries(250, 260));
        sealer.publish();

        assertThat(world.live.objects().keySet())
                .containsExactly("checkpoint", "tile/0/001.p/4", "tile/1/000.p/1", "tile/entries/001.p/4");
    }

    @Test
    void timeThatRunsBackwardsIsClampedAndALeapIsRecorded() throws IOException {
        Sealer sealer = world.open();
        sealer.append(SealWorld.entries(0, 1));
        sealer.seal(SealWorld.offsets(1));
        world.passes(Duration.ofHours(-5));
        sealer = world.open();
        sealer.append(SealWorld.entries(1, 2));
        sealer.seal(SealWorld.offsets(2));
        world.passes(Duration.ofDays(3));
        sealer = world.open();
        sealer.append(SealWorld.entries(2, 3));
        sealer.seal(SealWorld.offsets(3));

        assertThat(seal(1).clock()).isEqualTo("steady");
        assertThat(seal(2).clock()).isEqualTo("clamped");
        assertThat(seal(2).time()).isEqualTo(SealWorld.START);
        world.requireIntact(3);
    }

    @Test
    void findsItsPlaceAgainWhenTheHeadIsLost() throws IOException {
        Sealer sealer = world.open();
        sealer.append(SealWorld.entries(0, 300));
        sealer.seal(SealWorld.offsets(300));
        sealer.append(SealWorld.entries(300, 310));
        sealer.append(SealWorld.entries(310, 700));
        sealer.publish();

        world.heads.lose();
        Sealer again = world.open();

        assertThat(again.size()).isEqualTo(700);
        world.requireIntact(700);
    }

    @Test
    void aLostLiveStoreIsFilledAgainWithTheVerySignatures() throws IOException {
        Sealer sealer = world.open();
        sealer.append(SealWorld.entries(0, 300));
        sealer.seal(SealWorld.offsets(300));
        Map<String, byte[]> before = new TreeMap<>(world.live.objects());
        assertThat(before).containsKey("checkpoint");

        world.live.objects().clear();
        sealer.republishIfLost();
        assertThat(world.live.objects()).usingRecursiveComparison().isEqualTo(before);

        world.live.objects().clear();
        world.open();
        assertThat(world.live.objects()).usingRecursiveComparison().isEqualTo(before);
        world.requireIntact(300);
    }

    @Test
    void whatIsNotLostIsNotWrittenAgain() throws IOException {
        Sealer sealer = world.open();
        sealer.append(SealWorld.entries(0, 3));
        sealer.publish();
        world.failures.off();

        sealer.republishIfLost();

        assertThat(world.failures.operations()).isZero();
    }

    @Test
    void theRhythmLooksOnceAMinuteWhetherTheWorldStillSeesTheLog() throws IOException {
        Sealer sealer = world.open();
        AtomicLong nanos = new AtomicLong();
        SealRhythm rhythm = new SealRhythm(sealer, SealSettings.DEFAULTS, nanos::get);
        sealer.append(SealWorld.entries(0, 3));
        sealer.seal(SealWorld.offsets(3));
        world.live.objects().clear();

        nanos.addAndGet(SealRhythm.LOOK_EVERY.toNanos() - 1);
        rhythm.keep(SealWorld.offsets(3));
        assertThat(world.live.objects()).isEmpty();
        nanos.incrementAndGet();
        rhythm.keep(SealWorld.offsets(3));

        world.requireIntact(3);
    }

    @Test
    void provesEntriesAndKnowsWhatItHolds() throws IOException {
        Sealer sealer = world.open();
        sealer.append(SealWorld.entries(0, 600));

        for (long position : new long[] {0, 255, 256, 511, 512, 599}) {
            assertThat(sealer.holds(position, SealWorld.entry(position))).isTrue();
            assertThat(sealer.holds(position, SealWorld.entry(position + 1))).isFalse();
            assertThat(sealer.proofs()
                            .inclusion(position)
                            .proves(MerkleTree.leaf(SealWorld.entry(position)), sealer.root()))
                    .isTrue();
        }
    }

    @Test
    void doesNotGoOnFromAForgedTile() throws IOException {
        world.open().append(SealWorld.entries(0, 300));
        world.worm.tamper("tile/0/000", new byte[8192]);

        assertThatThrownBy(world::open).isInstanceOf(TamperAlarm.class).hasMessageContaining("but its objects give");
    }

    @Test
    void doesNotGoOnBehindWhatTheWorldHasSeen() throws IOException {
        Sealer sealer = world.open();
        sealer.append(SealWorld.entries(0, 3));
        sealer.publish();
        world.heads.lose();
        world.worm.remove("staged/000/00000000000000000000");

        assertThatThrownBy(world::open)
                .isInstanceOf(TamperAlarm.class)
                .hasMessageContaining("Expected the log to reach the published size 3, but it ends at 0");
    }

    @Test
    void doesNotSignWithAnotherKey() throws IOException {
        world.open();
        Ed25519Signer other =
                Ed25519Signer.fromSeed("audit.test/log", "another seed of thirty-two bytes".getBytes(UTF_8));
        ArchiveStores stores = new ArchiveStores(world.worm, world.live, world.heads);

        assertThatThrownBy(() -> Sealer.open(stores, other, SealSettings.DEFAULTS, () -> world.now))
                .isInstanceOf(TamperAlarm.class)
                .hasMessageContaining("Expected the key the archive began with");
    }

    @Test
    void ofTwoWritersOnlyOneMovesTheHead() throws IOException {
        Sealer first = world.open();
        Sealer second = world.open();
        first.append(SealWorld.entries(0, 3));

        assertThatThrownBy(() -> second.append(SealWorld.entries(0, 3)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another writer moved it to 3");
        assertThatThrownBy(second::publish).isInstanceOf(IllegalStateException.class);
        first.publish();
        world.requireIntact(3);
    }

    private Seal seal(long size) {
        return Seal.decode(world.worm.get(ArchiveKeys.seal(size)).orElseThrow());
    }
}
