package aether.command.api;

import aether.command.access.Identity;
import aether.command.dispatch.Actor;
import aether.command.dispatch.CommandContext;
import aether.command.dispatch.CommandEnvelope;
import aether.command.privacy.Pseudonyms;
import aether.command.strict.Attempt;
import aether.domain.kernel.Command;
import aether.domain.kernel.NameBasedId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
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
 * @param sent what it has sent so far
 */
record Caller(
        Identity identity,
        UUID requestId,
        String sourceAddress,
        @Nullable String traceparent,
        @Nullable String key,
        Supplier<UUID> newIds,
        Pseudonyms pseudonyms,
        Sent sent) {

    /** Under which attribute a request carries its caller. */
    static final String ATTRIBUTE = Caller.class.getName();

    CommandContext context() {
        return context(null, requestId);
    }

    CommandContext context(@Nullable UUID causationId, UUID correlationId) {
        return new CommandContext(
                new Actor(actorType(), identity.principal()),
                requestId.toString(),
                sourceAddress,
                causationId,
                correlationId,
                traceparent);
    }

    private String actorType() {
        return identity.kind() == Identity.Kind.ORGANIZATION
                ? "user"
                : identity.kind().word();
    }

    /** The id that every sending of these bytes under the same key shares; without a key that of the request. */
    UUID correlationId(byte[] body) {
        return idempotencyKey()
                .map(given ->
                        NameBasedId.of("manifest", commandKey(), given, new String(body, StandardCharsets.ISO_8859_1)))
                .orElse(requestId);
    }

    /** What is known of this request, to find what an earlier sending left in the log. */
    Attempt attempt() {
        return new Attempt(
                actorType(),
                pseudonyms.of(identity.principal()),
                requestId,
                Objects.requireNonNullElse(sent.correlationId(), requestId),
                sent.commandIds(),
                sent.streams());
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
        sent.into(List.of(command.stream()));
        if (key == null) {
            return newIds.get();
        }
        UUID id = NameBasedId.of("request", identity.kind(), pseudonyms.of(identity.principal()), key, command);
        sent.command(id);
        return id;
    }

    /** A command of this request. */
    CommandEnvelope envelope(Command command) {
        return new CommandEnvelope(commandId(command), command, context());
    }
}
