package aether.projection.intake;

/** Another process has moved the views; this one reads their position again before it goes on. */
final class PositionMovedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PositionMovedException(long expected) {
        super("Expected the views to stand before position %d, but another process has moved them."
                .formatted(expected));
    }
}
