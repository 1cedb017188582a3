package aether.command.door;

import org.jspecify.annotations.Nullable;

/** A round of the door could not be finished; the next one begins where the token stands. */
final class DoorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DoorException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
