package aether.domain.process;

import aether.domain.kernel.Command;
import aether.domain.kernel.DomainEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A long-running process as a constant table: state and trigger give commands, deadline and next state. Unknown pairs
 * are errors; repeats and late deadlines are ignored by rule.
 *
 * @param <S> the states
 * @param <D> what the process remembers
 */
public final class ProcessTable<S extends Enum<S>, D> {

    /** What a row does when its trigger comes. */
    @FunctionalInterface
    public interface Action<S extends Enum<S>, D, T> {
        /** The move that follows from what the process remembers and the trigger. */
        Move<S, D> on(D data, T trigger);
    }

    /**
     * One row.
     *
     * @param from the state it applies in; absent for the row that starts the process
     * @param trigger the event's or refused command's class, or {@link Trigger.DeadlinePassed}
     * @param next the states it may lead to;
     * @param ignored whether the row says that the trigger means nothing in this state
     */
    public record Row<S extends Enum<S>>(@Nullable S from, Class<?> trigger, Set<S> next, boolean ignored) {
        public Row {
            next = Set.copyOf(next);
        }
    }

    private record Key(@Nullable Object from, Class<?> trigger) {}

    private record Entry<S extends Enum<S>, D>(
            Row<S> row, @Nullable Action<S, D, Object> action) {}

    private final String name;
    private final Set<S> terminal;
    private final Map<S, Duration> deadlines;
    private final Map<Key, Entry<S, D>> entries;
    private final List<Row<S>> rows;

    private ProcessTable(Builder<S, D> builder) {
        this.name = builder.name;
        this.terminal = Set.copyOf(builder.terminal);
        this.deadlines = new EnumMap<>(builder.states);
        this.deadlines.putAll(builder.deadlines);
        this.entries = Map.copyOf(builder.entries);
        this.rows = List.copyOf(builder.rows);
    }

    /** Starts a table. */
    public static <S extends Enum<S>, D> Builder<S, D> named(String name, Class<S> states) {
        return new Builder<>(name, states);
    }

    /** The process's name. */
    public String name() {
        return name;
    }

    /** Every row, in the order in which it was written. */
    public List<Row<S>> rows() {
        return rows;
    }

    /** The states in which the process is over. */
    public Set<S> terminal() {
        return terminal;
    }

    /** How long the process may stay in a state; empty when it may stay for ever. */
    public Optional<Duration> deadlineOf(S state) {
        return Optional.ofNullable(deadlines.get(state));
    }

    /** Whether an event's class appears in the table at all. */
    public boolean knows(Class<?> trigger) {
        return rows.stream().anyMatch(row -> row.trigger().equals(trigger));
    }

    /**
     * What follows from a trigger.
     *
     * @param position the position of the event; not looked at for other triggers
     * @return empty when the trigger is a repeat, a late deadline or one that a row ignores
     * @throws UnknownTransitionException when no row fits
     */
    public Optional<Reaction<S, D>> react(Progress<S, D> progress, Trigger trigger, long position) {
        return switch (trigger) {
            case Trigger.Happened happened ->
                position <= progress.lastPosition()
                        ? Optional.empty()
                        : move(progress, happened.event().getClass(), happened.event(), position);
            case Trigger.DeadlinePassed passed ->
                passed.mark() != progress.deadlineMark()
                        ? Optional.empty()
                        : move(progress, Trigger.DeadlinePassed.class, passed, progress.lastPosition());
            case Trigger.CommandRefused refused ->
                move(progress, refused.command().getClass(), refused, progress.lastPosition());
        };
    }

    private Optional<Reaction<S, D>> move(Progress<S, D> progress, Class<?> kind, Object trigger, long position) {
        S from = progress.state();
        if (from != null && terminal.contains(from)) {
            return Optional.empty();
        }
        Entry<S, D> entry = entries.get(new Key(from, kind));
        if (entry == null) {
            throw new UnknownTransitionException(name, from, kind);
        }
        if (entry.action() == null) {
            return Optional.empty();
        }
        @SuppressWarnings("NullAway") // the starting row's action is wrapped so that it never looks at the data
        Move<S, D> move = entry.action().on(progress.data(), trigger);
        if (!entry.row().next().contains(move.next())) {
            throw new IllegalStateException("Expected " + name + " to go from " + from + " to one of "
                    + entry.row().next() + ", but it went to " + move.next() + ".");
        }
        boolean ended = terminal.contains(move.next());
        Duration deadline = ended ? null : deadlines.get(move.next());
        boolean restart = deadline != null && (move.next() != from || kind.equals(Trigger.DeadlinePassed.class));
        long setAt = ended || deadline == null
                ? Progress.NO_DEADLINE
                : restart ? nextMark(progress, position) : progress.deadlineMark();
        return Optional.of(new Reaction<>(
                new Progress<>(move.next(), move.data(), position, setAt),
                move.commands(),
                restart ? deadline : null,
                ended));
    }

