package aether.domain.process;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.kernel.Command;
import aether.domain.kernel.DomainEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Walks a table row by row, remembers where it has been and which commands were sent into which state. */
final class TableWalk<S extends Enum<S>, D> {

    /** A command that was sent by a row, and the state in which its refusal would be met. */
    record Sent<S>(S state, Class<? extends Command> command) {}

    /** A row and one of the states it may lead to. */
    record Edge<S extends Enum<S>>(ProcessTable.Row<S> row, S next) {}

    private static final long POSITION = 10;
    private static final long MARK = 7;

    private final ProcessTable<S, D> table;
    private final Set<Edge<S>> visited = new LinkedHashSet<>();
    private final Set<Sent<S>> sent = new LinkedHashSet<>();

    TableWalk(ProcessTable<S, D> table) {
        this.table = table;
    }

    /** What the row answers; remembers the visit. */
    Reaction<S, D> reaction(@Nullable S from, @Nullable D data, Trigger trigger) {
        return answer(from, data, trigger)
                .orElseThrow(() -> new AssertionError("Expected " + from + " to answer " + trigger));
    }

    /** Checks one row: where it goes and what it sends. */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    final D row(@Nullable S from, @Nullable D data, Trigger trigger, S next, Class<? extends Command>... commands) {
        Reaction<S, D> reaction = reaction(from, data, trigger);
        assertThat(reaction.progress().state()).as("%s meets %s", from, trigger).isEqualTo(next);
        assertThat(reaction.commands())
                .as("%s meets %s", from, trigger)
                .<Class<?>>map(Command::getClass)
                .isEqualTo(Arrays.<Class<?>>asList(commands));
        D after = reaction.progress().data();
        if (after == null) {
            throw new AssertionError("Expected " + from + " to remember something, but it does not.");
        }
        return after;
    }

    /** Checks that a row says: this means nothing here. */
    void ignores(S from, D data, DomainEvent event) {
        assertThat(answer(from, data, new Trigger.Happened(event)))
                .as("%s meets %s", from, event)
                .isEmpty();
    }

    private Optional<Reaction<S, D>> answer(@Nullable S from, @Nullable D data, Trigger trigger) {
        Class<?> kind = switch (trigger) {
            case Trigger.Happened happened -> happened.event().getClass();
            case Trigger.DeadlinePassed passed -> passed.getClass();
            case Trigger.CommandRefused refused -> refused.command().getClass();
        };
        Progress<S, D> before = from == null ? Progress.none() : new Progress<>(from, data, POSITION, MARK);
        Optional<Reaction<S, D>> reaction = table.react(before, trigger, POSITION + 1);
        S after = reaction.isPresent() ? reaction.get().progress().state() : from;
        table.rows().stream()
                .filter(row -> row.from() == from && row.trigger().equals(kind))
                .forEach(row -> visited.add(new Edge<>(row, Objects.requireNonNull(after))));
        reaction.ifPresent(answered -> {
            S next = answered.progress().state();
            if (next != null && !answered.ended()) {
                answered.commands().forEach(command -> sent.add(new Sent<>(next, command.getClass())));
            }
        });
        return reaction;
    }

    /** The rows that were never visited, once for each state that they may lead to. */
    List<Edge<S>> missed() {
        List<Edge<S>> missed = new ArrayList<>();
        table.rows().forEach(row -> row.next().forEach(next -> missed.add(new Edge<>(row, next))));
        missed.removeAll(visited);
        return missed;
    }

    /** What was sent without a row for its refusal, but for commands of which the decider refuses none. */
    Set<Sent<S>> withoutRefusalRow(Set<Class<? extends Command>> neverRefused) {
        Set<Sent<S>> open = new LinkedHashSet<>(sent);
        open.removeIf(each -> neverRefused.contains(each.command())
                || table.rows().stream()
                        .anyMatch(row ->
                                row.from() == each.state() && row.trigger().equals(each.command())));
        return open;
    }

    static Trigger happened(DomainEvent event) {
        return new Trigger.Happened(event);
    }

    static Trigger late() {
        return new Trigger.DeadlinePassed(MARK);
    }

    static Trigger refused(Command command) {
        return new Trigger.CommandRefused(command, "code", "Expected something, but it is not.");
    }
}
