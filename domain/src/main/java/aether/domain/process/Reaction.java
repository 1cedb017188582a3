package aether.domain.process;

import aether.domain.kernel.Command;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the shell of a process has to do after a trigger, in this order: send the commands, keep the progress, set the
 * deadline.
 *
 * @param progress what to keep
 * @param commands what to send, in order
 * @param deadlineIn how long until the deadline that starts now; absent when none starts
 * @param ended whether the process is over
 */
public record Reaction<S extends Enum<S>, D>(
        Progress<S, D> progress,
        List<Command> commands,
        @Nullable Duration deadlineIn,
        boolean ended) {
    public Reaction {
        commands = List.copyOf(commands);
    }

    /** How long until the deadline that starts now. */
    public Optional<Duration> deadline() {
        return Optional.ofNullable(deadlineIn);
    }
}
