package aether.store.restore;

/** A log was to be restored where there is one already. */
public final class LogNotEmptyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LogNotEmptyException(String table) {
        super("Expected an empty database, but table " + table
                + " has rows: a log is only ever restored where there is none.");
    }
}
