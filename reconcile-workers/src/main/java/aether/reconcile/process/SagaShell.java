package aether.reconcile.process;

import aether.domain.kernel.DomainEvent;
import aether.domain.process.ProcessTable;
import aether.domain.process.Trigger;
import java.util.UUID;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.modelling.saga.SagaLifecycle;
import org.jspecify.annotations.Nullable;

/** Between Axon and a process: takes position and event out of the message, keeps the memory, sets the deadline. */
final class SagaShell<S extends Enum<S>, D> {

    private final ProcessTable<S, D> table;
    private final ProcessRunner<S, D> runner;
    private final MemoryJson<S, D> json;

    SagaShell(ProcessTable<S, D> table, Class<S> states, MemoryJson.DataJson<D> data) {
        this.table = table;
        this.runner = new ProcessRunner<>(table);
        this.json = new MemoryJson<>(states, data);
    }

    /**
     * Runs an event of the log and answers the memory to keep; events that the process does not know change nothing.
     */
    String happened(
            String memory,
            DomainEvent event,
            EventMessage<?> message,
            String instance,
            @Nullable SagaEquipment equipment) {
        return table.knows(event.getClass())
                ? run(
                        memory,
                        new Trigger.Happened(event),
                        positionOf(message),
                        instance,
                        idOf(message),
                        given(equipment))
                : memory;
    }

    /** Runs a deadline and answers the memory to keep. */
    String passed(String memory, ProcessDeadline deadline, @Nullable SagaEquipment equipment) {
        return run(
                memory, new Trigger.DeadlinePassed(deadline.mark()), -1, deadline.instance(), null, given(equipment));
    }

    private String run(
            String memory,
            Trigger trigger,
            long position,
            String instance,
            @Nullable UUID causation,
            SagaEquipment equipment) {
        ProcessStep<S, D> step =
                runner.run(json.read(memory), trigger, position, instance, causation, equipment.commands());
        if (step.memory().isStopped()) {
            equipment.stopped().report(table.name(), instance, step.memory().stopped());
        }
        step.deadline().ifPresent(in -> {
            ProcessDeadline deadline =
                    new ProcessDeadline(instance, step.memory().progress().deadlineMark());
            String ignored = equipment.deadlines().schedule(in, table.name(), deadline);
        });
        if (step.ended()) {
            SagaLifecycle.end();
        }
        return json.write(step.memory());
    }

    private static SagaEquipment given(@Nullable SagaEquipment equipment) {
        if (equipment == null) {
            throw new IllegalStateException("Expected an equipped saga, but nobody gave it its equipment.");
        }
        return equipment;
    }

    private static long positionOf(EventMessage<?> message) {
        if (message instanceof TrackedEventMessage<?> tracked
                && tracked.trackingToken().position().isPresent()) {
            return tracked.trackingToken().position().getAsLong();
        }
        throw new IllegalArgumentException("Expected a message of the log with its position, but got " + message);
    }

    private static UUID idOf(EventMessage<?> message) {
        return UUID.fromString(message.getIdentifier());
    }
}
