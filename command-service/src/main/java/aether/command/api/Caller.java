package aether.command.api;

import aether.command.access.Identity;
import aether.command.dispatch.Actor;
import aether.command.dispatch.CommandContext;
import aether.command.dispatch.CommandEnvelope;
import aether.command.privacy.Pseudonyms;
import aether.domain.kernel.Command;
import aether.domain.kernel.NameBasedId;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, and what the request says about itself.
 *
 * @param key the value of {@code Idempotency-Key}, if any
 * @param newIds ids for what has no key
 * @param pseudonyms names as they may be hashed into ids that the log keeps
 */
record Caller(
        Identity identity,
        UUID requestId,
        String sourceAddress,
        @Nullable String traceparent,
        @Nullable String key,
        Supplier<UUID> newIds,
        Pseudonyms pseudonyms) {

    /** Under which attribute a request carries its caller. */
    static final String ATTRIBUTE = Caller.class.getName();

    CommandContext context() {
        return context(null, requestId);
    }

    CommandContext context(@Nullable UUID causationId, UUID correlationId) {
        String type = identity.kind() == Identity.Kind.ORGANIZATION
                ? "user"
                : identity.kind().word();
        return new CommandContext(
                new Actor(type, identity.principal()),
                requestId.toString(),
                sourceAddress,
                causationId,
                correlationId,
                traceparent);
    }

    Optional<String> idempotencyKey() {
        return Optional.ofNullable(key);
    }

    /** What keeps the keys of different callers apart. */
    String commandKey() {
        return identity.kind() + " " + pseudonyms.of(identity.principal());
    }

    /** The id of a command: the same for the same key and command, a new one without a key. */
    UUID commandId(Command command) {
        return idempotencyKey()
                .map(given ->
                        NameBasedId.of("request", identity.kind(), pseudonyms.of(identity.principal()), given, command))
                .orElseGet(newIds);
    }

    /** A command of this request. */
    CommandEnvelope envelope(Command command) {
        return new CommandEnvelope(commandId(command), command, context());
    }
}
