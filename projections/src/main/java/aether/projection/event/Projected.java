package aether.projection.event;

import org.jspecify.annotations.Nullable;

/** What every projector may rely on, and what it says when the log breaks it. */
public final class Projected {

    private Projected() {}

    /**
     * The view, which an earlier event must have made.
     *
     * @throws IllegalStateException when there is none: the log is not the one these projectors were written for
     */
    public static <V> V existing(@Nullable V view, IncomingEvent incoming) {
        if (view == null) {
            throw new IllegalStateException("Expected an earlier event to have made what %s at position %d changes, but"
                            .formatted(incoming.type(), incoming.position())
                    + " %s is unknown.".formatted(incoming.subject()));
        }
        return view;
    }
}
