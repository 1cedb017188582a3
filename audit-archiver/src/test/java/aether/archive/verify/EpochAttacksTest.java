package aether.archive.verify;

import static aether.archive.seal.EpochWorld.LEFT;
import static aether.archive.seal.EpochWorld.LOG;
import static aether.archive.seal.EpochWorld.SEALED;
import static aether.archive.seal.EpochWorld.WITNESSED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import aether.archive.keys.EpochBase;
import aether.archive.keys.KeyChain;
import aether.archive.log.Checkpoint;
import aether.archive.log.Cosigner;
import aether.archive.log.Hash;
import aether.archive.log.SignedNote;
import aether.archive.log.Signer;
import aether.archive.seal.EpochWorld;
import aether.archive.seal.SealWorld;
import aether.archive.store.ObjectLock;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A log in its second epoch, as it should be, and with a base that somebody has made to fit. */
class EpochAttacksTest {

    private static final String BASE = "keys/1.base";

    private final EpochWorld world;

    EpochAttacksTest() throws IOException {
        world = new EpochWorld();
    }

    @BeforeEach
    void begin() throws IOException {
        world.grow(world.begin(world.next()), 500);
        world.requireIntact(500);
        made = world.worm().get(BASE).orElseThrow();
    }

    private byte[] made = {}; // the real base

    private void put(String object, byte[] bytes) {
        world.worm().tamper(object, bytes);
    }

    /** Whichever key the stranger brings, this is found about this object. */
    private void requireFound(String object, String sentence) throws IOException {
        for (Signer brought : List.of(world.old, world.young)) {
            assertThat(world.verify(brought).findings())
                    .as("with %s", brought.verifierKey().vkey())
                    .anySatisfy(finding -> {
                        assertThat(finding.object()).isEqualTo(object);
                        assertThat(finding.sentence()).contains(sentence);
                    });
        }
    }

    /** A base like the real one, with what is given in other places. */
    private byte[] base(Signer signer, int number, long size, Hash root, @Nullable Hash after) {
        EpochBase real = EpochBase.parse(made);
        return new EpochBase(
                        2,
                        number,
                        size,
                        root,
                        SEALED,
                        after == null ? real.after() : after,
                        real.at(),
                        "other",
                        "",
                        real.from(),
                        signer.verifierKey(),
                        signer.mlDsa44().map(Cosigner::key).orElse(null),
                        real.evidence())
                .sign(signer);
    }

    @Test
    void saysWhatIsLostAndWhoVouchesForWhat() throws IOException {
        String lost =
                "Entries 310 to 399 of epoch 1, audit.test/log, are lost, proven by the checkpoint of size 400 that "
                        + world.old.verifierKey().idHex()
                        + " has signed (keys/1.base). Epoch 2, audit.test/log/epoch-2, goes on"
                        + " from there since 2026-11-25T00:00:00Z with the key "
                        + world.young.verifierKey().idHex() + "; reason disaster, case case-7.";

        VerificationReport withNew = world.verify(world.young);
        assertThat(withNew.verdict()).isEqualTo("Verified with the key you brought.");
        assertThat(withNew.independent()).isTrue();
        assertThat(withNew.vouched()).isEqualTo(500);
        assertThat(withNew.remarks()).contains(lost);

        VerificationReport withOld = world.verify(world.old);
        assertThat(withOld.verdict())
                .isEqualTo("Verified with the key you brought up to entry 299; what came after it, in a later epoch, is"
                        + " self-consistent, not independently verified.");
        assertThat(withOld.independent()).isFalse();
        assertThat(withOld.remarks())
                .contains(lost)
                .contains(
                        "The key that you brought vouches for the first 300 entries, up to the newest seal of its epoch,"
                                + " and not for the key "
                                + world.young.verifierKey().idHex() + " of the next one: bring that, "
                                + world.young.verifierKey().vkey() + ", from where you have this one.");
        assertThat(world.verify(null).verdict())
                .startsWith("Self-consistent, not independently verified: the key came");
    }

