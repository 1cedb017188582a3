package aether.domain.kernel;

import java.util.List;

/**
 * What a decider answers: the events that follow from a command, or why it is refused.
 *
 * @param <R> the rejection family of the subject
 */
public sealed interface Decision<R extends Rejection> {

    /**
     * The command is accepted; an empty list means that it changed nothing, for example because it is a repeat.
     *
     * @param events in the order in which they happened, possibly of several streams
     */
    record Accepted<R extends Rejection>(List<DomainEvent> events) implements Decision<R> {
        public Accepted {
            events = List.copyOf(events);
        }
    }

    /** The command is refused and nothing happened. */
    record Refused<R extends Rejection>(R rejection) implements Decision<R> {}

    /** Accepts with these events. */
    static <R extends Rejection> Decision<R> accept(DomainEvent... events) {
        return new Accepted<>(List.of(events));
    }

    /** Accepts a command that is already satisfied. */
    static <R extends Rejection> Decision<R> unchanged() {
        return new Accepted<>(List.of());
    }

    /** Refuses. */
    static <R extends Rejection> Decision<R> refuse(R rejection) {
        return new Refused<>(rejection);
    }
}
