package aether.standalone.platform;

import aether.command.access.Identity;
import aether.command.dispatch.Overloaded;
import aether.command.reports.ServiceCommands;
import aether.command.request.RequestRefused;
import aether.domain.kernel.Command;
import aether.domain.kernel.Outcome;
import aether.reconcile.loop.OutsideFailure;
import aether.reconcile.report.CommandPort;
import aether.store.log.LogOutcomeUnknown;
import aether.store.log.LogUnavailable;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The workers' way to the command service when both live in one process: the same rules, without the wire. */
final class InProcessCommands implements CommandPort {

    private static final Identity WORKERS = Identity.of("reconcile-workers", Identity.Kind.WORKER);

    private final ServiceCommands commands;

    InProcessCommands(ServiceCommands commands) {
        this.commands = commands;
    }

    @Override
    public Outcome send(UUID commandId, Command command, @Nullable UUID causation) {
        try {
            return commands.send(WORKERS, commandId, command, causation, null).outcome();
        } catch (LogUnavailable | LogOutcomeUnknown | Overloaded e) {
            throw new OutsideFailure(OutsideFailure.Kind.AWAY, String.valueOf(e.getMessage()), e);
        } catch (RequestRefused e) {
            throw new OutsideFailure(OutsideFailure.Kind.DENIED, String.valueOf(e.getMessage()), e);
        }
    }
}
