package aether.domain.audit;

import aether.domain.kernel.Outcome;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;

/** The Axon shell over {@link AuditDecider}; it keeps no state, so a long stream costs only its reading. */
@AggregateRoot
public class AuditAggregate {

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it
    private String id;

    AuditAggregate() {
        // Axon makes an empty one before it replays the stream
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Outcome handle(AuditCommand.RecordRefusal command) {
        return enter(command);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Outcome handle(AuditCommand.SummarizeRefusals command) {
        return enter(command);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Outcome handle(AuditCommand.RecordKubeconfigRead command) {
        return enter(command);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Outcome handle(AuditCommand.RecordClockStep command) {
        return enter(command);
    }

    private static Outcome enter(AuditCommand command) {
        AggregateLifecycle.apply(AuditDecider.decide(command));
        return new Outcome.Accepted(true);
    }

    @EventSourcingHandler
    void on(AuditEvent event) {
        id = event.stream();
    }
}
