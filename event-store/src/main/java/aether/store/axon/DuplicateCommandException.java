package aether.store.axon;

import java.util.UUID;
import org.axonframework.common.AxonNonTransientException;

/**
 * The log holds a command with this id already, and nothing was stored now: answer "already done". Not to be retried.
 */
public final class DuplicateCommandException extends AxonNonTransientException {

    private static final long serialVersionUID = 1L;

    private final UUID commandId;

    private final long position;

    DuplicateCommandException(UUID commandId, long position) {
        super("Expected a new command, but " + commandId + " was stored before, at position " + position);
        this.commandId = commandId;
        this.position = position;
    }

    /** The id that repeats. */
    public UUID commandId() {
        return commandId;
    }

    /** The position of the first command's first event. */
    public long position() {
        return position;
    }
}
