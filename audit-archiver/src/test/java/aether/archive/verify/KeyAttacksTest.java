package aether.archive.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import aether.archive.keys.KeyStatement;
import aether.archive.log.Cosigner;
import aether.archive.log.CosignerKey;
import aether.archive.log.Hash;
import aether.archive.log.VerifierKey;
import aether.archive.read.PrunedLog;
import aether.archive.seal.RotatingWorld;
import aether.archive.seal.SealWorld;
import aether.archive.store.ObjectLock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody can do who has an old key of the log and may write to the archive: nothing that is not found. */
class KeyAttacksTest {

    private static final int OLD = 0;
    private static final int MIDDLE = 1;
    private static final int NEW = 2;

    /** A key that the log never had. */
    private static final int THIEF = 3;

    private final RotatingWorld world = new RotatingWorld(4);

    @BeforeEach
    void growWithThreeKeys() throws IOException {
        world.live(OLD, null, 300);
        world.live(OLD, MIDDLE, 400);
        world.live(MIDDLE, NEW, 600);
        world.requireIntact(3, 600);
    }

    /** Whichever key the stranger brings, this is found about this object. */
    private void requireFound(String object, String sentence) throws IOException {
        for (int key = OLD; key <= NEW; key++) {
            assertThat(world.verify(world.key(key)).findings())
                    .as("with key %d", key)
                    .anySatisfy(finding -> {
                        assertThat(finding.object()).isEqualTo(object);
                        assertThat(finding.sentence()).contains(sentence);
                    });
        }
    }

    @Test
    void aCheckpointOfAnOldKeyBeyondItsEnd() throws IOException {
        for (String object : List.of("checkpoint", "checkpoints/00000000000000000600")) {
            String whole = world.text(object);
            world.forge(object, OLD, 600, SealWorld.root(600)); // even over the very tree
            requireFound(
                    object,
                    "FORK: the checkpoint in " + object + " of size 600 is signed with the key " + world.id(OLD)
                            + ", which has handed over at size 300 (keys/1.statement)");
            world.put(object, whole);
        }
    }

    @Test
    void aForkWhereTheKeyChanged() throws IOException {
        world.forge("checkpoints/00000000000000000300", OLD, 300, SealWorld.root(299));
        requireFound(
                "checkpoints/00000000000000000300",
                "FORK: expected the root " + SealWorld.root(300) + " at size 300, to which keys/1.statement swears");
    }

    @Test
    void aCheckpointOfANewKeyBeforeItsTime() throws IOException {
        world.forge("checkpoints/00000000000000000300", NEW, 300, SealWorld.root(300));
        requireFound("checkpoints/00000000000000000300", "which signs from size 400 on");
    }

    /** Signs a statement as the owner of both keys would. */
    private String statement(int number, long size, Hash root, Hash after, int from, int to) {
        Instant at = SealWorld.START.plus(Duration.ofDays(3));
        return new String(
                new KeyStatement(
                                number, size, root, after, at, world.key(from), world.key(to), second(from), second(to))
                        .sign(world.signer(from), world.signer(to)),
                UTF_8);
    }

    private @Nullable CosignerKey second(int key) {
        return world.signer(key).mlDsa44().map(Cosigner::key).orElse(null);
    }

    @Test
    void anotherStatementOfARetiredKey() throws IOException {
        world.put("keys/3.statement", statement(3, 500, SealWorld.root(500), SealWorld.root(1), OLD, THIEF));
        requireFound(
                "keys/3.statement",
                "FORK: expected keys/3.statement to be signed by the key " + world.id(NEW) + ", but it is signed by "
                        + world.id(OLD) + ", which has handed over at size 300 already");
    }

    @Test
    void twoStatementsForOneSize() throws IOException {
        world.put("keys/3.statement", statement(3, 400, SealWorld.root(400), SealWorld.root(1), NEW, THIEF));
        requireFound(
                "keys/3.statement",
                "FORK: expected one statement for size 400, but there are keys/2.statement and keys/3.statement");
    }

    @Test
    void aStatementInThePlaceOfTheRealOne() throws IOException {
        KeyStatement real = world.statement(1);
        world.put("keys/1.statement", statement(1, 300, real.root(), real.after(), OLD, THIEF));
        for (int key = OLD; key <= NEW; key++) {
            assertThat(world.verify(world.key(key)).isIntact()).isFalse();
        }
        assertThat(world.verify(world.key(OLD)).sentences())
                .anyMatch(sentence -> sentence.contains("Expected keys/2.statement to follow the key "
                        + world.key(THIEF).vkey() + ", but it follows "
                        + world.key(MIDDLE).vkey()));
        assertThat(world.verify(world.key(NEW)).sentences())
                .anyMatch(sentence -> sentence.startsWith(
                        "Expected the key that you brought, " + world.key(NEW).vkey()));
    }

