package aether.domain.machine;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.kernel.DomainEvent;
import aether.domain.samples.Decided;
import aether.domain.samples.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

class MachineDeciderTest {

    private static final MachineId ID = Samples.WORKER;

    /** From reservation to the end, as workers report it. */
    private static final List<MachineCommand> LIFE = List.of(
            new MachineCommand.RecordMachineCloned(ID, 1),
            new MachineCommand.RecordMachineConfigured(ID, 1),
            new MachineCommand.RecordMachineStarted(ID, 1, "10.0.0.9"),
            new MachineCommand.RecordMachineReady(ID, 1),
            new MachineCommand.RecordMachineLost(ID, 1, "why"),
            new MachineCommand.RetireMachine(ID),
            new MachineCommand.RecordMachineDeleted(ID, 1));

    private final MachineState reserved = MachineState.ABSENT.apply(new MachineEvent.MachineReserved(
            ID,
            Samples.CLUSTER,
            Samples.POOL,
            Samples.ORGANIZATION,
            Samples.REGION,
            MachineRole.WORKER,
            7,
            "m",
            Samples.SHAPE,
            ""));

    @Test
    void livesForwardOnly() {
        MachineState state = reserved;
        for (MachineCommand command : LIFE) {
            List<DomainEvent> events = Decided.events(MachineDecider.decide(state, command));
            MachineStatus before = state.status();

            assertThat(events).as("%s", command).hasSize(1);
            state = state.apply((MachineEvent) events.getFirst());
            assertThat(state.status()).isGreaterThan(before);
        }
        assertThat(state.address()).isEqualTo("10.0.0.9");
    }

    @Test
    void refusesToSkipAStep() {
        assertThat(Decided.rejection(MachineDecider.decide(reserved, LIFE.get(1)))
                        .message())
                .isEqualTo("Expected a machine that is cloned, but it is reserved.");
        assertThat(Decided.code(MachineDecider.decide(reserved, LIFE.getLast())))
                .isEqualTo("wrong_status");
    }

    @Test
    void refusesToGoOnOnceItIsLeaving() {
        MachineState retiring = reserved.apply(new MachineEvent.MachineRetired(ID, Samples.CLUSTER, Samples.POOL));

        assertThat(Decided.code(MachineDecider.decide(retiring, LIFE.getFirst())))
                .isEqualTo("wrong_status");
        assertThat(Decided.events(MachineDecider.decide(retiring, new MachineCommand.RetireMachine(ID))))
                .isEmpty();
    }

    @Test
    void saysThatItIsGoneWhenItIsRetiredTooLate() {
        MachineState deleted = after(LIFE);

        assertThat(Decided.rejection(MachineDecider.decide(deleted, new MachineCommand.RetireMachine(ID)))
                        .message())
                .isEqualTo("Expected a machine that is still there, but it is deleted.");
        assertThat(Decided.events(MachineDecider.decide(deleted, LIFE.getLast())))
                .isEmpty();
        assertThat(Decided.code(MachineDecider.decide(MachineState.ABSENT, new MachineCommand.RetireMachine(ID))))
                .isEqualTo(MachineRejection.UnknownMachine.CODE);
    }

    @Test
    void refusesAReportUnderAnOlderLease() {
        MachineState taken = reserved.apply(new MachineEvent.MachineCloned(ID, Samples.CLUSTER, Samples.POOL, 4));

        assertThat(Decided.code(MachineDecider.decide(taken, new MachineCommand.RecordMachineConfigured(ID, 3))))
                .isEqualTo("stale_lease");
    }

    @Test
    void onlyWhatWasReadyCanBeLost() {
        assertThat(Decided.events(MachineDecider.decide(reserved, new MachineCommand.RecordMachineLost(ID, 1, "why"))))
                .isEmpty();
    }

    private MachineState after(List<MachineCommand> commands) {
        MachineState state = reserved;
        for (MachineCommand command : commands) {
            state = state.apply((MachineEvent)
                    Decided.events(MachineDecider.decide(state, command)).getFirst());
        }
        return state;
    }
}
