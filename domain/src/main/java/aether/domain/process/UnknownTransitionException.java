package aether.domain.process;

import org.jspecify.annotations.Nullable;

/** A process met a trigger that its table has no row for in this state; a fault of the table, never silence. */
public final class UnknownTransitionException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    UnknownTransitionException(String process, @Nullable Object state, Class<?> trigger) {
        super("Expected " + process + " to have a row for " + trigger.getSimpleName() + " in state " + state
                + ", but there is none.");
    }
}
