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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** The workers' way to the command service when both live in one process: the same rules, without the wire. */
final class InProcessCommands implements CommandPort {

    private static final Identity WORKERS = Identity.of("reconcile-workers", Identity.Kind.WORKER);

    private final ServiceCommands commands;

    InProcessCommands(ServiceCommands commands) {
        this.commands = commands;
    }

    /**
     * On a thread of its own: on a saga's thread, Axon would take the command into the saga's unit of work, answer
     * before anything is stored, and store all commands of the step as one, under the first one's id.
     */
    @Override
    public Outcome send(UUID commandId, Command command, @Nullable UUID causation) {
        FutureTask<Outcome> sending = new FutureTask<>(() -> carry(commandId, command, causation));
        Thread carrier = Thread.startVirtualThread(sending);
        try {
            return sending.get();
        } catch (InterruptedException e) {
            carrier.interrupt();
            Thread.currentThread().interrupt();
            throw new OutsideFailure(
                    OutsideFailure.Kind.AWAY, "Expected an answer to a command, but was interrupted before", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("Expected a command to be carried, but it failed", e.getCause());
        }
    }

    private Outcome carry(UUID commandId, Command command, @Nullable UUID causation) {
        try {
            return commands.send(WORKERS, commandId, command, causation, null).outcome();
        } catch (LogUnavailable | LogOutcomeUnknown | Overloaded e) {
            throw new OutsideFailure(OutsideFailure.Kind.AWAY, String.valueOf(e.getMessage()), e);
        } catch (RequestRefused e) {
            throw new OutsideFailure(OutsideFailure.Kind.DENIED, String.valueOf(e.getMessage()), e);
        }
    }
}
