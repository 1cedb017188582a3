package aether.projection.position;

import org.jspecify.annotations.Nullable;

/**
 * How the intake is doing.
 *
 * @param nextWanted the smallest position that is not in the views
 * @param message why it does not move; absent while it does
 */
public record IntakeStatus(
        State state, long nextWanted, @Nullable String message) {

    /** What it is doing. */
    public enum State {
        /** It has not read anything yet. */
        STARTING,
        /** It applies what comes. */
        FOLLOWING,
        /** It stands before a position that Kafka does not have, and has asked for it. */
        GAP,
        /** It stands because something it needs is away, and tries again. */
        WAITING,
        /** It was told to stop. */
        STOPPED
    }
}
