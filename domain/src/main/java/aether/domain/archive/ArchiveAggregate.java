package aether.domain.archive;

import aether.domain.kernel.Aggregates;
import aether.domain.kernel.Outcome;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;

/** The Axon shell over {@link ArchiveDecider}. */
@AggregateRoot
public class ArchiveAggregate {

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it
    private String id;

    private ArchiveState state = ArchiveState.ABSENT;

    ArchiveAggregate() {
        // Axon makes an empty one before it replays the stream
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Outcome handle(ArchiveCommand.RecordProbe command) {
        return decide(command);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Outcome handle(ArchiveCommand.RecordHeartbeat command) {
        return decide(command);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Outcome handle(ArchiveCommand.RecordReconciliation command) {
        return decide(command);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Outcome handle(ArchiveCommand.RecordKeyChange command) {
        return decide(command);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Outcome handle(ArchiveCommand.RecordVerification command) {
        return decide(command);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Outcome handle(ArchiveCommand.RecordWitnessRefusal command) {
        return decide(command);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Outcome handle(ArchiveCommand.RecordWitnessAgreement command) {
        return decide(command);
    }

    private Outcome decide(ArchiveCommand command) {
        return Aggregates.perform(command.stream(), ArchiveDecider.decide(state, command));
    }

    @EventSourcingHandler
    void on(ArchiveEvent event) {
        id = event.stream();
        state = state.apply(event);
    }
}
