package aether.domain.machine;

import aether.domain.kernel.Aggregates;
import aether.domain.kernel.Outcome;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;

/** The Axon shell over {@link MachineDecider}. */
@AggregateRoot
public class MachineAggregate {

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it
    private String id;

    private MachineState state = MachineState.ABSENT;

    MachineAggregate() {
        // Axon makes an empty one before it replays the stream
    }

    /** Starts the aggregate from its first event; used by the aggregate that decided it. */
    public MachineAggregate(MachineEvent.MachineReserved event) {
        AggregateLifecycle.apply(event);
    }

    @CommandHandler
    Outcome handle(MachineCommand.RecordMachineCloned command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(MachineCommand.RecordMachineConfigured command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(MachineCommand.RecordMachineStarted command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(MachineCommand.RecordMachineReady command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(MachineCommand.RecordMachineLost command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(MachineCommand.RetireMachine command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(MachineCommand.RecordMachineDeleted command) {
        return decide(command);
    }

    private Outcome decide(MachineCommand command) {
        return Aggregates.perform(command.stream(), MachineDecider.decide(state, command));
    }

    @EventSourcingHandler
    void on(MachineEvent event) {
        id = event.stream();
        state = state.apply(event);
    }
}
