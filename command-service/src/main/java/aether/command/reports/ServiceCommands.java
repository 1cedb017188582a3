package aether.command.reports;

import aether.command.access.Identity;
import aether.command.access.Permissions;
import aether.command.dispatch.Actor;
import aether.command.dispatch.CommandContext;
import aether.command.dispatch.CommandDispatcher;
import aether.command.dispatch.CommandEnvelope;
import aether.command.dispatch.Dispatched;
import aether.command.request.RequestRefused;
import aether.domain.kernel.Command;
import aether.format.CommandTypes;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes commands of our own services: over HTTP from other processes, or called directly in this one. */
public final class ServiceCommands {

    private final CommandDispatcher dispatcher;

    /** Service commands, carried by a dispatcher. */
    public ServiceCommands(CommandDispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    /**
     * Sends a command in the same process.
     *
     * @param causationId the id of the event that caused it
     * @param correlationId what it belongs to
     * @throws RequestRefused with status 403 when the identity may not send this command
     * @throws aether.store.log.LogUnavailable when the log is away; nothing is stored, send it again later
     * @throws aether.store.log.LogOutcomeUnknown when the log went away meanwhile; send it again, with the same id
     * @throws aether.command.dispatch.Overloaded when too many commands are in flight
     */
    public Dispatched send(
            Identity identity,
            UUID commandId,
            Command command,
            @Nullable UUID causationId,
            @Nullable UUID correlationId) {
        return send(
                identity,
                commandId,
                command,
                new CommandContext(
                        new Actor(identity.kind().word(), identity.principal()),
                        null,
                        null,
                        causationId,
                        correlationId,
                        null));
    }

    /**
     * Sends a command that came with a request.
     *
     * @throws RequestRefused with status 403 when the identity may not send this command
     */
    public Dispatched send(Identity identity, UUID commandId, Command command, CommandContext context) {
        if (!Permissions.maySend(identity, command)) {
            throw new RequestRefused(
                    403,
                    "forbidden",
                    "Expected a command that belongs to " + identity.kind().word() + " identities, but "
                            + CommandTypes.nameOf(command.getClass()) + " does not.");
        }
        return dispatcher.dispatch(new CommandEnvelope(commandId, command, context));
    }
}
