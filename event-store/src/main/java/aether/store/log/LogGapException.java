package aether.store.log;

/** The alarm: positions are dense by construction, so a hole means lost or foreign rows, and reading must stop. */
public final class LogGapException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final long expected;

    private final long found;

    LogGapException(long expected, long found) {
        super("Expected position " + expected + " next in the log, but found " + found);
        this.expected = expected;
        this.found = found;
    }

    /** The position that should have been next. */
    public long expected() {
        return expected;
    }

    /** The position that was. */
    public long found() {
        return found;
    }
}
