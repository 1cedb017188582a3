package aether.store.log;

import org.jspecify.annotations.Nullable;

/** The log could not be reached or did not answer in time. Nothing of the command is or will be stored. */
public class LogUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LogUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
