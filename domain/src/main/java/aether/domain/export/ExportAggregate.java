package aether.domain.export;

import aether.domain.kernel.Aggregates;
import aether.domain.kernel.Outcome;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;

/** The Axon shell over {@link ExportDecider}. */
@AggregateRoot
public class ExportAggregate {

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it
    private String id;

    private ExportState state = ExportState.ABSENT;

    ExportAggregate() {
        // Axon makes an empty one before it replays the stream
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Outcome handle(ExportCommand.RequestExport command) {
        return decide(command);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Outcome handle(ExportCommand.RecordExportCompleted command) {
        return decide(command);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Outcome handle(ExportCommand.RecordExportFailed command) {
        return decide(command);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Outcome handle(ExportCommand.RecordExportDownloaded command) {
        return decide(command);
    }

    private Outcome decide(ExportCommand command) {
        return Aggregates.perform(command.stream(), ExportDecider.decide(state, command));
    }

    @EventSourcingHandler
    void on(ExportEvent event) {
        id = event.stream();
        state = state.apply(event);
    }
}
