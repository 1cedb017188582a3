package aether.reconcile.process;

import aether.domain.kernel.Command;
import aether.domain.kernel.Outcome;
import aether.reconcile.loop.OutsideFailure;
import aether.reconcile.report.CommandPort;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps what was sent, once per id; refuses and breaks on demand. */
final class RecordingCommands implements CommandPort {

    /** When the double breaks. */
    enum Break {
        BEFORE,
        AFTER
    }

    private final Map<UUID, Command> taken = new LinkedHashMap<>();
    private Optional<Class<? extends Command>> refused = Optional.empty();
    private int calls;
    private int breakAt = -1;
    private Break how = Break.BEFORE;

    /** From now on commands of this class are refused. */
    void refuse(Optional<Class<? extends Command>> command) {
        refused = command;
    }

    /** The call with this number, from 0, breaks. */
    void breakAt(int call, Break when) {
        breakAt = call;
        how = when;
    }

    @Override
    public Outcome send(UUID commandId, Command command, @Nullable UUID causation) {
        boolean breaks = calls++ == breakAt;
        if (breaks && how == Break.BEFORE) {
            throw new OutsideFailure(OutsideFailure.Kind.AWAY, "broken before the effect, as told");
        }
        Outcome outcome;
        if (refused.filter(command.getClass()::equals).isPresent()) {
            outcome = new Outcome.Refused("told_so", "refused, as told", "");
        } else {
            Command first = taken.putIfAbsent(commandId, command);
            if (first != null && !first.equals(command)) {
                throw new AssertionError("One id for two commands: " + first + " and " + command);
            }
            outcome = new Outcome.Accepted(true);
        }
        if (breaks) {
            throw new OutsideFailure(OutsideFailure.Kind.AWAY, "broken after the effect, as told");
        }
        return outcome;
    }

    /** What was accepted, once each, in order. */
    Map<UUID, Command> taken() {
        return taken;
    }

    /** How often the double was called. */
    int calls() {
        return calls;
    }
}