    /** The thief rewrites all that is not behind a lock of somebody else: the seals still name the real statement. */
    @Test
    void theNewestStatementInThePlaceOfTheRealOne() throws IOException {
        KeyStatement real = world.statement(2);
        world.put("keys/2.statement", statement(2, 400, real.root(), real.after(), MIDDLE, THIEF));
        world.forge("checkpoint", THIEF, 600, SealWorld.root(600));
        world.forge("checkpoints/00000000000000000600", THIEF, 600, SealWorld.root(600));
        for (int key = OLD; key <= MIDDLE; key++) {
            assertThat(world.verify(world.key(key)).sentences())
                    .anyMatch(sentence ->
                            sentence.startsWith("Expected seals/00000000000000000600.json to name the seal before it"));
        }
        assertThat(world.verify(world.key(NEW)).sentences())
                .anyMatch(sentence -> sentence.startsWith("Expected the key that you brought"));
    }

    @Test
    void aStatementThatIsGone() throws IOException {
        world.worm().remove("keys/1.statement");
        requireFound("keys/1.statement", "Expected keys/1.statement before a later statement, but it is missing");
        world.worm().remove("keys/2.statement");
        assertThat(world.verify(world.key(OLD)).sentences())
                .anyMatch(sentence -> sentence.contains(
                        "has no valid signature of " + world.key(OLD).vkey()));
        assertThat(world.verify(world.key(NEW)).isIntact()).isFalse();
    }

    @Test
    void aStatementOfAKeyThatNobodyHas() throws IOException {
        VerifierKey stranger = world.key(THIEF);
        String real = world.text("keys/2.statement");
        world.put("keys/2.statement", real.replace(world.key(NEW).vkey(), stranger.vkey()));
        requireFound("keys/2.statement", "The statement keys/2.statement is worth nothing.");
        world.put("keys/2.statement", real.substring(0, real.length() - 1) + "\n");
        world.requireIntact(3, 600);
        String[] lines = real.split("\n", -1);
        world.put("keys/2.statement", real.replace(lines[lines.length - 2] + "\n", "")); // one signature less
        requireFound("keys/2.statement", "keys have signed and nobody else, but it is not");
    }

    @Test
    void aKeyThatTheLogNeverHad() throws IOException {
        assertThat(world.verify(world.key(THIEF)).sentences())
                .singleElement()
                .asString()
                .startsWith("Expected the key that you brought, "
                        + world.key(THIEF).vkey() + ", to be one of the log's, but those are "
                        + world.key(OLD).vkey());
    }

    @Test
    void whatWasPrunedInALaterTimeByAnOldKey() throws IOException {
        Instant late = SealWorld.START.plus(Duration.ofDays(3_000));
        PrunedLog pruned = new PrunedLog("audit.test/log", 256, SealWorld.root(256), SealWorld.START, late);
        world.put(pruned.key(), new String(pruned.sign(world.signer(OLD)), UTF_8));
        requireFound(pruned.key(), "signed with " + world.key(NEW).vkey() + ", but it is not");
    }

    @ParameterizedTest
    @ValueSource(strings = {"keys/1.statement", "retention/0000.json"})
    void whatIsLockedForLessLongThanWhatRestsOnIt(String foundation) throws IOException {
        var reader = new InMemoryStranger(world.worm(), world.live()) {
            @Override
            public Optional<ObjectLock> lock(String key) {
                return super.lock(key)
                        .map(lock -> key.equals(foundation)
                                ? new ObjectLock(lock.mode(), SealWorld.START.plusSeconds(1), lock.sha256())
                                : lock);
            }
        };
        assertThat(reader.verify(world.key(OLD)).findings()).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(VerificationLevel.LOCKS);
            assertThat(finding.object()).isEqualTo(foundation);
            assertThat(finding.sentence()).contains("to be locked for as long as checkpoints/00000000000000000600");
        });
    }

    @Test
    void saysWhichKeysThereWere() throws IOException {
        assertThat(world.verify(world.key(NEW)).remarks())
                .contains("The log's key changed at size 300 on "
                        + world.statement(1).at() + ", from " + world.id(OLD) + " to " + world.id(MIDDLE)
                        + "; both have signed keys/1.statement.");
    }
}
