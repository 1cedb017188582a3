package aether.domain.privacy;

import aether.domain.kernel.Aggregates;
import aether.domain.kernel.Outcome;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;

/** The Axon shell over {@link SubjectDecider}. */
@AggregateRoot
public class SubjectAggregate {

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it
    private String id;

    private SubjectState state = SubjectState.ABSENT;

    SubjectAggregate() {
        // Axon makes an empty one before it replays the stream
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Outcome handle(SubjectCommand.PlaceHold command) {
        return decide(command);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Outcome handle(SubjectCommand.LiftHold command) {
        return decide(command);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Outcome handle(SubjectCommand.EraseSubject command) {
        return decide(command);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Outcome handle(SubjectCommand.RecordKeyDestroyed command) {
        return decide(command);
    }

    private Outcome decide(SubjectCommand command) {
        return Aggregates.perform(command.stream(), SubjectDecider.decide(state, command));
    }

    @EventSourcingHandler
    void on(SubjectEvent event) {
        id = event.stream();
        state = state.apply(event);
    }
}
