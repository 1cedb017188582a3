package aether.command.dispatch;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a command and why. What concerns the tenant is read from the events themselves.
 *
 * @param actor who acts
 * @param requestId the request that carries the command
 * @param sourceAddress the address the request came from
 * @param causationId the id of the event that caused the command
 * @param correlationId the id shared by everything that one request set in motion
 * @param traceparent W3C trace context
 */
public record CommandContext(
        Actor actor,
        @Nullable String requestId,
        @Nullable String sourceAddress,
        @Nullable UUID causationId,
        @Nullable UUID correlationId,
        @Nullable String traceparent) {

    /** For what an actor does without a request. */
    public static CommandContext of(Actor actor) {
        return new CommandContext(actor, null, null, null, null, null);
    }
}
