package aether.reconcile.process;

import aether.domain.kernel.Command;
import aether.domain.kernel.NameBasedId;
import aether.domain.kernel.Outcome;
import aether.domain.process.ProcessTable;
import aether.domain.process.Progress;
import aether.domain.process.Reaction;
import aether.domain.process.Trigger;
import aether.domain.process.UnknownTransitionException;
import aether.reconcile.report.CommandPort;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Feeds a table and sends what it answers; knows neither Axon nor SQL. A run that is repeated because the memory was
 * lost sends the same commands under the same ids, unless something else came between ({@link Progress#occasion}).
 */
final class ProcessRunner<S extends Enum<S>, D> {

    /** Refusals of commands that answer refusals of commands: a table that goes deeper is a loop. */
    private static final int DEPTH_MAX = 8;

    private final ProcessTable<S, D> table;

    ProcessRunner(ProcessTable<S, D> table) {
        this.table = table;
    }

    /**
     * Runs one trigger.
     *
     * @param instance what the process is about, the same after a restart
     * @param position the event's; not looked at for a deadline
     * @param causation the event's id, if it was one
     */
    ProcessStep<S, D> run(
            ProcessMemory<S, D> memory,
            Trigger trigger,
            long position,
            String instance,
            @Nullable UUID causation,
            CommandPort port) {
        if (memory.isStopped()) {
            return new ProcessStep<>(memory, Optional.empty(), false);
        }
        String occasion = memory.progress().occasion(trigger, position);
        Run run = new Run(memory.progress(), instance, causation, port);
        try {
            run.feed(trigger, position, occasion, 0);
        } catch (UnknownTransitionException e) {
            return new ProcessStep<>(
                    new ProcessMemory<>(run.progress, String.valueOf(e.getMessage())), Optional.empty(), false);
        }
        return new ProcessStep<>(new ProcessMemory<>(run.progress, ""), Optional.ofNullable(run.deadline), run.ended);
    }

    /** One trigger and all that follows from it at once. */
    private final class Run {
        private final String instance;
        private final @Nullable UUID causation;
        private final CommandPort port;
        private Progress<S, D> progress;
        private @Nullable Duration deadline;
        private boolean ended;

        private Run(Progress<S, D> progress, String instance, @Nullable UUID causation, CommandPort port) {
            this.progress = progress;
            this.instance = instance;
            this.causation = causation;
            this.port = port;
        }

        private void feed(Trigger trigger, long position, String path, int depth) {
            if (depth > DEPTH_MAX) {
                throw new IllegalStateException(
                        "Expected " + table.name() + " to settle, but refusals go on at " + path);
            }
            Optional<Reaction<S, D>> reaction = table.react(progress, trigger, position);
            if (reaction.isEmpty()) {
                return;
            }
            // The path, not a counter, makes the id: whether an earlier command was refused may differ in a repeat.
            Map<String, Trigger.CommandRefused> refusals = send(reaction.get(), path);
            progress = reaction.get().progress();
            ended = reaction.get().ended();
            if (reaction.get().deadlineIn() != null) {
                deadline = reaction.get().deadlineIn();
            } else if (progress.deadlineMark() == Progress.NO_DEADLINE) {
                deadline = null;
            }
            refusals.forEach((at, refusal) -> feed(refusal, position, at, depth + 1));
        }

        private Map<String, Trigger.CommandRefused> send(Reaction<S, D> reaction, String path) {
            Map<String, Trigger.CommandRefused> refusals = new LinkedHashMap<>();
            for (int ordinal = 0; ordinal < reaction.commands().size(); ordinal++) {
                Command command = reaction.commands().get(ordinal);
                String at = path + "." + ordinal;
                Outcome outcome = port.send(NameBasedId.of(table.name(), instance, at), command, causation);
                if (outcome instanceof Outcome.Refused refused) {
                    refusals.put(at, new Trigger.CommandRefused(command, refused.code(), refused.message()));
                }
            }
            return refusals;
        }
    }
}
