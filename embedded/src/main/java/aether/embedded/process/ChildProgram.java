package aether.embedded.process;

import aether.embedded.process.StartFailure.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One run of a program as our child: in a session of its own, told to end when we die, asked nicely before it must. */
public final class ChildProgram implements Supervisor.Run {

    private static final Duration STOP_BOUND = Duration.ofSeconds(20); // an API server lets running requests finish
    private static final long POLL_MILLIS = 20;

    private final String part;
    private final Process process;
    private final ParentWatch watch;
    private final Path directory;
    private final LogFile log;
    private final long logBegin;

    private ChildProgram(String part, Process process, ParentWatch watch, Path directory, LogFile log, long logBegin) {
        this.part = part;
        this.process = process;
        this.watch = watch;
        this.directory = directory;
        this.log = log;
        this.logBegin = logBegin;
    }

    /**
     * Starts a program; it has this environment and no other.
     *
     * @param part what a person calls it
     * @param directory where it works, and where {@code <part>.log} keeps what it says
     * @throws StartFailure when there is no such program or the directory cannot be written
     */
    public static ChildProgram launch(
            String part, Path directory, List<String> command, Map<String, String> environment) {
        LogFile log = new LogFile(directory.resolve(part + ".log")).trimmed();
        long logBegin = log.size();
        List<String> line = new ArrayList<>(Children.ownSession());
        line.addAll(command);
        try {
            ProcessBuilder builder = new ProcessBuilder(line)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.path().toFile()));
            builder.environment().clear();
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            return new ChildProgram(part, process, ParentWatch.over(process.pid()), directory, log, logBegin);
        } catch (IOException e) {
            throw Obstacle.of(e, directory);
        }
    }

    /**
     * Waits until it serves; ends it when it does not.
     *
     * @throws StartFailure with its last words when it ends before, or takes longer than {@code bound}
     */
    public ChildProgram awaitReady(Duration bound, BooleanSupplier ready) {
        long deadline = System.nanoTime() + bound.toNanos();
        while (!ready.getAsBoolean()) {
            if (hasEndedWithin(POLL_MILLIS)) {
                end();
                throw Obstacle.of(part, directory, log.path(), lastWords());
            }
            if (System.nanoTime() > deadline) {
                end();
                throw new StartFailure(
                        Reason.BROKEN,
                        "Expected %s to serve within %s, but it does not; see %s".formatted(part, bound, log.path()));
            }
        }
        return this;
    }

    private boolean hasEndedWithin(long millis) {
        try {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            end();
            Thread.currentThread().interrupt();
            throw new StartFailure(Reason.BROKEN, "Expected %s to start, but we were told to stop".formatted(part), e);
        }
    }

    /** The last few lines that this run has written. */
    public String lastWords() {
        return log.since(logBegin);
    }

    /** Waits for it to end by itself, and says with what; empty when it has not within the bound. */
    public OptionalInt awaitExit(Duration bound) {
        try {
            return process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)
                    ? OptionalInt.of(process.exitValue())
                    : OptionalInt.empty();
        } catch (InterruptedException e) {
            end();
            Thread.currentThread().interrupt();
            throw new StartFailure(
                    Reason.BROKEN, "Expected %s to end by itself, but we were told to stop".formatted(part), e);
        }
    }

    @Override
    public ProcessHandle process() {
        return process.toHandle();
    }

    @Override
    public void end() {
        process.destroy();
        if (!Children.awaitEnd(process.toHandle(), STOP_BOUND)) {
            process.destroyForcibly();
            Children.awaitEnd(process.toHandle(), STOP_BOUND);
        }
        watch.close();
    }
}
