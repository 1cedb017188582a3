package aether.store.axon;

import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** An aggregate for tests. */
class Account {

    record Open(@TargetAggregateIdentifier String id) {}

    record Deposit(@TargetAggregateIdentifier String id, int amount, int times) {}

    record Opened(String id) {}

    record Deposited(String id, int amount) {}

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it
    private String id;

    int balance;

    Account() {}

    @CommandHandler
    Account(Open command) {
        AggregateLifecycle.apply(new Opened(command.id()));
    }

    @CommandHandler
    int handle(Deposit command) {
        for (int i = 0; i < command.times(); i++) {
            AggregateLifecycle.apply(new Deposited(command.id(), command.amount()));
        }
        return balance;
    }

    @EventSourcingHandler
    void on(Opened event) {
        id = event.id();
    }

    @EventSourcingHandler
    void on(Deposited event) {
        balance += event.amount();
    }
}
