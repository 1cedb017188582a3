package aether.projection.position;

/** Another process has moved the views; this one reads their position again before it goes on. */
public final class PositionMovedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The position was expected here and was not. */
    public PositionMovedException(long expected) {
        super("Expected the views to stand before position %d, but another process has moved them."
                .formatted(expected));
    }
}
