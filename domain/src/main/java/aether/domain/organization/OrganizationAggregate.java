package aether.domain.organization;

import aether.domain.cluster.ClusterAggregate;
import aether.domain.cluster.ClusterEvent;
import aether.domain.kernel.Aggregates;
import aether.domain.kernel.Outcome;
import java.util.Map;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;

/** The Axon shell over {@link OrganizationDecider}. */
@AggregateRoot
public class OrganizationAggregate {

    private static final Map<Class<?>, Aggregates.Birth<?>> BIRTHS = Map.of(
            ClusterEvent.ClusterRequested.class,
            new Aggregates.Birth<>(
                    ClusterAggregate.class, event -> new ClusterAggregate((ClusterEvent.ClusterRequested) event)));

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it
    private String id;

    private OrganizationState state = OrganizationState.ABSENT;

    OrganizationAggregate() {
        // Axon makes an empty one before it replays the stream
    }

    OrganizationAggregate(OrganizationEvent.OrganizationRegistered event) {
        AggregateLifecycle.apply(event);
    }

    @CommandHandler
    Outcome handle(OrganizationCommand.RenameOrganization command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(OrganizationCommand.SetBillingContact command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(OrganizationCommand.RemoveBillingContact command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(OrganizationCommand.RequestCluster command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(OrganizationCommand.ReleaseClusterName command) {
        return decide(command);
    }

    private Outcome decide(OrganizationCommand command) {
        return Aggregates.perform(command.stream(), OrganizationDecider.decide(state, command), BIRTHS);
    }

    @EventSourcingHandler
    void on(OrganizationEvent event) {
        id = event.stream();
        state = state.apply(event);
    }
}
