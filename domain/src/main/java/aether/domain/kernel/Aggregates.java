package aether.domain.kernel;

import java.util.Map;
import java.util.function.Function;
import org.axonframework.modelling.command.AggregateLifecycle;

/** The one bridge from a pure decision to Axon: applies events to the running aggregate and starts new ones. */
public final class Aggregates {

    private Aggregates() {}

    /**
     * Applies what was decided. Events of the running aggregate's stream are applied to it; an event of another stream
     * starts the aggregate of that stream, in the same unit of work and so in the same append.
     *
     * @param stream the running aggregate's stream
     * @param births how to start another stream's aggregate, by the class of its first event
     */
    public static Outcome perform(String stream, Decision<?> decision, Map<Class<?>, Birth<?>> births) {
        return switch (decision) {
            case Decision.Accepted<?> accepted -> {
                for (DomainEvent event : accepted.events()) {
                    if (event.stream().equals(stream)) {
                        AggregateLifecycle.apply(event);
                    } else {
                        start(event, births);
                    }
                }
                yield new Outcome.Accepted(!accepted.events().isEmpty());
            }
            case Decision.Refused<?> refused -> Outcome.Refused.of(refused.rejection());
        };
    }

    /** Applies a decision that concerns the running aggregate alone. */
    public static Outcome perform(String stream, Decision<?> decision) {
        return perform(stream, decision, Map.of());
    }

    private static void start(DomainEvent event, Map<Class<?>, Birth<?>> births) {
        Birth<?> birth = births.get(event.getClass());
        if (birth == null) {
            throw new IllegalStateException(
                    "Expected the decision to start only streams it may start, but got " + event);
        }
        birth.start(event);
    }

    /**
     * How an aggregate begins.
     *
     * @param type the aggregate's class
     * @param constructor makes it from its first event
     */
    public record Birth<A>(Class<A> type, Function<DomainEvent, A> constructor) {
        private void start(DomainEvent event) {
            try {
                AggregateLifecycle.createNew(type, () -> constructor.apply(event));
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException("Expected " + type.getSimpleName() + " to start, but it failed", e);
            }
        }
    }
}
