package aether.projection.intake;

/** A reading of the topic ended although nobody asked for it. */
final class FeedEndedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    FeedEndedException(String message, Throwable cause) {
        super(message, cause);
    }

    FeedEndedException(String message) {
        super(message);
    }
}
