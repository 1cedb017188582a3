package aether.reconcile.report;

import aether.domain.kernel.Command;
import aether.domain.kernel.Outcome;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The way to the one service that may decide. */
@FunctionalInterface
public interface CommandPort {

    /**
     * Sends a command and waits for the answer. A repeat with the same id changes nothing (law 5).
     *
     * @param commandId what the repeat of a command is recognised by
     * @param causation the id of the event that led to the command, if it was one
     * @throws aether.reconcile.loop.OutsideFailure when there is no answer, or the sender may not send this
     */
    Outcome send(UUID commandId, Command command, @Nullable UUID causation);
}
