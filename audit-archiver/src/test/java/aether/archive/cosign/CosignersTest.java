package aether.archive.cosign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.archive.log.Hash;
import aether.archive.log.ProofBuilder;
import aether.archive.log.SignedNote;
import aether.archive.read.TileCache;
import aether.archive.seal.ProvenLoss;
import aether.archive.seal.SealWorld;
import aether.archive.seal.Sealer;
import aether.archive.store.FailureSwitch.Moment;
import aether.archive.store.TamperAlarm;
import aether.archive.verify.VerificationReport;
import aether.archive.witness.TestWitness;
import aether.archive.witness.TestWitness.Fault;
import aether.archive.witness.WitnessClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The archiver's side beside a sealer, over real HTTP before witnesses that do whatever they like. */
class CosignersTest {

    private static final Instant START = SealWorld.START.plusSeconds(3_600);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private final SealWorld world = new SealWorld();
    private Duration passed = Duration.ZERO;
    private TestWitness w1;
    private TestWitness w2;
    private Cosigners cosigners;
    private long sealed;
    private long logSize;

    @BeforeEach
    void start() throws IOException {
        w1 = witness("w1");
        w2 = witness("w2");
        cosigners = cosigners();
        seal(300);
    }

    @AfterEach
    void stop() throws IOException {
        cosigners.close();
        w1.close();
        w2.close();
    }

    private TestWitness witness(String name) throws IOException {
        return new TestWitness(
                "witness.test/" + name,
                SealWorld.SIGNER.verifierKey(),
                directory.resolve(name),
                () -> START.plus(passed));
    }

    private Cosigners cosigners() {
        return Cosigners.overHttp(
                new CosignSettings(List.of(w1.address(), w2.address()), CosignSettings.EVERY),
                () -> new ArchiveAccess.Opened(world.reader(), () -> {}),
                () -> START.plus(passed),
                () -> passed.toNanos());
    }

    private void seal(long size) throws IOException {
        Sealer sealer = world.open();
        sealer.append(SealWorld.entries(sealer.size(), size));
        sealer.seal(SealWorld.offsets(size));
        sealed = sealer.sealedSize();
        logSize = sealed;
    }

    private void step() {
        cosigners.step(world.worm, sealed, logSize);
    }