    /** A deadline that is set again at the same position needs another mark, or the old one would still count. */
    private static long nextMark(Progress<?, ?> progress, long position) {
        long mark = position << DEADLINE_SHIFT;
        return progress.deadlineMark() >= mark ? progress.deadlineMark() + 1 : mark;
    }

    /** Room for 1,024 renewals of a deadline at one position; a process that waits longer moves on by an event. */
    private static final int DEADLINE_SHIFT = 10;

    /** Collects rows. */
    public static final class Builder<S extends Enum<S>, D> {
        private final String name;
        private final Class<S> states;
        private final Set<S> terminal;
        private final Map<S, Duration> deadlines;
        private final Map<Key, Entry<S, D>> entries = new HashMap<>();
        private final List<Row<S>> rows = new ArrayList<>();

        private Builder(String name, Class<S> states) {
            this.name = name;
            this.states = states;
            this.terminal = EnumSet.noneOf(states);
            this.deadlines = new EnumMap<>(states);
        }

        /** Bounds the stay in a state. */
        public Builder<S, D> deadline(S state, Duration atMost) {
            deadlines.put(state, atMost);
            return this;
        }

        /** Names a state in which the process is over. */
        public Builder<S, D> end(S state) {
            terminal.add(state);
            return this;
        }

        /** The row that starts the process. */
        @SafeVarargs
        @SuppressWarnings("varargs") // the array is only read
        public final <E extends DomainEvent> Builder<S, D> start(
                Class<E> event, Function<E, Move<S, D>> action, S next, S... orNext) {
            return add(null, event, (data, trigger) -> action.apply(event.cast(trigger)), next, orNext);
        }

        /** A row for an event. */
        @SafeVarargs
        @SuppressWarnings("varargs") // the array is only read
        public final <E extends DomainEvent> Builder<S, D> on(
                S from, Class<E> event, Action<S, D, E> action, S next, S... orNext) {
            return add(from, event, (data, trigger) -> action.on(data, event.cast(trigger)), next, orNext);
        }

        /** A row for the deadline of a state. */
        @SafeVarargs
        @SuppressWarnings("varargs") // the array is only read
        public final Builder<S, D> late(S from, Action<S, D, Trigger.DeadlinePassed> action, S next, S... orNext) {
            return add(
                    from,
                    Trigger.DeadlinePassed.class,
                    (data, trigger) -> action.on(data, (Trigger.DeadlinePassed) trigger),
                    next,
                    orNext);
        }

        /** A row for the refusal of a command that the process sent. */
        @SafeVarargs
        @SuppressWarnings("varargs") // the array is only read
        public final Builder<S, D> refused(
                S from,
                Class<? extends Command> command,
                Action<S, D, Trigger.CommandRefused> action,
                S next,
                S... orNext) {
            return add(
                    from, command, (data, trigger) -> action.on(data, (Trigger.CommandRefused) trigger), next, orNext);
        }

        /** Rows that say: these mean nothing in this state. */
        public Builder<S, D> ignore(S from, Class<?>... triggers) {
            for (Class<?> trigger : triggers) {
                put(new Row<>(from, trigger, Set.of(from), true), null);
            }
            return this;
        }

        /** The table. */
        public ProcessTable<S, D> build() {
            return new ProcessTable<>(this);
        }

        private Builder<S, D> add(@Nullable S from, Class<?> trigger, Action<S, D, Object> action, S next, S[] orNext) {
            put(new Row<>(from, trigger, EnumSet.of(next, orNext), false), action);
            return this;
        }

        private void put(Row<S> row, @Nullable Action<S, D, Object> action) {
            if (entries.putIfAbsent(new Key(row.from(), row.trigger()), new Entry<>(row, action)) != null) {
                throw new IllegalArgumentException("Expected one row for " + row.from() + " and "
                        + row.trigger().getSimpleName() + ", but " + name + " has two.");
            }
            rows.add(row);
        }
    }
}
