package aether.domain.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.domain.cluster.Channel;
import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterEvent;
import aether.domain.samples.Samples;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProcessTableTest {

    private enum State {
        WAITING,
        WORKING,
        OVER
    }

    private static final ProcessTable<State, String> TABLE = ProcessTable.<State, String>named("Test", State.class)
            .deadline(State.WAITING, Duration.ofMinutes(1))
            .deadline(State.WORKING, Duration.ofMinutes(2))
            .end(State.OVER)
            .start(ClusterEvent.ClusterRequested.class, event -> Move.to(State.WAITING, "begun"), State.WAITING)
            .late(State.WAITING, (data, passed) -> Move.to(State.WAITING, data + " late"), State.WAITING)
            .on(
                    State.WAITING,
                    ClusterEvent.ClusterRunning.class,
                    (data, event) -> Move.to(State.WORKING, data),
                    State.WORKING)
            .on(
                    State.WAITING,
                    ClusterEvent.ClusterRecovered.class,
                    (data, event) -> Move.to(State.WAITING, data),
                    State.WAITING)
            .on(
                    State.WORKING,
                    ClusterEvent.ClusterDeleted.class,
                    (data, event) -> Move.to(State.OVER, data),
                    State.OVER)
            .on(
                    State.WORKING,
                    ClusterEvent.ClusterRecovered.class,
                    (data, event) -> Move.to(State.WAITING, data),
                    State.OVER)
            .ignore(State.WAITING, ClusterEvent.ClusterDeleted.class)
            .build();

    private static final Trigger REQUESTED = new Trigger.Happened(new ClusterEvent.ClusterRequested(
            Samples.CLUSTER, Samples.ORGANIZATION, "shop", Samples.REGION, Samples.VERSION, false, Channel.API));
    private static final Trigger RUNNING = new Trigger.Happened(new ClusterEvent.ClusterRunning(Samples.CLUSTER));
    private static final Trigger RECOVERED =
            new Trigger.Happened(new ClusterEvent.ClusterRecovered(Samples.CLUSTER, 1));
    private static final Trigger DELETED = new Trigger.Happened(new ClusterEvent.ClusterDeleted(Samples.CLUSTER));

    private final Progress<State, String> waiting = after(Progress.none(), REQUESTED, 5);

    @Test
    void startsWithADeadline() {
        Reaction<State, String> begun =
                TABLE.react(Progress.<State, String>none(), REQUESTED, 5).orElseThrow();

        assertThat(begun.deadline()).contains(Duration.ofMinutes(1));
        assertThat(begun.progress().lastPosition()).isEqualTo(5);
        assertThat(begun.ended()).isFalse();
    }

    @Test
    void ignoresPositionsItHasSeen() {
        assertThat(TABLE.react(waiting, RUNNING, 5)).isEmpty();
        assertThat(TABLE.react(waiting, RUNNING, 4)).isEmpty();
        assertThat(TABLE.react(waiting, RUNNING, 6)).isPresent();
    }

    @Test
    void ignoresADeadlineThatIsLate() {
        Progress<State, String> working = after(waiting, RUNNING, 6);

        assertThat(TABLE.react(working, new Trigger.DeadlinePassed(waiting.deadlineMark()), 0))
                .isEmpty();
    }

    @Test
    void ignoresARepeatOfADeadlineThatWasHeeded() {
        Trigger deadline = new Trigger.DeadlinePassed(waiting.deadlineMark());
        Reaction<State, String> once = TABLE.react(waiting, deadline, 0).orElseThrow();

        assertThat(once.deadline()).contains(Duration.ofMinutes(1));
        assertThat(once.progress().lastPosition()).isEqualTo(5);
        assertThat(TABLE.react(once.progress(), deadline, 0)).isEmpty();
        assertThat(TABLE.react(
                        once.progress(),
                        new Trigger.DeadlinePassed(once.progress().deadlineMark()),
                        0))
                .isPresent();
    }

    @Test
    void namesARepeatLikeTheFirstRunUnlessSomethingCameBetween() {
        Trigger deadline = new Trigger.DeadlinePassed(waiting.deadlineMark());
        Progress<State, String> late = after(waiting, deadline, waiting.lastPosition());
        Progress<State, String> later = after(waiting, RECOVERED, 6);

        assertThat(waiting.occasion(RECOVERED, 7))
                .isEqualTo(new Progress<>(State.WAITING, "begun", 5, waiting.deadlineMark()).occasion(RECOVERED, 7))
                .isNotEqualTo(waiting.occasion(RECOVERED, 8))
                .isNotEqualTo(late.occasion(RECOVERED, 7));
        assertThat(later.deadlineMark()).as("it is the same deadline").isEqualTo(waiting.deadlineMark());
        assertThat(waiting.occasion(deadline, 0)).isNotEqualTo(later.occasion(deadline, 0));
    }

    @Test
    void keepsTheDeadlineWhileTheStateStays() {
        Reaction<State, String> same = TABLE.react(waiting, RECOVERED, 6).orElseThrow();

        assertThat(same.deadline()).isEmpty();
        assertThat(same.progress().deadlineMark()).isEqualTo(waiting.deadlineMark());
    }

    @Test
    void ignoresEverythingWhenItIsOver() {
        Reaction<State, String> over =
                TABLE.react(after(waiting, RUNNING, 6), DELETED, 7).orElseThrow();

        assertThat(over.ended()).isTrue();
        assertThat(TABLE.react(over.progress(), RUNNING, 8)).isEqualTo(Optional.empty());
        assertThat(TABLE.react(over.progress(), new Trigger.DeadlinePassed(Progress.NO_DEADLINE), 8))
                .isEmpty();
    }

    @Test
    void ignoresWhatARowSaysMeansNothing() {
        assertThat(TABLE.react(waiting, DELETED, 6)).isEmpty();
    }

    @Test
    void refusesWhatNoRowKnows() {
        Trigger refused =
                new Trigger.CommandRefused(new ClusterCommand.MarkRunning(Samples.CLUSTER), "code", "message");

        assertThatThrownBy(() -> TABLE.react(waiting, refused, 0))
                .isInstanceOf(UnknownTransitionException.class)
                .hasMessage("Expected Test to have a row for MarkRunning in state WAITING, but there is none.");
        assertThatThrownBy(() -> TABLE.react(Progress.none(), RUNNING, 0))
                .isInstanceOf(UnknownTransitionException.class);
    }

    @Test
    void refusesAMoveThatItsRowDoesNotDeclare() {
        assertThatThrownBy(() -> TABLE.react(after(waiting, RUNNING, 6), RECOVERED, 7))
                .hasMessageContaining("from WORKING to one of [OVER], but it went to WAITING");
    }

    @Test
    void refusesTwoRowsForOnePair() {
        ProcessTable.Builder<State, String> table = ProcessTable.<State, String>named("Twice", State.class)
                .ignore(State.WAITING, ClusterEvent.ClusterRunning.class);

        assertThatThrownBy(() -> table.ignore(State.WAITING, ClusterEvent.ClusterRunning.class))
                .hasMessageContaining("Twice has two");
    }

    private static Progress<State, String> after(Progress<State, String> before, Trigger trigger, long position) {
        return TABLE.react(before, trigger, position).orElseThrow().progress();
    }
}
