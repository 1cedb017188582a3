package aether.command.dispatch;

import aether.domain.kernel.Command;
import java.util.UUID;

/**
 * A command on its way in.
 *
 * @param commandId chosen by the sender; a second command with the same id changes nothing
 * @param command what is asked
 * @param context who asks and why
 */
public record CommandEnvelope(UUID commandId, Command command, CommandContext context) {}
