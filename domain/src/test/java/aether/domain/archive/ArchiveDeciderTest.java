package aether.domain.archive;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.kernel.Decision;
import aether.domain.kernel.Rejection;
import aether.domain.samples.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchiveDeciderTest {

    private ArchiveState state = ArchiveState.ABSENT;

    @Test
    void entersEveryVerdictOnce() {
        assertThat(entered(probe(Samples.HOUR, true))).isEqualTo(1);
        assertThat(entered(probe(Samples.HOUR, true))).isZero();
        assertThat(entered(probe(Samples.HOUR.plusSeconds(1), false))).isEqualTo(1);
    }

    @Test
    void refusesAVerdictThatFillsTheLog() {
        ProbeAttempt attempt = new ProbeAttempt("delete", true, "x".repeat(ArchiveDecider.MAX_OBSERVED));

        assertThat(code(new ArchiveCommand.RecordProbe(
                        Samples.ARCHIVE, "s3://audit", Samples.HOUR, true, List.of(attempt))))
                .isEqualTo("too_many_attempts");
        assertThat(code(new ArchiveCommand.RecordProbe(
                        Samples.ARCHIVE, "s3://audit", Samples.HOUR, true, Collections.nCopies(33, Samples.ATTEMPT))))
                .isEqualTo("too_many_attempts");
        assertThat(code(new ArchiveCommand.RecordHeartbeat("no name", 1, 1))).isEqualTo("invalid_archive");
    }

    @Test
    void entersAHeartbeatOncePerSize() {
        assertThat(entered(new ArchiveCommand.RecordHeartbeat(Samples.ARCHIVE, 7, 300)))
                .isEqualTo(1);
        assertThat(entered(new ArchiveCommand.RecordHeartbeat(Samples.ARCHIVE, 7, 301)))
                .isZero();
        assertThat(entered(new ArchiveCommand.RecordHeartbeat(Samples.ARCHIVE, 8, 300)))
                .isEqualTo(1);
    }

    @Test
    void entersOneComparisonAnHourAndWhateverItFindsNewly() {
        Instant next = Samples.HOUR.plus(Duration.ofHours(1));

        assertThat(entered(reconciliation(Samples.HOUR, Comparison.Finding.AGREES)))
                .isEqualTo(1);
        assertThat(entered(reconciliation(Samples.HOUR, Comparison.Finding.AGREES)))
                .isZero();
        assertThat(entered(reconciliation(Samples.HOUR, Comparison.Finding.CONTENT_DIFFERS)))
                .isEqualTo(1);
        assertThat(entered(reconciliation(next, Comparison.Finding.CONTENT_DIFFERS)))
                .isEqualTo(1);
    }

    @Test
    void entersEveryChangeOfTheKeyOnceAndInOrder() {
        KeyChange first = Samples.KEY_CHANGE;
        KeyChange second = new KeyChange(2, 2_000, first.root(), first.at(), first.to(), first.from());

        assertThat(entered(keyChange(first, ""))).isEqualTo(1);
        assertThat(entered(keyChange(first, "case-18"))).isZero();
        assertThat(entered(keyChange(second, ""))).isEqualTo(1);
        assertThat(entered(keyChange(first, ""))).isZero();
    }

    @Test
    void refusesAChangeOfTheKeyThatCannotHaveBeen() {
        KeyChange good = Samples.KEY_CHANGE;
        for (KeyChange wrong : List.of(
                new KeyChange(0, good.size(), good.root(), good.at(), good.from(), good.to()),
                new KeyChange(1, 0, good.root(), good.at(), good.from(), good.to()),
                new KeyChange(1, 1, "none", good.at(), good.from(), good.to()),
                new KeyChange(1, 1, good.root(), good.at(), good.from(), good.from()),
                new KeyChange(1, 1, good.root(), good.at(), good.from(), "Mia Muster"))) {
            assertThat(code(keyChange(wrong, ""))).as("%s", wrong).isEqualTo("invalid_key_change");
        }
        assertThat(code(keyChange(good, "Mia Muster"))).isEqualTo("invalid_reference");
    }

    private static ArchiveCommand keyChange(KeyChange change, String reference) {
        return new ArchiveCommand.RecordKeyChange(Samples.ARCHIVE, change, KeyChangeReason.SCHEDULED, reference);
    }

    @Test
    void entersEachCauseOfAWitnessOnceUntilItSignsAgain() {
        WitnessRefusal.Cause shorter = WitnessRefusal.Cause.SHORTER_THAN_SEEN;
        WitnessKey other = new WitnessKey("witness.example/w2", "00000001");

        assertThat(entered(agreement(Samples.WITNESS, 999)))
                .as("nothing was refused")
                .isZero();
        assertThat(entered(refusal(Samples.WITNESS, 1_000, shorter))).isEqualTo(1);
        assertThat(entered(refusal(Samples.WITNESS, 1_100, shorter))).isZero();
        assertThat(entered(refusal(Samples.WITNESS, 1_100, WitnessRefusal.Cause.DIFFERS_FROM_SEEN)))
                .isEqualTo(1);
        assertThat(entered(refusal(Samples.WITNESS, 1_200, shorter))).isZero();
        assertThat(entered(refusal(other, 1_100, shorter))).isEqualTo(1);

        assertThat(entered(agreement(Samples.WITNESS, 1_300))).isEqualTo(1);
        assertThat(entered(agreement(Samples.WITNESS, 1_400))).isZero();
        assertThat(entered(refusal(other, 1_400, shorter)))
                .as("the other still does")
                .isZero();
        assertThat(entered(refusal(Samples.WITNESS, 1_400, shorter))).isEqualTo(1);
    }

    @Test
    void takesNoWordsOfAWitness() {
        WitnessRefusal good = Samples.REFUSAL;
        for (WitnessKey wrong : List.of(
                new WitnessKey("", "5c1f0e77"),
                new WitnessKey("Mia Muster", "5c1f0e77"),
                new WitnessKey("a+b", "5c1f0e77"),
                new WitnessKey("w".repeat(201), "5c1f0e77"),
                new WitnessKey("w1", "5C1F0E77"))) {
            assertThat(code(new ArchiveCommand.RecordWitnessRefusal(Samples.ARCHIVE, wrong, good)))
                    .as("%s", wrong)
                    .isEqualTo("invalid_witness_report");
        }
        for (WitnessRefusal wrong : List.of(
                new WitnessRefusal(0, good.root(), good.cause(), 409, -1),
                new WitnessRefusal(1, "I will not", good.cause(), 409, -1),
                new WitnessRefusal(1, good.root(), good.cause(), 99, -1),
                new WitnessRefusal(1, good.root(), good.cause(), 409, -2))) {
            assertThat(code(new ArchiveCommand.RecordWitnessRefusal(Samples.ARCHIVE, Samples.WITNESS, wrong)))
                    .as("%s", wrong)
                    .isEqualTo("invalid_witness_report");
        }
        assertThat(code(agreement(Samples.WITNESS, 0))).isEqualTo("invalid_witness_report");
    }

    private static ArchiveCommand refusal(WitnessKey witness, long size, WitnessRefusal.Cause cause) {
        return new ArchiveCommand.RecordWitnessRefusal(
                Samples.ARCHIVE, witness, new WitnessRefusal(size, Samples.KEY_CHANGE.root(), cause, 409, -1));
    }

    private static ArchiveCommand agreement(WitnessKey witness, long size) {
        return new ArchiveCommand.RecordWitnessAgreement(
                Samples.ARCHIVE, witness, size, Samples.KEY_CHANGE.root(), Samples.HOUR);
    }

    @Test
    void takesNoNameForTheNumberOfACase() {
        assertThat(code(new ArchiveCommand.RecordVerification(
                        Samples.ARCHIVE, Samples.VERIFICATION, 5, true, 0, 1, "", AccessReason.OTHER, "Mia Muster")))
                .isEqualTo("invalid_reference");
        assertThat(code(new ArchiveCommand.RecordVerification(
                        Samples.ARCHIVE, Samples.VERIFICATION, 6, true, 0, 1, "", AccessReason.OTHER, "")))
                .isEqualTo("invalid_verification");
    }

    private static ArchiveCommand probe(Instant at, boolean compliant) {
        return new ArchiveCommand.RecordProbe(Samples.ARCHIVE, "s3://audit", at, compliant, List.of(Samples.ATTEMPT));
    }

    private static ArchiveCommand reconciliation(Instant hour, Comparison.Finding finding) {
        return new ArchiveCommand.RecordReconciliation(Samples.ARCHIVE, hour, Samples.COMPARISON, finding);
    }

    private int entered(ArchiveCommand command) {
        return switch (ArchiveDecider.decide(state, command)) {
            case Decision.Accepted<?> accepted -> {
                accepted.events().forEach(event -> state = state.apply((ArchiveEvent) event));
                yield accepted.events().size();
            }
            case Decision.Refused<?> refused ->
                throw new AssertionError(refused.rejection().message());
        };
    }

    private String code(ArchiveCommand command) {
        return ArchiveDecider.decide(state, command) instanceof Decision.Refused<? extends Rejection> refused
                ? refused.rejection().code()
                : "";
    }
}
