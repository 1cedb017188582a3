package aether.store.log;

import org.jspecify.annotations.Nullable;

/**
 * The command was sent and the connection lost, and the log did not come back in time to be asked: it may or may not be
 * stored. Sending the same command again (same streams, sequences and ids) stores it at most once.
 */
public final class LogOutcomeUnknown extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LogOutcomeUnknown(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
