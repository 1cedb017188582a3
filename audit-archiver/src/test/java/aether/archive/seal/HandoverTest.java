package aether.archive.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import aether.archive.keys.KeyStatement;
import aether.archive.log.Cosigner;
import aether.archive.log.SignedNote;
import aether.archive.store.FailureSwitch;
import aether.archive.store.FailureSwitch.Moment;
import aether.archive.store.ObjectLock;
import aether.archive.store.TamperAlarm;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The log is handed from key to key while it grows. */
class HandoverTest {

    private static final int KEYS = 4;

    private final RotatingWorld world = new RotatingWorld(KEYS);

    @Test
    void theNextKeySignsFromTheStatementOn() throws IOException {
        world.live(0, null, 300);
        world.grow(world.open(0, null), 310);

        Sealer sealer = world.open(0, 1);

        KeyStatement statement = world.statement(1);
        assertThat(statement.size()).isEqualTo(310);
        assertThat(statement.root()).isEqualTo(SealWorld.root(310));
        assertThat(statement.at()).isEqualTo(SealWorld.START.plus(Duration.ofDays(1)));
        assertThat(statement.from()).isEqualTo(world.key(0));
        assertThat(statement.to()).isEqualTo(world.key(1));
        assertThat(SignedNote.parse(world.text("checkpoint")).isSignedBy(world.key(1)))
                .isTrue();
        assertThat(SignedNote.parse(world.text("checkpoints/00000000000000000310"))
                        .isSignedBy(world.key(0)))
                .as("what the old key has signed is sealed before it goes")
                .isTrue();
        assertThat(sealer.keys().present().key()).isEqualTo(world.key(1));
        world.requireIntact(2, 310);

        world.live(1, null, 700);
        world.requireIntact(2, 700);
        assertThat(world.largestSignedWith(0)).isEqualTo(310);
    }

    @Test
    void threeTimesInOneTree() throws IOException {
        world.live(0, null, 300);
        world.live(0, 1, 400);
        world.live(1, 2, 500);
        world.live(2, 3, 1_000);

        world.requireIntact(KEYS, 1_000);
        assertThat(world.open(3, null).keys().statements())
                .extracting(KeyStatement::size)
                .containsExactly(300L, 400L, 500L);
        assertThat(world.largestSignedWith(1)).isEqualTo(400);
    }

    @Test
    void whoeverHasTheKeyAlreadyHandsOverNothingMore() throws IOException {
        world.live(0, 1, 300);
        world.open(0, 1);
        Map<String, byte[]> before = new TreeMap<>(world.worm().objects());

        world.open(0, 1);
        world.open(1, 1);
        world.open(1, null);

        assertThat(world.worm().objects()).usingRecursiveComparison().isEqualTo(before);
    }

    @Test
    void anEmptyLogAndAKeyThatHasSignedNothingWait() throws IOException {
        assertThat(world.open(0, 1).keys().statements()).isEmpty();
        world.live(0, null, 30);
        world.open(0, 1);

        assertThat(world.open(1, 2).keys().statements()).hasSize(1);
        world.live(1, 2, 31);
        assertThat(world.open(1, 2).keys().statements()).hasSize(2);
        world.requireIntact(3, 31);
    }

    @Test
    void whoeverHasOnlyAnEarlierKeySaysWhichOneIsMissing() throws IOException {
        world.live(0, null, 300);
        world.open(0, 1);

        assertThatThrownBy(() -> world.open(0, null))
                .isInstanceOf(MissingKey.class)
                .hasMessageContaining("Expected the key " + world.key(1).vkey())
                .hasMessageContaining("from size 300 on (keys/1.statement)")
                .hasMessageContaining("an earlier one, " + world.key(0).vkey());
        assertThatThrownBy(() -> world.open(2, 3))
                .isInstanceOf(MissingKey.class)
                .hasMessageContaining("another one, " + world.key(2).vkey());
        world.requireIntact(2, 300);
    }

    @Test
    void findsItsPlaceAgainWhenTheHeadIsLost() throws IOException {
        world.live(0, null, 300);
        world.open(0, 1);
        world.loseHead();
        world.grow(world.open(1, null), 310);
        world.loseHead();
        world.live(1, null, 320);
        world.loseHead();

        assertThat(world.open(1, null).size()).isEqualTo(320);
        world.requireIntact(2, 320);
    }

    @Test
    void doesNotGoOnBehindTheStatement() throws IOException {
        world.live(0, null, 300);
        Head before = world.heads().read();
        world.live(0, null, 600);
        world.open(0, 1);
        Head after = world.heads().read();
        assertThat(world.heads().compareAndSet(after, before)).isTrue(); // an old backup of the database was put back

        assertThatThrownBy(() -> world.open(1, null))
                .isInstanceOf(TamperAlarm.class)
                .hasMessageContaining("Expected the log to reach size 600, at which its key " + world.id(1)
                        + " took over, but it ends at 300");
        world.loseHead(); // what the documentation says to do
        world.live(1, null, 700);
        world.requireIntact(2, 700);
    }

