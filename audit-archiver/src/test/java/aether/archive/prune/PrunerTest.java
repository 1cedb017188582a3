package aether.archive.prune;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.archive.log.TlogProof;
import aether.archive.read.PrunedLog;
import aether.archive.seal.PrunableWorld;
import aether.archive.seal.SealWorld;
import aether.archive.store.FailureSwitch.Moment;
import aether.archive.store.ObjectLock;
import aether.archive.verify.ArchiveProver;
import aether.archive.verify.PromisedEntries;
import aether.archive.verify.VerificationLevel;
import aether.archive.verify.VerificationReport;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Seven years pass by a clock that is a variable. */
class PrunerTest {

    private static final Duration EIGHT_YEARS = Duration.ofDays(8 * 365);

    private final PrunableWorld world = new PrunableWorld();

    private PrunePlan plan() throws IOException {
        return world.pruner().plan();
    }

    private PruneResult prune() throws IOException {
        Pruner pruner = world.pruner();
        return pruner.prune(pruner.plan(), SealWorld.SIGNER);
    }

    @Test
    void nothingGoesBeforeItsTime() throws IOException {
        world.live(0, 1_000);
        world.passes(Duration.ofDays(7 * 365));

        PrunePlan plan = plan();

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.stopped()).startsWith("Entry 0 is kept until 2034-02-");
        assertThat(prune()).isEqualTo(new PruneResult(0, 0, 0));
        assertThat(world.report().remarks()).isEmpty();
    }

    /** Else a policy of ten years could be taken away after ten, and a verifier would take seven for enough. */
    @Test
    void whatItIsJudgedByIsLockedForAsLongAsWhatIsKept() throws IOException {
        world.live(0, 1_000);
        world.passes(EIGHT_YEARS);
        world.live(1_000, 1_700);
        prune();
        for (int month = 1; month <= 3; month++) {
            world.passes(Duration.ofDays(29));
            world.live(1_600 + 100 * month, 1_700 + 100 * month);

            Instant newest = until(String.format("checkpoints/%020d", 1_700 + 100 * month));
            assertThat(until("retention/0000.json")).isAfterOrEqualTo(newest);
            assertThat(until("pruned/00000000000000000768")).isAfterOrEqualTo(newest);
            assertThat(world.report(VerificationLevel.LOCKS).findings()).isEmpty();
        }
    }

    private Instant until(String object) {
        return world.worm().lock(object).map(ObjectLock::until).orElseThrow();
    }

    @Test
    void whatIsLeftVerifiesOldProofsHoldAndTheLogGoesOn() throws IOException {
        world.live(0, 1_000);
        TlogProof old = ArchiveProver.open(world.reader(), SealWorld.SIGNER.verifierKey())
                .atIndex(17);
        world.passes(EIGHT_YEARS);
        world.live(1_000, 1_700);

        PrunePlan plan = plan();
        assertThat(plan.below()).isEqualTo(768);
        assertThat(plan.stopped()).startsWith("Entry 768 is kept until 2042");
        PruneResult result = prune();

        assertThat(result.below()).isEqualTo(768);
        assertThat(result.removed()).isEqualTo(plan.objects()).isGreaterThanOrEqualTo(6);
        assertThat(world.objects())
                .doesNotContain("tile/entries/000", "tile/entries/002", "tile/0/000", "tile/0/002")
                .contains("tile/entries/003", "tile/0/003", "pruned/00000000000000000768");
        VerificationReport report = world.report();
        assertThat(report.sentences()).isEmpty();
        assertThat(report.entries()).isEqualTo(1_700);
        assertThat(report.remarks())
                .singleElement()
                .asString()
                .startsWith("Entries below 768 may have been pruned by rule");
        assertThat(old.proves(old.entry().orElseThrow(), SealWorld.SIGNER.verifierKey()))
                .as("a proof that somebody has is as good as ever")
                .isTrue();
        world.live(1_700, 2_100);
        assertThat(world.report().sentences()).isEmpty();
        assertThat(world.holds(3)).as("a repeat of what is gone is no alarm").isTrue();
        assertThat(ArchiveProver.open(world.reader(), SealWorld.SIGNER.verifierKey())
                        .atIndex(800)
                        .index())
                .isEqualTo(800);
        assertThatThrownBy(() -> PromisedEntries.of(world.reader(), null).forEach((position, entry) -> {}))
                .hasMessageContaining("those below 768 were pruned when their time was over");
    }

    @Test
    void prunesAgainAndAgain() throws IOException {
        world.live(0, 70_000);
        world.passes(EIGHT_YEARS);
        world.live(70_000, 70_010);
        prune();
        assertThat(world.objects()).doesNotContain("tile/1/000").contains("tile/1/001.p/17");
        assertThat(world.report().sentences()).isEmpty();
        assertThat(plan().isEmpty()).isTrue();

        world.live(70_010, 71_000);
        world.passes(EIGHT_YEARS);
        prune();

        assertThat(world.report().sentences()).isEmpty();
        assertThat(world.objects())
                .filteredOn(object -> object.startsWith(PrunedLog.PREFIX))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tile/entries/004", "tile/0/003", "tile/0/005", "pruned/00000000000000000768"})
    void whatIsMissingBesidesIsStillRefused(String object) throws IOException {
        world.live(0, 1_000);
        world.passes(EIGHT_YEARS);
        world.live(1_000, 1_700);
        prune();

        world.worm().remove(object);

        assertThat(world.report().isIntact()).isFalse();
    }

    @Test
    void aStatementThatComesTooEarlyOrFromSomebodyElseExcusesNothing() throws IOException {
        world.live(0, 1_000);
        PrunedLog early = new PrunedLog(
                SealWorld.SIGNER.verifierKey().name(),
                256,
                world.root(256),
                world.now(),
                world.now().plus(Duration.ofDays(1)));
        world.worm().put(early.key(), early.sign(SealWorld.SIGNER), world.now().plus(EIGHT_YEARS));
        world.worm().remove("tile/entries/000");
        assertThat(world.report().sentences())
                .anyMatch(sentence -> sentence.startsWith("Expected the entries below 256 to be kept until 20"))
                .anyMatch(sentence -> sentence.contains("tile/entries/000"));

        PrunedLog future = new PrunedLog(
                early.origin(), 256, early.root(), early.sealedAt(), world.now().plus(EIGHT_YEARS));
        world.worm().tamper(early.key(), future.sign(SealWorld.SIGNER));
        assertThat(world.report().sentences())
                .as("signed as of a time that has not come")
                .anyMatch(sentence -> sentence.contains("and now it is " + world.now()));

        world.passes(EIGHT_YEARS.plusDays(1));
        byte[] forged = new String(future.sign(SealWorld.SIGNER), UTF_8)
                .replace("minimum index 256", "minimum index 512")
                .getBytes(UTF_8);
        world.worm().tamper(early.key(), forged);
        assertThat(world.report().sentences()).anyMatch(sentence -> sentence.contains("is worth nothing"));
    }

    @Test
    void aLegalHoldStopsThePruningBeforeItAndLiftedLetsItGoOn() throws IOException {
        world.live(0, 1_000);
        world.custody().hold("tile/entries/001");
        world.passes(EIGHT_YEARS);

        assertThat(plan().below()).isEqualTo(256);
        assertThat(plan().stopped()).isEqualTo("Entry 256 is under a legal hold.");
        prune();
        assertThat(world.objects()).contains("tile/entries/001", "tile/entries/002");
        world.custody().lift("tile/entries/001");
        prune();

        assertThat(world.objects()).doesNotContain("tile/entries/001", "tile/entries/002");
        assertThat(world.report().sentences()).isEmpty();
    }

    @Test
    void aClassIsKeptForItsOwnTimeAndHoldsUpWhatComesAfter() throws IOException {
        world.classes("stream:thing-1=P3650D");
        world.live(0, 1_000);
        world.passes(EIGHT_YEARS);
        assertThat(plan().stopped()).startsWith("Entry 0 is kept until 2036");
        world.passes(Duration.ofDays(3 * 365));
        prune();
        assertThat(world.objects()).doesNotContain("tile/entries/000");
        assertThat(world.report().sentences()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Moment.class)
    void aKillAtAnyRemovalLeavesTheRestToTheNextRun(Moment moment) throws IOException {
        for (int at = 0; ; at++) {
            PrunableWorld dying = new PrunableWorld();
            dying.live(0, 1_000);
            dying.passes(EIGHT_YEARS);
            Pruner pruner = dying.pruner();
            PrunePlan plan = pruner.plan();
            dying.failures().failAt(at, moment);
            boolean died = false;
            try {
                pruner.prune(plan, SealWorld.SIGNER);
            } catch (IOException e) {
                died = true;
            }
            dying.failures().off();
            assertThat(dying.report().sentences()).as("died at %d", at).isEmpty();
            Pruner next = dying.pruner();
            next.prune(next.plan(), SealWorld.SIGNER);
            assertThat(dying.report().sentences()).isEmpty();
            assertThat(dying.pruner().plan().isEmpty()).isTrue();
            assertThat(dying.objects()).doesNotContain("tile/entries/000", "tile/entries/002", "tile/0/002");
            if (!died) {
                assertThat(at).isGreaterThan(6);
                return;
            }
        }
    }

    @Test
    void aDamagedLogIsNotPruned() throws IOException {
        world.live(0, 1_000);
        world.passes(EIGHT_YEARS);
        byte[] tile = world.worm().get("tile/0/003.p/232").orElseThrow();
        byte[] above = world.worm().get("tile/1/000.p/3").orElseThrow();
        above[40] ^= 1;
        world.worm().tamper("tile/1/000.p/3", above);

        Pruner pruner = world.pruner();
        PrunePlan plan = pruner.plan();
        assertThatThrownBy(() -> pruner.prune(plan, SealWorld.SIGNER)).hasMessageContaining("nothing was removed");
        assertThat(world.objects()).contains("tile/entries/000");
        assertThat(tile).isNotEmpty();
    }

    @Test
    void levelsThatDeriveNothingAlsoKnowWhatWasPruned() throws IOException {
        world.live(0, 1_000);
        world.passes(EIGHT_YEARS);
        world.live(1_000, 1_700);
        prune();

        for (VerificationLevel level : List.of(VerificationLevel.SIGNATURES, VerificationLevel.PROOFS)) {
            assertThat(world.report(level).sentences()).as("%s", level).isEmpty();
        }
        Instant sealed = PrunedLog.parse(
                        world.worm().get("pruned/00000000000000000768").orElseThrow(),
                        at -> SealWorld.SIGNER.verifierKey())
                .sealedAt();
        assertThat(sealed).isEqualTo(SealWorld.START);
    }
}
