package aether.archive.seal;

import static aether.archive.seal.EpochWorld.LEFT;
import static aether.archive.seal.EpochWorld.LOG;
import static aether.archive.seal.EpochWorld.SEALED;
import static aether.archive.seal.EpochWorld.WITNESSED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.archive.keys.EpochBase;
import aether.archive.log.Checkpoint;
import aether.archive.log.MerkleTree;
import aether.archive.log.SignedNote;
import aether.archive.log.Signer;
import aether.archive.log.TlogProof;
import aether.archive.store.FailureSwitch.Moment;
import aether.archive.store.ObjectLock;
import aether.archive.store.TamperAlarm;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The end of a log is lost, and it goes on in a new epoch. */
class EpochStartTest {

    private final EpochWorld world;

    EpochStartTest() throws IOException {
        world = new EpochWorld();
    }

    @Test
    void theNewEpochHasTheSameBeginningAndANameOfItsOwn() throws IOException {
        world.byOldKey().clear();

        Sealer sealer = world.begin(world.next());

        EpochBase base = world.base();
        assertThat(base.epoch()).isEqualTo(2);
        assertThat(base.size()).isEqualTo(LEFT);
        assertThat(base.root()).isEqualTo(SealWorld.root(LEFT));
        assertThat(base.sealed()).isEqualTo(SEALED);
        assertThat(base.witnessed()).isEqualTo(new Checkpoint(LOG, WITNESSED, SealWorld.root(WITNESSED)));
        assertThat(base.evidence()).isEqualTo(EpochWorld.evidence());
        assertThat(base.origin()).isEqualTo("audit.test/log/epoch-2");
        assertThat(base.object()).isEqualTo("keys/1.base");
        SignedNote live =
                SignedNote.parse(new String(world.live().get("checkpoint").orElseThrow(), UTF_8));
        assertThat(live.text()).isEqualTo(new Checkpoint(LOG + "/epoch-2", LEFT, SealWorld.root(LEFT)).text());
        assertThat(live.isSignedBy(world.young.verifierKey())).isTrue();
        world.requireIntact(LEFT);

        world.grow(sealer, 600);
        world.requireIntact(600);
        assertThat(world.open(world.young).size()).isEqualTo(600);
        assertThat(world.byOldKey()).isEmpty();
    }

    @Test
    void whatTheOldKeyHasProvenStaysProven() throws IOException {
        Sealer before = world.open(world.old);
        String checkpoint = new String(world.live().get("checkpoint").orElseThrow(), UTF_8);
        TlogProof proof = TlogProof.of(SealWorld.entry(7), before.proofs().inclusion(7), checkpoint);

        world.grow(world.begin(world.next()), 500);

        assertThat(proof.proves(SealWorld.entry(7), world.old.verifierKey())).isTrue();
        assertThat(world.open(world.young)
                        .proofs()
                        .inclusion(7)
                        .proves(MerkleTree.leaf(SealWorld.entry(7)), EpochWorld.root(500)))
                .isTrue();
    }

    @Test
    void isLockedAsKeyStatementsAreAndForAsLongAsTheRest() throws IOException {
        Sealer sealer = world.begin(world.next());
        for (int year = 0; year < 3; year++) {
            world.passes(Duration.ofDays(365));
            world.grow(sealer, 500 + year);
        }
        assertThat(until("keys/1.base")).isAfterOrEqualTo(until("checkpoints/00000000000000000502"));
        assertThat(world.worm().lock("keys/1.base").orElseThrow().mode()).isEqualTo(ObjectLock.COMPLIANCE);
    }

