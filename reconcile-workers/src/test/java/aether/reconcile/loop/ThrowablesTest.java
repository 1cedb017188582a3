package aether.reconcile.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
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
    @EnumSource(OutsideFailure.Kind.class)
    void noKindOfOutsideFailureIsAFaultOfOurs(OutsideFailure.Kind kind) {
        assertThat(Throwables.isFault(new OutsideFailure(kind, ""))).isFalse();
        assertThat(Throwables.isFault(new IllegalStateException())).isTrue();
    }
}