    /** Without an archive, each key speaks for its own time, and only the later one for both. */
    @Test
    void anOldKeyNeverVouchesForALaterEpoch() throws IOException {
        byte[] base = world.worm().get(BASE).orElseThrow();
        SignedNote before = note("checkpoints/00000000000000000300");
        SignedNote after = note("checkpoints/00000000000000000500");

        KeyChain withOld = KeyChain.of(world.old.verifierKey(), List.of(base));
        KeyChain withNew = KeyChain.of(world.young.verifierKey(), List.of(base));

        assertThat(withOld.signer(before, Checkpoint.parse(before.text()))).isPresent();
        assertThat(withOld.signer(after, Checkpoint.parse(after.text()))).isEmpty();
        assertThat(withOld.refusal("the proof", after, Checkpoint.parse(after.text())))
                .contains("That is a later epoch of it, which began after a loss with a key of its own");
        assertThat(withNew.signer(before, Checkpoint.parse(before.text()))).isPresent();
        assertThat(withNew.signer(after, Checkpoint.parse(after.text()))).isPresent();
    }

    private SignedNote note(String object) {
        return SignedNote.parse(new String(world.worm().get(object).orElseThrow(), UTF_8));
    }

    @Test
    void aByteOfTheBase() throws IOException {
        byte[] real = world.worm().get(BASE).orElseThrow();
        for (int at = 0; at < real.length; at += 7) {
            byte[] changed = real.clone();
            changed[at] ^= 1;
            put(BASE, changed);
            for (Signer brought : List.of(world.old, world.young)) {
                assertThat(world.verify(brought).isIntact()).as("byte %d", at).isFalse();
            }
        }
        put(BASE, real);
        world.requireIntact(500);
    }

    @Test
    void aBaseThatIsGone() throws IOException {
        world.worm().remove(BASE);
        for (Signer brought : List.of(world.old, world.young)) {
            assertThat(world.verify(brought).isIntact()).isFalse();
        }
    }

    @Test
    void twoBases() throws IOException {
        Signer thief = EpochWorld.signer("thief", LOG + "/epoch-2");
        put("keys/2.base", base(thief, 2, LEFT, SealWorld.root(LEFT), null));
        requireFound(
                "keys/2.base",
                "FORK: expected the key " + world.old.verifierKey().idHex()
                        + " to be followed once, but keys/1.base and keys/2.base both begin after it.");
    }

    @Test
    void aBaseAndAStatementOfTheSameNumber() throws IOException {
        put("keys/1.statement", world.worm().get(BASE).orElseThrow());
        requireFound(BASE, "FORK: expected one key 1, but keys/1.base and keys/1.statement both name one.");
    }

    /** The thief has the very evidence, and everything but the new key. */
    @Test
    void aBaseByAStranger() throws IOException {
        Signer thief = EpochWorld.signer("thief", LOG + "/epoch-2");
        put(BASE, base(thief, 1, LEFT, SealWorld.root(LEFT), null));
        put(
                "checkpoint",
                EpochWorld.checkpoint(thief, 500, EpochWorld.root(500)).getBytes(UTF_8));
        put(
                "checkpoints/00000000000000000500",
                EpochWorld.checkpoint(thief, 500, EpochWorld.root(500)).getBytes(UTF_8));

        assertThat(world.verify(world.young).sentences())
                .anyMatch(sentence -> sentence.startsWith("Expected the key that you brought, "
                        + world.young.verifierKey().vkey() + ", to be one of the log's"));
        VerificationReport withOld = world.verify(world.old);
        assertThat(withOld.independent()).isFalse();
        assertThat(withOld.sentences()).anyMatch(sentence -> sentence.contains("to name the seal before it"));
    }

