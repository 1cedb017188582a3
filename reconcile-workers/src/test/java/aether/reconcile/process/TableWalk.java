package aether.reconcile.process;

import aether.domain.kernel.Command;
import aether.domain.kernel.DomainEvent;
import aether.domain.kernel.Outcome;
import aether.domain.process.ProcessTable;
import aether.domain.process.Progress;
import aether.domain.process.Reaction;
import aether.domain.process.Trigger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds for every row of a table a shortest way to it, by trying every sample trigger in every state it meets. */
final class TableWalk<S extends Enum<S>, D> {

    /** Beyond this a table has rows that no sample reaches. */
    private static final int DEPTH_MAX = 14;

    /**
     * One step of a way.
     *
     * @param event absent when the running deadline passes
     * @param refused the class of command that is refused in this step
     */
    record Step(Optional<DomainEvent> event, Optional<Class<? extends Command>> refused) {}

    /** A row's name and the way whose last step uses it. */
    record Way(Class<? extends ProcessSaga> saga, String row, List<Step> steps) {
        @Override
        public String toString() {
            return saga.getSimpleName() + ": " + row;
        }
    }

    private record Place<S extends Enum<S>, D>(ProcessMemory<S, D> memory, List<Step> steps) {}

    private final Class<? extends ProcessSaga> saga;
    private final ProcessTable<S, D> table;
    private final Function<Progress<S, D>, List<DomainEvent>> samples;
    private final Map<String, Way> ways = new LinkedHashMap<>();

    TableWalk(
            Class<? extends ProcessSaga> saga,
            ProcessTable<S, D> table,
            Function<Progress<S, D>, List<DomainEvent>> samples) {
        this.saga = saga;
        this.table = table;
        this.samples = samples;
    }

    ProcessTable<S, D> table() {
        return table;
    }

    /** A way for every row that the samples reach. */
    List<Way> ways() {
        Set<Object> seen = new HashSet<>();
        ArrayDeque<Place<S, D>> places = new ArrayDeque<>();
        places.add(new Place<S, D>(ProcessMemory.<S, D>none(), List.of()));
        while (!places.isEmpty() && ways.size() < table.rows().size()) {
            Place<S, D> place = places.removeFirst();
            if (place.steps().size() >= DEPTH_MAX) {
                continue;
            }
            for (Step step : steps(place)) {
                Place<S, D> next = take(place, step);
                if (!next.memory().isStopped() && seen.add(essence(next.memory().progress()))) {
                    places.add(next);
                }
            }
        }
        return List.copyOf(ways.values());
    }

    /** The rows that no way uses. */
    List<String> unvisited() {
        return table.rows().stream()
                .map(row -> name(row.from(), row.trigger()))
                .filter(row -> !ways.containsKey(row))
                .toList();
    }

    private static Object essence(Progress<?, ?> progress) {
        return List.of(String.valueOf(progress.state()), String.valueOf(progress.data()));
    }

    private List<Step> steps(Place<S, D> place) {
        List<Step> steps = new ArrayList<>();
        Progress<S, D> progress = place.memory().progress();
        List<Optional<DomainEvent>> triggers = new ArrayList<>();
        samples.apply(progress).forEach(event -> {
            if (hasRow(progress.state(), event.getClass())) {
                triggers.add(Optional.of(event));
            }
        });
        if (progress.deadlineMark() != Progress.NO_DEADLINE) {
            triggers.add(Optional.empty());
        }
        for (Optional<DomainEvent> trigger : triggers) {
            steps.add(new Step(trigger, Optional.empty()));
            for (Command command : commandsOf(place, trigger)) {
                steps.add(new Step(trigger, Optional.of(command.getClass())));
            }
        }
        return steps;
    }

    private boolean hasRow(@Nullable S state, Class<?> trigger) {
        return table.rows().stream()
                .anyMatch(row -> row.from() == state && row.trigger().equals(trigger));
    }

    private List<Command> commandsOf(Place<S, D> place, Optional<DomainEvent> event) {
        return react(place, event)
                .filter(reaction -> !reaction.ended())
                .map(reaction -> reaction.commands().stream()
                        .filter(command -> hasRow(reaction.progress().state(), command.getClass()))
                        .toList())
                .orElse(List.of());
    }

    private Optional<Reaction<S, D>> react(Place<S, D> place, Optional<DomainEvent> event) {
        return table.react(
                place.memory().progress(), trigger(place, event), place.steps().size());
    }

    private Trigger trigger(Place<S, D> place, Optional<DomainEvent> event) {
        return event.<Trigger>map(Trigger.Happened::new)
                .orElseGet(() ->
                        new Trigger.DeadlinePassed(place.memory().progress().deadlineMark()));
    }

    private Place<S, D> take(Place<S, D> place, Step step) {
        List<Step> steps = new ArrayList<>(place.steps());
        steps.add(step);
        S from = place.memory().progress().state();
        note(
                name(from, step.event().<Class<?>>map(Object::getClass).orElse(Trigger.DeadlinePassed.class)),
                new ArrayList<>(steps));
        if (step.refused().isPresent()) {
            S after = react(place, step.event()).orElseThrow().progress().state();
            note(name(after, step.refused().get()), new ArrayList<>(steps));
        }
        ProcessStep<S, D> result = new ProcessRunner<>(table)
                .run(
                        place.memory(),
                        trigger(place, step.event()),
                        place.steps().size(),
                        "walk",
                        null,
                        (id, command, causation) -> step.refused()
                                        .filter(command.getClass()::equals)
                                        .isPresent()
                                ? new Outcome.Refused("told_so", "refused, as told", "")
                                : new Outcome.Accepted(true));
        return new Place<>(result.memory(), steps);
    }

    private void note(String row, List<Step> steps) {
        ways.putIfAbsent(row, new Way(saga, row, steps));
    }

    private static String name(@Nullable Object from, Class<?> trigger) {
        return from + " + " + trigger.getSimpleName();
    }
}
