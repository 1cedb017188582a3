package aether.domain.simulation;

import aether.domain.kernel.Command;
import aether.domain.kernel.DomainEvent;
import aether.domain.kernel.NameBasedId;
import aether.domain.kernel.Outcome;
import aether.domain.process.ProcessTable;
import aether.domain.process.Progress;
import aether.domain.process.Reaction;
import aether.domain.process.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Runs one table for all its instances the way the services do: send, then keep; a repeat sends the same ids. */
final class Shell<S extends Enum<S>, D> {

    private final ProcessTable<S, D> table;
    private final Class<? extends DomainEvent> start;
    private final Function<DomainEvent, Optional<String>> instanceOf;
    private final BiFunction<UUID, Command, Outcome> port;
    private final Map<String, Progress<S, D>> kept = new TreeMap<>();

    Shell(
            ProcessTable<S, D> table,
            Class<? extends DomainEvent> start,
            Function<DomainEvent, Optional<String>> instanceOf,
            BiFunction<UUID, Command, Outcome> port) {
        this.table = table;
        this.start = start;
        this.instanceOf = instanceOf;
        this.port = port;
    }

    ProcessTable<S, D> table() {
        return table;
    }

    Map<String, Progress<S, D>> kept() {
        return kept;
    }

    /** Hands an event to the instance it concerns. */
    void happened(DomainEvent event, long position) {
        if (!table.knows(event.getClass())) {
            return;
        }
        instanceOf.apply(event).ifPresent(instance -> happenedTo(instance, event, position));
    }

    /** Hands an event to one instance. */
    void happenedTo(String instance, DomainEvent event, long position) {
        if (start.isInstance(event) || kept.containsKey(instance)) {
            Progress<S, D> before = kept.getOrDefault(instance, Progress.none());
            if (start.isInstance(event) && Platform.isOver(table, before) && position > before.lastPosition()) {
                before = Progress.none(); // the one before is gone, as it is from the saga store
            }
            kept.put(instance, run(before, new Trigger.Happened(event), position, instance));
        }
    }

    /** The marks of the deadlines that run now. */
    Map<String, Long> deadlines() {
        Map<String, Long> running = new TreeMap<>();
        kept.forEach((instance, progress) -> {
            if (progress.deadlineMark() != Progress.NO_DEADLINE) {
                running.put(instance, progress.deadlineMark());
            }
        });
        return running;
    }

    /** Lets a deadline pass, be it the running one or a late one. */
    void passed(String instance, long mark) {
        Progress<S, D> before = kept.get(instance);
        if (before != null) {
            kept.put(instance, run(before, new Trigger.DeadlinePassed(mark), before.lastPosition(), instance));
        }
    }

    private Progress<S, D> run(Progress<S, D> before, Trigger trigger, long position, String instance) {
        return feed(before, trigger, position, instance, before.occasion(trigger, position));
    }

    private Progress<S, D> feed(Progress<S, D> before, Trigger trigger, long position, String instance, String path) {
        Optional<Reaction<S, D>> reaction = table.react(before, trigger, position);
        if (reaction.isEmpty()) {
            return before;
        }
        List<Trigger.CommandRefused> refusals = new ArrayList<>();
        List<String> paths = new ArrayList<>();
        for (int ordinal = 0; ordinal < reaction.get().commands().size(); ordinal++) {
            Command command = reaction.get().commands().get(ordinal);
            String at = path + "." + ordinal;
            Outcome outcome = port.apply(NameBasedId.of(table.name(), instance, at), command);
            if (outcome instanceof Outcome.Refused refused) {
                refusals.add(new Trigger.CommandRefused(command, refused.code(), refused.message()));
                paths.add(at);
            }
        }
        Progress<S, D> after = reaction.get().progress();
        for (int index = 0; index < refusals.size(); index++) {
            after = feed(after, refusals.get(index), position, instance, paths.get(index));
        }
        return after;
    }
}
