package aether.command.dispatch;

/** Too many commands are in flight; this one was not begun. */
public final class Overloaded extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Overloaded(int inFlight) {
        super(
                "Expected room for another command, but " + inFlight + " are in flight already; try again shortly.",
                null,
                false,
                false);
    }
}
