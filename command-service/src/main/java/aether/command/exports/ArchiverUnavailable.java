package aether.command.exports;

import org.jspecify.annotations.Nullable;

/** The archiver cannot be asked just now, or by nobody. */
public final class ArchiverUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ArchiverUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
