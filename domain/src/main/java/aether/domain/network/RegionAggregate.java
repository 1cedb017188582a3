package aether.domain.network;

import aether.domain.kernel.Aggregates;
import aether.domain.kernel.Outcome;
import aether.domain.machine.MachineAggregate;
import aether.domain.machine.MachineEvent;
import java.util.Map;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;

/** The Axon shell over {@link NetworkDecider}. */
@AggregateRoot
public class RegionAggregate {

    private static final Map<Class<?>, Aggregates.Birth<?>> BIRTHS = Map.of(
            MachineEvent.MachineReserved.class,
            new Aggregates.Birth<>(
                    MachineAggregate.class, event -> new MachineAggregate((MachineEvent.MachineReserved) event)));

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it
    private String id;

    private NetworkState state = NetworkState.ABSENT;

    RegionAggregate() {
        // Axon makes an empty one before it replays the stream
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Outcome handle(NetworkCommand.OpenRegion command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(NetworkCommand.AllocateNetwork command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(NetworkCommand.ReleaseNetwork command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(NetworkCommand.ReserveMachine command) {
        return decide(command);
    }

    @CommandHandler
    Outcome handle(NetworkCommand.ReleaseVmId command) {
        return decide(command);
    }

    private Outcome decide(NetworkCommand command) {
        return Aggregates.perform(command.stream(), NetworkDecider.decide(state, command), BIRTHS);
    }

    @EventSourcingHandler
    void on(NetworkEvent event) {
        id = event.stream();
        state = state.apply(event);
    }
}