    @Test
    void aBaseThatAStrangerHasSigned() throws IOException {
        String real = new String(world.worm().get(BASE).orElseThrow(), UTF_8);
        Signer thief = EpochWorld.signer("thief", LOG + "/epoch-2");
        String text = SignedNote.parse(real).text();
        put(BASE, SignedNote.sign(text, thief).format().getBytes(UTF_8));
        requireFound(BASE, "Expected the base of an epoch that its key has signed and nobody else");
    }

    @Test
    void aBaseWithAnotherRootOrBehindTheArchive() throws IOException {
        put(BASE, base(world.young, 1, LEFT, SealWorld.root(LEFT - 1), null));
        requireFound(BASE, "Expected the tiles to prove that keys/1.base is a beginning of the newest checkpoint");
        put(BASE, base(world.young, 1, SEALED, SealWorld.root(SEALED), null));
        requireFound("seals/00000000000000000500.json", "to name the seal before it");
        put(BASE, base(world.young, 1, LEFT, SealWorld.root(LEFT), SealWorld.root(1)));
        requireFound(BASE, "Expected keys/1.base to follow seals/00000000000000000300.json");
    }

    /** No honest program makes such a base, so its text is written by hand and signed with the new key. */
    private void forge(String evidence, long size, Hash root) {
        EpochBase real = EpochBase.parse(made);
        String text = SignedNote.parse(new String(made, UTF_8))
                .text()
                .replace("witnessed size " + WITNESSED, "witnessed size " + size)
                .replace("witnessed root " + real.witnessed().root().base64(), "witnessed root " + root.base64())
                .replaceFirst(
                        "evidence \\S+", "evidence " + Base64.getEncoder().encodeToString(evidence.getBytes(UTF_8)));
        put(BASE, SignedNote.sign(text, world.young).format().getBytes(UTF_8));
    }

    @Test
    void evidenceThatProvesNothing() throws IOException {
        forge(EpochWorld.checkpoint(world.old, LEFT, SealWorld.root(LEFT)), LEFT, SealWorld.root(LEFT));
        requireFound(BASE, "Expected evidence of more than the 310 entries that the archive holds");
        Signer stranger = EpochWorld.signer("stranger", LOG);
        forge(
                EpochWorld.checkpoint(stranger, WITNESSED, SealWorld.root(WITNESSED)),
                WITNESSED,
                SealWorld.root(WITNESSED));
        requireFound(BASE, "Expected evidence that the old epoch's key has signed");
        forge(EpochWorld.evidence(), WITNESSED + 1, SealWorld.root(WITNESSED));
        requireFound(BASE, "Expected the base of an epoch that its key has signed and nobody else");
    }

    @Test
    void theOldKeySignsOn() throws IOException {
        for (long size : new long[] {LEFT + 1, WITNESSED, 500}) {
            String sealed = "checkpoints/%020d".formatted(size);
            put(
                    sealed,
                    EpochWorld.checkpoint(EpochWorld.signer("old", LOG), size, SealWorld.root(size))
                            .getBytes(UTF_8));
            requireFound(
                    sealed,
                    "FORK: the checkpoint in " + sealed + " of size " + size + " is signed with the key "
                            + world.old.verifierKey().idHex() + ", whose epoch has ended at size 310 (keys/1.base)");
        }
    }

    @Test
    void aBaseThatIsLockedForLessLongThanWhatRestsOnIt() throws IOException {
        var reader = new InMemoryStranger(world.worm(), world.live()) {
            @Override
            public Optional<ObjectLock> lock(String key) {
                return super.lock(key)
                        .map(lock -> key.equals(BASE)
                                ? new ObjectLock(lock.mode(), SealWorld.START.plus(Duration.ofDays(2)), lock.sha256())
                                : lock);
            }
        };
        assertThat(reader.verify(world.young.verifierKey()).findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.object()).isEqualTo(BASE);
                    assertThat(finding.sentence()).contains("to be locked for as long as checkpoints/");
                });
    }
}