    private java.time.Instant until(String object) {
        return world.worm().lock(object).map(ObjectLock::until).orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(Moment.class)
    void everyDeathOnTheWayIsFinishedByBeginningAgain(Moment moment) throws IOException {
        EpochWorld whole = new EpochWorld();
        whole.failures().off();
        whole.begin(whole.next());
        int changes = whole.failures().operations();
        byte[] base = whole.worm().get("keys/1.base").orElseThrow();
        assertThat(changes).isGreaterThan(5);
        for (int death = 0; death < changes; death++) {
            for (boolean headIsLost : new boolean[] {false, true}) {
                EpochWorld dying = new EpochWorld();
                dying.byOldKey().clear();
                dying.failures().failAt(death, moment);
                assertThatThrownBy(() -> dying.begin(dying.next())).hasMessageContaining("it was kept");
                dying.failures().off();
                if (headIsLost) {
                    dying.heads().lose();
                }
                dying.grow(dying.begin(dying.next()), 320);
                dying.requireIntact(320);
                assertThat(dying.worm().get("keys/1.base").orElseThrow())
                        .as("death %d", death)
                        .isEqualTo(base);
                assertThat(dying.byOldKey()).isEmpty();
            }
        }
    }

    @Test
    void begunTwiceChangesNothing() throws IOException {
        world.begin(world.next());
        Map<String, byte[]> before = new TreeMap<>(world.worm().objects());
        world.begin(world.next());
        assertThat(world.worm().objects()).usingRecursiveComparison().isEqualTo(before);
    }

    @Test
    void whoHasOnlyTheOldKeySignsNothingAnyMore() throws IOException {
        Sealer slow = world.open(world.old); // stands still for a while, and then goes on
        world.byOldKey().clear();
        world.begin(world.next());

        assertThatThrownBy(() -> slow.append(SealWorld.entries(LEFT, LEFT + 1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another writer moved it");
        assertThatThrownBy(() -> slow.seal(SealWorld.offsets(1))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(slow::publish).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> world.open(world.old))
                .isInstanceOf(MissingKey.class)
                .hasMessageContaining("from size 310 on (keys/1.base)")
                .hasMessageContaining("A new epoch has begun after a loss, and the old key never signs again");
        world.heads().lose();
        assertThatThrownBy(() -> world.open(world.old)).isInstanceOf(MissingKey.class);
        assertThat(world.byOldKey()).isEmpty();
    }

    @Test
    void onceTheHeadSpeaksOfItTheOldKeySignsNothing() throws IOException {
        int head = -1;
        for (int death = 0; head < 0; death++) {
            EpochWorld dying = new EpochWorld();
            dying.failures().failAt(death, Moment.BEFORE);
            assertThatThrownBy(() -> dying.begin(dying.next())).isInstanceOf(IOException.class);
            dying.failures().off();
            boolean speaks =
                    !dying.heads().read().sealHash().equals(world.heads().read().sealHash())
                            && dying.heads().read().size() == LEFT
                            && dying.worm().get("keys/1.base").isEmpty()
                            && !dying.heads().read().sealHash().equals(sealHash(dying));
            if (speaks) {
                head = death;
                dying.byOldKey().clear();
                assertThatThrownBy(() -> dying.open(dying.old))
                        .isInstanceOf(TamperAlarm.class)
                        .hasMessageContaining("Or a new epoch?");
                assertThat(dying.byOldKey()).isEmpty();
            }
        }
    }

    private static aether.archive.log.Hash sealHash(EpochWorld dying) {
        return aether.archive.log.Hash.sha256(
                dying.worm().get(ArchiveKeys.seal(SEALED)).orElseThrow());
    }

    @Test
    void whatProvesNoLossIsRefusedAndLeavesNothing() throws IOException {
        Map<String, byte[]> before = new TreeMap<>(world.worm().objects());
        Signer stranger = EpochWorld.signer("stranger", LOG);
        Signer elsewhere = EpochWorld.signer("old", "audit.test/other");
        Map<String, String> refused = Map.of(
                EpochWorld.checkpoint(world.old, LEFT, SealWorld.root(LEFT)),
                "Expected evidence of more than the 310 entries that the archive holds, but the checkpoint is of 310:"
                        + " it proves no loss.",
                EpochWorld.checkpoint(world.old, 9, SealWorld.root(9)),
                "but the checkpoint is of 9: it proves no loss",
                EpochWorld.checkpoint(stranger, WITNESSED, SealWorld.root(WITNESSED)),
                "Expected evidence that the old epoch's key has signed",
                EpochWorld.checkpoint(elsewhere, WITNESSED, SealWorld.root(WITNESSED)),
                "but the checkpoint of audit.test/other is not");
        for (Map.Entry<String, String> each : refused.entrySet()) {
            assertThatThrownBy(() -> world.begin(world.next(world.young, each.getKey())))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(each.getValue());
        }
        assertThatThrownBy(() -> world.begin(
                        world.next(EpochWorld.signer("young", "audit.test/log/epoch-3"), EpochWorld.evidence())))
                .hasMessageContaining("Expected the new epoch's key to be of audit.test/log/epoch-2");
        assertThat(world.worm().objects().keySet()).isEqualTo(before.keySet());
        world.open(world.old); // goes on as ever
    }

    @Test
    void loseMoreThanOnce() throws IOException {
        world.grow(world.begin(world.next()), 330);
        String seen = EpochWorld.checkpoint(EpochWorld.signer("young", LOG + "/epoch-2"), 340, SealWorld.root(1));
        Signer third = EpochWorld.signer("third", LOG + "/epoch-3");
        world.loseLive();

        Sealer sealer = world.begin(world.next(third, seen));

        assertThat(world.base().epoch()).isEqualTo(3);
        world.grow(sealer, 350);
        for (Signer brought : List.of(world.old, world.young, third)) {
            assertThat(world.verify(brought).sentences()).isEmpty();
        }
        assertThat(world.verify(third).independent()).isTrue();
        assertThat(world.verify(world.young).vouched()).isEqualTo(330);
    }

    @Test
    void theKeyOfAnEpochIsHandedOverAsEver() throws IOException {
        world.grow(world.begin(world.next()), 330);
        Signer after = EpochWorld.signer("after", LOG + "/epoch-2");
        NextKey waiting = new NextKey(after, SealWorld.START.plus(Duration.ofDays(9)), "scheduled", "");
        SeenCheckpoint lost = SeenCheckpoint.parse("a customer", EpochWorld.evidence());

        Sealer sealer = world.open(world.heads(), new SigningKeys(world.young, waiting), List.of(lost));
        world.grow(sealer, 340);

        assertThat(world.worm().get("keys/2.statement")).isPresent();
        world.open(world.heads(), SigningKeys.of(after), List.of(lost));
        for (Signer brought : List.of(world.old, world.young, after)) {
            assertThat(world.verify(brought).sentences()).isEmpty();
        }
        assertThat(world.verify(world.young).independent()).isTrue();
    }

    @Test
    void nothingIsSignedBelowWhatSomebodyHasSeen() throws IOException {
        SeenCheckpoint larger = SeenCheckpoint.parse("the witness w1", EpochWorld.evidence());
        world.byOldKey().clear();

        assertThatThrownBy(() -> world.open(world.heads(), SigningKeys.of(world.old), List.of(larger)))
                .isInstanceOf(ProvenLoss.class)
                .hasMessageContaining(
                        "Expected the log to reach size 400, which was seen by the witness w1, but it ends at 310.")
                .hasMessageContaining("'aether audit new-epoch'");
        assertThat(world.byOldKey()).isEmpty();

        SeenCheckpoint fork = SeenCheckpoint.parse(
                "w1", EpochWorld.checkpoint(EpochWorld.signer("old", LOG), 305, SealWorld.root(1)));
        assertThatThrownBy(() -> world.open(world.heads(), SigningKeys.of(world.old), List.of(fork)))
                .isInstanceOf(TamperAlarm.class)
                .hasMessageStartingWith("FORK: expected the root");
        SeenCheckpoint strange = SeenCheckpoint.parse(
                "w1", EpochWorld.checkpoint(EpochWorld.signer("stranger", LOG), 305, SealWorld.root(305)));
        assertThatThrownBy(() -> world.open(world.heads(), SigningKeys.of(world.old), List.of(strange)))
                .isInstanceOf(TamperAlarm.class)
                .hasMessageContaining("What was seen by w1 is not the log's.");
        assertThat(world.byOldKey()).isEmpty();
        SeenCheckpoint smaller = SeenCheckpoint.parse(
                "w1", EpochWorld.checkpoint(EpochWorld.signer("old", LOG), 305, SealWorld.root(305)));
        assertThat(world.open(world.heads(), SigningKeys.of(world.old), List.of(smaller))
                        .size())
                .isEqualTo(LEFT);
    }

    @Test
    void aLiveCheckpointOfWhatWasLostStopsTheOldKeyAndIsReplacedByTheNewOne() throws IOException {
        world.live().put("checkpoint", EpochWorld.evidence().getBytes(UTF_8));
        world.byOldKey().clear();
        assertThatThrownBy(() -> world.open(world.old))
                .isInstanceOf(TamperAlarm.class)
                .hasMessageContaining("Expected the log to reach the published size 400, but it ends at 310.")
                .hasMessageContaining("'aether audit new-epoch'");
        assertThat(world.byOldKey()).isEmpty();

        world.begin(world.next());

        world.requireIntact(LEFT);
    }
}