    /** Steps as the archiver would, while the clock of the test stands, until what is expected has come. */
    private void until(BooleanSupplier expected) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        step();
        while (!expected.getAsBoolean()) {
            assertThat(System.nanoTime()).as("%s", cosigners.report()).isLessThan(end);
            LockSupport.parkNanos(1_000_000);
            step();
        }
    }

    private void pass(Duration time) {
        passed = passed.plus(time);
    }

    private List<String> kept() {
        return world.worm.list(Cosignatures.PREFIX);
    }

    private String key(long size, TestWitness witness) {
        return Cosignatures.key(size, witness.key());
    }

    private List<String> sorted(String... keys) {
        return Stream.of(keys).sorted().toList();
    }

    @Test
    void allWitnessesCosignTheSameCheckpointInEachRoundAndAStrangerFindsIt() throws IOException {
        until(() -> kept().size() == 2);
        seal(310);
        seal(1_000);
        int asked = w1.questions();
        pass(Duration.ofMinutes(9));
        step();
        assertThat(w1.questions()).as("the round is not over").isEqualTo(asked);

        pass(Duration.ofMinutes(1));
        until(() -> kept().size() == 4);
        assertThat(kept().stream().sorted().toList())
                .isEqualTo(sorted(key(300, w1), key(300, w2), key(1_000, w1), key(1_000, w2)));
        SignedNote note =
                SignedNote.parse(new String(world.worm.get(key(1_000, w2)).orElseThrow(), UTF_8));
        assertThat(w2.key().cosigned(note)).contains(START.plus(passed));
        assertThat(world.worm.lock(key(1_000, w2)).orElseThrow().until())
                .isEqualTo(world.worm
                        .lock("checkpoints/00000000000000001000")
                        .orElseThrow()
                        .until());
        assertThat(cosigners.alarms()).isEmpty();
        assertThat(cosigners.report())
                .isEqualTo("w1 has cosigned size 1000 at 2026-11-24T01:10:00Z. w2 has cosigned size 1000 at"
                        + " 2026-11-24T01:10:00Z.");
        VerificationReport report = world.verify();
        assertThat(report.sentences()).isEmpty();
        assertThat(report.remarks())
                .singleElement()
                .asString()
                .startsWith("4 cosignatures of witness.test/w1, witness.test/w2, checked with the keys in the archive")
                .endsWith("the newest, size 1000 at 2026-11-24T01:10:00Z.");
    }

    @ParameterizedTest
    @CsvSource({
        "AWAY, to answer, but it does not",
        "BUSY, answered 503 Later.",
        "ENDLESS, to answer, but it does not",
    })
    void aWitnessThatIsAwayIsNoAlarmAndCatchesUp(Fault fault, String words) throws IOException {
        w2.fault(fault);
        until(() -> cosigners.report().contains(words) && !kept().isEmpty());
        assertThat(kept()).containsExactly(key(300, w1));
        assertThat(cosigners.alarms()).isEmpty();
        assertThat(cosigners.report()).endsWith("Asking again in PT1M.");
        seal(700);
        pass(Duration.ofMinutes(10));
        until(() -> kept().contains(key(700, w1)) && cosigners.report().contains("Asking again in PT2M."));

        w2.fault(Fault.NONE);
        pass(Duration.ofMinutes(10));
        until(() -> kept().contains(key(700, w2)));
        assertThat(kept()).doesNotContain(key(300, w2));
        assertThat(cosigners.report()).doesNotContain("Asking again");
        assertThat(world.verify().sentences()).isEmpty();
    }

    @Test
    void aSilentWitnessIsGivenUpAndHoldsUpNobody() {
        w2.fault(Fault.SLOW);
        until(() -> kept().contains(key(300, w1)) && w2.questions() == 1);
        pass(Duration.ofSeconds(19));
        step();
        assertThat(cosigners.report()).doesNotContain("Expected");
        pass(Duration.ofSeconds(1));
        step();
        assertThat(cosigners.report())
                .endsWith("Expected an answer within PT20S, but there was none. Asking again in PT1M.");
        assertThat(cosigners.alarms()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "REFUSES, to cosign but it answered 422 The proof does not hold.",
        "OTHER_KEY, what came is not signed with that key.",
        "LARGER_SIZE, 'ROLLBACK: the witness w2 says that it has followed the log to 999999 entries but the log has 300'",
        "SAME_SIZE, it answered 409 1.",
        "NONSENSE, Expected signature lines of witness.test/w2",
    })
    void whatAWitnessRefusesIsAnAlarmUntilItCosignsAgain(Fault fault, String words) {
        w2.fault(fault);
        until(() -> !cosigners.alarms().isEmpty() && !kept().isEmpty());
        assertThat(cosigners.alarms().getFirst().replace(",", "")).contains(words);
        assertThat(kept()).as("nothing of it is kept").containsExactly(key(300, w1));

        w2.fault(Fault.NONE);
        step();
        assertThat(cosigners.alarms()).hasSize(1);
        pass(Duration.ofMinutes(1));
        until(() -> kept().size() == 2);
        assertThat(cosigners.alarms()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "REFUSES, differs-from-seen, 422, -1",
        "OTHER_KEY, wrong-signature, 200, -1",
        "LARGER_SIZE, shorter-than-seen, 409, 999999",
        "SAME_SIZE, differs-from-seen, 409, 1",
        "NONSENSE, wrong-signature, 200, -1",
    })
    void whatAWitnessRefusesIsNewsOncePerCauseUntilItSignsAgain(Fault fault, String cause, int status, long itsSize)
            throws IOException {
        List<WitnessNews> news = new ArrayList<>();
        w2.fault(fault);
        until(() -> !cosigners.alarms().isEmpty() && !kept().isEmpty());
        pass(Duration.ofMinutes(1));
        int asked = w2.questions();
        until(() -> w2.questions() > asked && cosigners.report().contains("Asking again in PT2M"));
        cosigners.tell(news::add);

        Hash root = SealWorld.root(300);
        assertThat(news)
                .containsExactly(
                        new WitnessNews.Agreed(w1.key(), 300, root, START),
                        new WitnessNews.Refused(w2.key(), 300, root, causeOf(cause), status, itsSize, 0));
        w2.fault(Fault.NONE);
        pass(Duration.ofMinutes(2));
        until(() -> kept().size() == 2);
        news.clear();
        cosigners.tell(news::add);
        assertThat(news).containsExactly(new WitnessNews.Agreed(w2.key(), 300, root, START.plus(passed)));

        w2.fault(fault);
        seal(310);
        pass(CosignSettings.EVERY);
        until(() -> !cosigners.alarms().isEmpty() && kept().size() == 3);
        news.clear();
        cosigners.tell(news::add);
        assertThat(news).singleElement().isInstanceOfSatisfying(WitnessNews.Refused.class, again -> {
            assertThat(again.size()).isEqualTo(310);
            assertThat(again.signedSize()).isEqualTo(300);
        });
    }

    private static RefusalCause causeOf(String word) {
        return Stream.of(RefusalCause.values())
                .filter(cause -> cause.word().equals(word))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aNewProcessTellsAnewWhatIsRefusedAndWhoSigns() throws IOException {
        w2.fault(Fault.REFUSES);
        until(() -> !cosigners.alarms().isEmpty() && !kept().isEmpty());
        List<WitnessNews> before = new ArrayList<>();
        cosigners.tell(before::add);
        cosigners.close();
        cosigners = cosigners();
        until(() -> !cosigners.alarms().isEmpty());
        List<WitnessNews> after = new ArrayList<>();
        cosigners.tell(after::add);
        assertThat(after).singleElement().isEqualTo(before.getLast());

        cosigners.close();
        cosigners = cosigners();
        w2.fault(Fault.NONE);
        until(() -> kept().size() == 2);
        List<WitnessNews> agreed = new ArrayList<>();
        cosigners.tell(agreed::add);
        assertThat(agreed)
                .as("this process has heard of no refusal, but one before it may have")
                .containsExactly(new WitnessNews.Agreed(w2.key(), 300, SealWorld.root(300), START));
    }

    @Test
    void newsThatCannotBeKeptComeAgain() throws IOException {
        until(() -> kept().size() == 2);
        assertThatThrownBy(() -> cosigners.tell(news -> {
                    throw new IOException("the disk is full");
                }))
                .hasMessage("the disk is full");
        List<WitnessNews> news = new ArrayList<>();
        cosigners.tell(news::add);
        cosigners.tell(news::add);
        assertThat(news).extracting(WitnessNews::witness).containsExactly(w1.key(), w2.key());
    }

    @Test
    void anOlderArchiveInItsPlaceIsRefused() throws IOException {
        seal(600);
        until(() -> kept().size() == 2);
        SealWorld older = new SealWorld();
        Sealer sealer = older.open();
        sealer.append(SealWorld.entries(0, 500));
        sealer.seal(SealWorld.offsets(500));
        try (Cosigners after = Cosigners.overHttp(
                new CosignSettings(List.of(w1.address()), CosignSettings.EVERY),
                () -> new ArchiveAccess.Opened(older.reader(), () -> {}),
                () -> START.plus(passed),
                () -> passed.toNanos())) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            assertThatThrownBy(() -> {
                        while (System.nanoTime() < end) {
                            after.step(older.worm, 500, 500);
                            LockSupport.parkNanos(1_000_000);
                        }
                    })
                    .cause()
                    .isInstanceOf(ProvenLoss.class)
                    .hasMessageContaining(
                            "Expected the log to reach size 600, which was seen by the witness w1, but it ends"
                                    + " at 500.");
        }
        try (Cosigners after = Cosigners.overHttp(
                new CosignSettings(List.of(w1.address()), CosignSettings.EVERY),
                () -> new ArchiveAccess.Opened(older.reader(), () -> {}),
                () -> START.plus(passed),
                () -> passed.toNanos())) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            sealer.append(List.of("another past".getBytes(UTF_8)));
            sealer.append(SealWorld.entries(501, 900));
            sealer.seal(SealWorld.offsets(900));
            pass(Duration.ofMinutes(10));
            while (after.alarms().isEmpty() || !after.alarms().getFirst().contains("422 FORK")) {
                assertThat(System.nanoTime()).as(after.report()).isLessThan(end);
                after.step(older.worm, 900, 900);
                LockSupport.parkNanos(1_000_000);
            }
            assertThat(older.worm.list(Cosignatures.PREFIX)).isEmpty();
        }
    }

    @Test
    void aWitnessThatWasBroughtTheLiveCheckpointWaitsForASealOfItsSize() throws IOException {
        until(() -> kept().size() == 2);
        seal(400);
        Sealer sealer = world.open();
        sealer.append(SealWorld.entries(400, 420));
        sealer.publish();
        logSize = 420;
        bringLive(w2);
        pass(Duration.ofMinutes(10));
        until(() -> cosigners.report().contains("It has seen 420 entries already") && kept().contains(key(400, w1)));
        assertThat(cosigners.alarms()).isEmpty();

        seal(430);
        pass(Duration.ofMinutes(1));
        until(() -> kept().contains(key(430, w2)) && kept().contains(key(430, w1)));
        assertThat(kept()).doesNotContain(key(400, w2));
    }

    private void bringLive(TestWitness witness) throws IOException {
        try {
            SignedNote live = SignedNote.parse(
                    new String(world.reader().read("checkpoint").orElseThrow(), UTF_8));
            ProofBuilder proofs = new ProofBuilder(new TileCache(world.reader()), 420);
            assertThat(new WitnessClient(witness.address().submission(), witness.key())
                            .line(live, 420, WitnessClient.Consistency.of(proofs)))
                    .contains(witness.key().name());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, BEFORE", "0, AFTER", "1, BEFORE", "1, AFTER", "2, BEFORE", "2, AFTER", "3, BEFORE", "3, AFTER"})
    void whatTheStoreDidNotConfirmIsPutAgainWithTheSameBytes(int write, Moment moment) {
        world.failures().failAt(write, moment);
        until(() -> cosigners.report().contains("it was kept. Asking again in PT1M.")
                && cosigners.report().contains("has cosigned size 300"));
        int asked = w1.questions() + w2.questions();
        pass(Duration.ofMinutes(1));
        until(() -> kept().size() == 2 && !cosigners.report().contains("Asking"));
        assertThat(w1.questions() + w2.questions())
                .as("nothing was asked twice")
                .isLessThanOrEqualTo(asked + 1);
    }

    /** The process dies at a write; the next one knows nothing but what is in the archive. */
    @ParameterizedTest
    @CsvSource({"0, BEFORE", "0, AFTER", "1, BEFORE", "1, AFTER", "2, BEFORE", "2, AFTER", "3, BEFORE", "3, AFTER"})
    void aNewProcessGoesOnWhereTheOldOneDied(int write, Moment moment) throws IOException {
        world.failures().failAt(write, moment);
        until(() -> cosigners.report().contains("it was kept."));
        world.failures().off();
        Map<String, byte[]> before = Map.copyOf(world.worm.objects());
        cosigners.close();
        pass(Duration.ofSeconds(5)); // so that a second signature has other bytes
        cosigners = cosigners();

        until(() -> kept().size() == 2);
        before.forEach(
                (object, bytes) -> assertThat(world.worm.get(object)).as(object).hasValue(bytes));
        seal(320);
        step();
        assertThat(kept()).hasSize(2);
        pass(CosignSettings.EVERY);
        until(() -> kept().size() == 4);
        assertThat(world.verify().sentences()).isEmpty();
    }

    @Test
    void anotherArchiversCosignatureOfTheSameCheckpointIsAsGood() throws IOException {
        until(() -> kept().size() == 2);
        byte[] first = world.worm.get(key(300, w1)).orElseThrow();
        pass(Duration.ofSeconds(30));
        Cosigners slow = cosigners(); // has looked, and then another archiver was faster
        try {
            world.worm.remove(key(300, w1));
            slow.step(world.worm, sealed, sealed);
            world.worm.put(key(300, w1), first, START);
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!slow.report().contains("w1 has cosigned size 300 at 2026-11-24T01:00:00Z")) {
                assertThat(System.nanoTime()).as(slow.report()).isLessThan(end);
                slow.step(world.worm, sealed, sealed);
                LockSupport.parkNanos(1_000_000);
            }
        } finally {
            slow.close();
        }
    }

    @Test
    void anObjectThatTheWitnessDidNotSignIsTampering() throws IOException {
        w2.fault(Fault.AWAY);
        w1.fault(Fault.BUSY);
        until(() -> cosigners.report().contains("503"));
        world.worm.put(key(300, w1), "something else".getBytes(UTF_8), START);
        w1.fault(Fault.NONE);
        pass(Duration.ofMinutes(1));
        assertThatThrownBy(() -> until(() -> false))
                .isInstanceOf(TamperAlarm.class)
                .hasMessageContaining("to be cosigned by " + w1.key().vkey());
    }

    @Test
    void aWitnessesKeyIsLockedForAsLongAsWhatItSigned() throws IOException {
        until(() -> kept().size() == 2);
        String key = Cosignatures.witness(w1.key());
        assertThat(world.worm.lock(key).orElseThrow().until())
                .isAfter(world.worm.lock(key(300, w1)).orElseThrow().until());
        world.later(Duration.ofDays(400));
        seal(310);
        pass(Duration.ofDays(400));
        until(() -> kept().size() == 4);
        assertThat(world.worm.lock(key).orElseThrow().until())
                .isAfter(world.worm.lock(key(310, w1)).orElseThrow().until());
        assertThat(world.verify().sentences()).isEmpty();
    }

    @Test
    void settingsRefuseWhatCannotWork() {
        assertThatThrownBy(() -> new CosignSettings(List.of(w1.address(), w1.address()), CosignSettings.EVERY))
                .hasMessageContaining("an id of its own");
        assertThatThrownBy(() -> new CosignSettings(List.of(), Duration.ZERO)).hasMessageContaining("positive");
        assertThatThrownBy(() -> new WitnessAddress("w1", w1.key(), URI.create("")))
                .hasMessage("Expected the witness w1 at http://HOST/PATH or https://HOST/PATH, but got ''.");
        assertThatThrownBy(() -> new CosignSettings(Collections.nCopies(17, w1.address()), CosignSettings.EVERY))
                .hasMessage("Expected at most 16 witnesses, but got 17.");
    }
}
