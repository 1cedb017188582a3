package aether.reconcile.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import aether.domain.cluster.Fault;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ThrowablesTest {

    static Stream<Arguments> rows() {
        return Stream.of(
                arguments(
                        new OutsideFailure(OutsideFailure.Kind.AWAY, "no answer"),
                        new WorkOutcome.Failed("infrastructure: no answer")),
                arguments(
                        new OutsideFailure(OutsideFailure.Kind.CONFLICT, "changed meanwhile"),
                        new WorkOutcome.RequeueAfter("changed meanwhile", Throwables.AFTER_CONFLICT)),
                arguments(new OutsideFailure(OutsideFailure.Kind.DENIED, "no"), new WorkOutcome.Failed("refused: no")),
                arguments(
                        new OutsideFailure(OutsideFailure.Kind.STRANGER, "theirs"),
                        new WorkOutcome.Failed("not ours: theirs")),
                arguments(
                        new OutsideFailure(OutsideFailure.Kind.LEASE_LOST, "another worker"),
                        new WorkOutcome.RequeueAfter("another worker", Throwables.AFTER_LOST_LEASE)),
                arguments(
                        new InterruptedException(),
                        new WorkOutcome.RequeueAfter("interrupted while stopping", Duration.ZERO)),
                arguments(
                        new IllegalStateException("odd"),
                        new WorkOutcome.Failed("fault of ours: java.lang.IllegalStateException: odd")));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void sortsWhatIsThrown(Throwable thrown, WorkOutcome outcome) {
        assertThat(Throwables.sort(thrown)).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({
        "AWAY, INFRASTRUCTURE, NotAnswering",
        "CONFLICT, INFRASTRUCTURE, ChangedMeanwhile",
        "DENIED, OURS, Refused",
        "STRANGER, INFRASTRUCTURE, NotOurs",
    })
    void whereNobodySaysMoreTheKindSaysWhoseItIs(OutsideFailure.Kind kind, Fault whose, String reason) {
        assertThat(Throwables.hindrance(new OutsideFailure(kind, "what was seen")))
                .contains(new Hindrance(whose, reason, "what was seen"));
    }

    @Test
    void whatNobodyExpectedIsOurs() {
        assertThat(Throwables.hindrance(new IllegalStateException("odd")))
                .contains(new Hindrance(Fault.OURS, "InternalFault", "java.lang.IllegalStateException: odd"));
    }

    @Test
    void whoStopsOrLosesTheTenantIsNotHindered() {
        assertThat(Throwables.hindrance(new OutsideFailure(OutsideFailure.Kind.LEASE_LOST, "")))
                .isEmpty();
        assertThat(Throwables.hindrance(new InterruptedException())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(OutsideFailure.Kind.class)
    void noKindOfOutsideFailureIsAFaultOfOurs(OutsideFailure.Kind kind) {
        assertThat(Throwables.isFault(new OutsideFailure(kind, ""))).isFalse();
        assertThat(Throwables.isFault(new IllegalStateException())).isTrue();
    }
}
