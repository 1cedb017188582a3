package aether.domain.nodepool;

import aether.domain.kernel.Aggregates;
import aether.domain.kernel.Outcome;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;

/** The Axon shell over {@link NodePoolDecider}. */
@AggregateRoot
public class NodePoolAggregate {

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it
    private String id;

    private NodePoolState state = NodePoolState.ABSENT;

    NodePoolAggregate() {
        // Axon makes an empty one before it replays the stream
    }

    /** Starts the aggregate from its first event; used by the aggregate that decided it. */
    public NodePoolAggregate(NodePoolEvent.NodePoolRequested event) {
        AggregateLifecycle.apply(event);
    }

    @CommandHandler
    Outcome handle(NodePoolCommand.ScaleNodePool command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(NodePoolCommand.RollNodePool command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(NodePoolCommand.RecordPoolRolled command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(NodePoolCommand.HibernateNodePool command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(NodePoolCommand.RecordPoolHibernated command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(NodePoolCommand.WakeNodePool command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(NodePoolCommand.RecordPoolRunning command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(NodePoolCommand.RecordPoolDegraded command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(NodePoolCommand.DeleteNodePool command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(NodePoolCommand.ConfirmPoolDeleted command) {
        return decide(command);
    }

    private Outcome decide(NodePoolCommand command) {
        return Aggregates.perform(command.stream(), NodePoolDecider.decide(state, command));
    }

    @EventSourcingHandler
    void on(NodePoolEvent event) {
        id = event.stream();
        state = state.apply(event);
    }
}
