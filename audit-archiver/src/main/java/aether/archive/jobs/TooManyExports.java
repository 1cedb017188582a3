package aether.archive.jobs;

/** There is no room for another export; the message says what would make some. */
public final class TooManyExports extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooManyExports(String message) {
        super(message, null, false, false);
    }
}