    @Test
    void keysAndStatementsOutliveWhatTheyVouchFor() throws IOException {
        world.live(0, null, 300);
        world.open(0, 1);
        for (int year = 1; year <= 3; year++) {
            world.passes(Duration.ofDays(365));
            world.live(1, null, 300 + year);
        }

        String newest = "checkpoints/00000000000000000303";
        for (String object : world.worm().list("keys/")) {
            assertThat(until(object)).as(object).isAfterOrEqualTo(until(newest));
        }
        world.requireIntact(2, 303);
        Instant kept = until("keys/1.statement");
        world.passes(Duration.ofDays(29));
        world.live(1, null, 304);
        assertThat(until("keys/1.statement")).as("renewed once in a while only").isEqualTo(kept);
        world.passes(Duration.ofDays(2));
        world.live(1, null, 305);
        assertThat(until("keys/1.statement")).isAfter(kept.plus(Duration.ofDays(30)));
    }

    private Instant until(String object) {
        return world.worm().lock(object).map(ObjectLock::until).orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(Moment.class)
    void everyDeathOnTheWayIsFinishedByOpening(Moment moment) throws IOException {
        int changes = changesOfAHandover();
        assertThat(changes).isGreaterThan(7);
        for (int death = 0; death < changes; death++) {
            for (boolean headIsLost : new boolean[] {false, true}) {
                RotatingWorld dying = new RotatingWorld(KEYS);
                dying.live(0, null, 300);
                dying.grow(dying.open(0, null), 310);
                dying.failures().failAt(death, moment);
                assertThatThrownBy(() -> dying.open(0, 1)).hasMessageContaining("it was kept");
                dying.failures().off();

                assertThat(dying.verify(dying.key(0)).sentences())
                        .as("death %d", death)
                        .isEmpty();
                if (headIsLost) {
                    dying.loseHead();
                }
                dying.open(0, 1);
                dying.live(1, null, 320);
                dying.requireIntact(2, 320);
                assertThat(dying.largestSignedWith(0)).isEqualTo(310);
                assertThat(dying.statement(1).size()).isEqualTo(310);
            }
        }
    }

    private static int changesOfAHandover() throws IOException {
        RotatingWorld whole = new RotatingWorld(KEYS);
        whole.live(0, null, 300);
        whole.grow(whole.open(0, null), 310);
        whole.failures().off();
        whole.open(0, 1);
        return whole.failures().operations();
    }

    /** Two archivers with the same next key: one is held up before the statement, and the other finishes it. */
    @Test
    void theStandbyMakesTheVeryStatement() throws IOException {
        world.live(0, null, 300);
        int[] statements = new int[1];
        for (int pause = 0; pause < 4; pause++) {
            RotatingWorld shared = new RotatingWorld(KEYS);
            shared.live(0, null, 300);
            shared.failures().interruptAt(pause, Moment.BEFORE, () -> {
                shared.open(0, 1);
                statements[0]++;
            });
            try {
                shared.open(0, 1);
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("another writer moved it");
            }
            shared.failures().off();
            shared.live(1, null, 320);
            shared.requireIntact(2, 320);
        }
        assertThat(statements[0]).isEqualTo(4);
    }

    @Test
    void onceTheHeadSpeaksOfItNobodyGoesOnWithoutTheNextKey() throws IOException {
        world.live(0, null, 300);
        FailureSwitch failures = world.failures();
        failures.failAt(1, Moment.BEFORE); // the head is set, the statement is not written
        assertThatThrownBy(() -> world.open(0, 1)).isInstanceOf(IOException.class);
        failures.off();
        assertThat(world.worm().get("keys/1.statement")).isEmpty();

        for (Integer other : new Integer[] {null, 2}) {
            assertThatThrownBy(() -> world.open(0, other))
                    .isInstanceOf(TamperAlarm.class)
                    .hasMessageContaining("Has another archiver begun to change the key there?");
        }
        world.open(0, 1);
        world.requireIntact(2, 300);
    }

    @Test
    void aKeyThatComesWithoutTheSecondOneDoesNotFollow() throws IOException {
        assumeTrue(Cosigner.hasMlDsa44(), "This Java platform has no ML-DSA-44, which needs Java 24 or newer.");
        world.live(0, null, 30);
        NextKey alone = new NextKey(SealWorld.SIGNER, SealWorld.START, "scheduled", "");

        assertThatThrownBy(() -> Sealer.open(
                        new ArchiveStores(world.worm(), world.live(), world.heads()),
                        new SigningKeys(world.signer(0), alone),
                        SealSettings.DEFAULTS,
                        world::now))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Expected an ML-DSA-44 key to be followed by another one");
        world.requireIntact(1, 30);
        assertThat(new String(world.worm().get("keys/0.vkey").orElseThrow(), UTF_8))
                .startsWith(world.key(0).vkey());
    }
}
