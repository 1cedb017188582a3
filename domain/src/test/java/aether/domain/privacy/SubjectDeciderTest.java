package aether.domain.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.kernel.Decision;
import aether.domain.kernel.DomainEvent;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectDeciderTest {

    private static final SubjectId ID = new SubjectId(UUID.fromString("0190a000-0000-7000-8000-0000000000aa"));

    private static final String KEY = "s/0190a000-0000-7000-8000-0000000000aa/1";

    private static final Instant NOW = Instant.parse("2026-11-27T00:00:00Z");

    private static final SubjectCommand ERASE =
            new SubjectCommand.EraseSubject(ID, KEY, ErasureBasis.OBJECTION, NOW, Instant.EPOCH);

    private static final SubjectCommand DESTROYED = new SubjectCommand.RecordKeyDestroyed(ID, KEY, NOW, 3);

    private SubjectState state = SubjectState.ABSENT;

    @Test
    void forgetsAndThenRecordsThatTheKeyIsGoneOnceEach() {
        assertThat(accepted(ERASE)).isEqualTo(new SubjectEvent.SubjectErased(ID, KEY, ErasureBasis.OBJECTION));
        assertThat(decide(ERASE)).isEqualTo(Decision.unchanged());
        assertThat(accepted(DESTROYED)).isEqualTo(new SubjectEvent.KeyDestroyed(ID, KEY, NOW, 3));
        assertThat(decide(DESTROYED)).isEqualTo(Decision.unchanged());
        assertThat(state.destroyed()).isTrue();
    }

    @Test
    void aHoldForbidsUntilTheLastOneIsLifted() {
        assertThat(accepted(place("case-1"))).isInstanceOf(SubjectEvent.HoldPlaced.class);
        assertThat(accepted(place("case-2"))).isInstanceOf(SubjectEvent.HoldPlaced.class);
        assertThat(decide(place("case-2"))).isEqualTo(Decision.unchanged());

        assertThat(refused(ERASE)).startsWith("legal_hold Expected").contains("case-1, case-2 hold it");
        assertThat(accepted(new SubjectCommand.LiftHold(ID, "case-1"))).isInstanceOf(SubjectEvent.HoldLifted.class);
        assertThat(refused(ERASE)).contains("case-2 holds it");
        assertThat(refused(new SubjectCommand.LiftHold(ID, "case-1"))).startsWith("hold_unknown");
        assertThat(accepted(new SubjectCommand.LiftHold(ID, "case-2"))).isInstanceOf(SubjectEvent.HoldLifted.class);
        assertThat(accepted(ERASE)).isInstanceOf(SubjectEvent.SubjectErased.class);
        assertThat(refused(place("case-3"))).startsWith("subject_erased");
    }

    @Test
    void aLawThatWantsDataKeptIsNamedWithItsDate() {
        SubjectCommand early =
                new SubjectCommand.EraseSubject(ID, KEY, ErasureBasis.OBJECTION, NOW, NOW.plusSeconds(86_400));

        assertThat(refused(early))
                .startsWith("kept_by_law")
                .contains("2026-11-28")
                .contains("17(3)(b)");
        assertThat(accepted(new SubjectCommand.EraseSubject(ID, KEY, ErasureBasis.OBJECTION, NOW, NOW)))
                .isInstanceOf(SubjectEvent.SubjectErased.class);
    }

    @Test
    void aKeyThatNobodyDecidedToDestroyIsNotReportedGone() {
        assertThat(refused(DESTROYED)).startsWith("subject_not_erased");
        accepted(ERASE);
        assertThat(refused(new SubjectCommand.RecordKeyDestroyed(ID, "s/other/1", NOW, 1)))
                .startsWith("subject_not_erased");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Mia Meyer",
                "mia",
                "case of mia 1",
                "-1",
                "0123456789012345678901234567890123456789012345678901234567890123x"
            })
    void aReferenceIsACaseNumberAndNoName(String reference) {
        assertThat(refused(place(reference))).startsWith("invalid_reference").doesNotContain("Mia");
    }

    private static SubjectCommand place(String reference) {
        return new SubjectCommand.PlaceHold(ID, reference, HoldReason.LITIGATION);
    }

    private Decision<SubjectRejection> decide(SubjectCommand command) {
        return SubjectDecider.decide(state, command);
    }

    private DomainEvent accepted(SubjectCommand command) {
        return switch (decide(command)) {
            case Decision.Accepted<SubjectRejection> accepted -> {
                assertThat(accepted.events()).hasSize(1);
                state = state.apply((SubjectEvent) accepted.events().getFirst());
                yield accepted.events().getFirst();
            }
            case Decision.Refused<SubjectRejection> refused ->
                throw new AssertionError(refused.rejection().message());
        };
    }

    private String refused(SubjectCommand command) {
        return switch (decide(command)) {
            case Decision.Accepted<SubjectRejection> accepted ->
                throw new AssertionError("Expected a refusal of " + command);
            case Decision.Refused<SubjectRejection> refused ->
                refused.rejection().code() + " " + refused.rejection().message();
        };
    }
}
