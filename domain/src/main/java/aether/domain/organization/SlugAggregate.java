package aether.domain.organization;

import aether.domain.kernel.Aggregates;
import aether.domain.kernel.Outcome;
import java.util.Map;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;

/** The Axon shell over {@link SlugDecider}. */
@AggregateRoot
public class SlugAggregate {

    private static final Map<Class<?>, Aggregates.Birth<?>> BIRTHS = Map.of(
            OrganizationEvent.OrganizationRegistered.class,
            new Aggregates.Birth<>(
                    OrganizationAggregate.class,
                    event -> new OrganizationAggregate((OrganizationEvent.OrganizationRegistered) event)));

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it
    private String id;

    private SlugState state = SlugState.FREE;

    SlugAggregate() {
        // Axon makes an empty one before it replays the stream
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Outcome handle(SlugCommand.RegisterOrganization command) {
        return Aggregates.perform(command.stream(), SlugDecider.decide(state, command), BIRTHS);
    }

    @EventSourcingHandler
    void on(SlugEvent event) {
        id = event.stream();
        state = state.apply(event);
    }
}
