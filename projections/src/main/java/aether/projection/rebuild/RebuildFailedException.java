package aether.projection.rebuild;

/** A rebuild was given up; the live views are as they were. */
public final class RebuildFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RebuildFailedException(String message) {
        super(message);
    }
}
