package aether.store.log;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Appends commands to the log. Everything in flight shares one round trip and one flush; a process needs exactly one
 * writer (more connections are slower), and any number of processes may write at a time.
 */
public final class LogWriter implements AutoCloseable {

    /** Longer than the network gives up, so that a blocked caller is only left alone by a writer that is dead. */
    private static final Duration GRACE = Duration.ofSeconds(2L * LogConnections.SOCKET_TIMEOUT_SECONDS);

    private final WriterSettings settings;

    private final BlockingQueue<Pending> queue;

    private final LogNotifier notifier;

    private final WriterLoop loop;

    private final Thread thread;

    private LogWriter(WriterSettings settings, Consumer<ClockStep> clockSteps) {
        this.settings = settings;
        this.queue = new ArrayBlockingQueue<>(settings.queueCapacity());
        this.notifier = new LogNotifier(settings.database(), settings.notifyGap());
        Backlog backlog = new Backlog(queue, settings.maxBatchEvents(), settings.maxBatchBytes());
        this.loop = new WriterLoop(settings, backlog, notifier, clockSteps);
        this.thread = Thread.ofPlatform().daemon().name("aether-log-writer").unstarted(loop);
    }

    /**
     * Starts a writer. The database may be away; it is looked for when the first command comes.
     *
     * @param clockSteps told about steps of the clock, on the writer's thread: it must not block or append in place
     */
    public static LogWriter open(WriterSettings settings, Consumer<ClockStep> clockSteps) {
        LogWriter writer = new LogWriter(settings, clockSteps);
        writer.notifier.start();
        writer.thread.start();
        return writer;
    }

    /**
     * Hands a command over and returns at once. The answer fails with {@link LogUnavailable} (nothing stored),
     * {@link LogOutcomeUnknown}, or IllegalArgumentException when PostgreSQL cannot store these bytes.
     *
     * <p>Answers come on the writer's thread: what follows them must not block there.
     */
    public CompletableFuture<AppendOutcome> submit(AppendCommand command) {
        return hand(command).answer;
    }

    /**
     * Appends a command and waits for the answer, at most for {@link WriterSettings#answerWait()} and the time an
     * answer under way may still take.
     *
     * @throws LogUnavailable when nothing is and nothing will be stored
     * @throws LogOutcomeUnknown when the connection was lost and did not come back in time
     */
    public AppendOutcome append(AppendCommand command) {
        Pending pending = hand(command);
        try {
            return pending.answer.get(settings.answerWait().plus(GRACE).toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw rethrown(e);
        } catch (TimeoutException e) {
            throw abandoned(
                    pending, "no answer came within " + settings.answerWait().plus(GRACE), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw abandoned(pending, "the caller was interrupted", e);
        }
    }

    /** Stops taking commands, answers those that wait, and ends the threads. */
    @Override
    public void close() {
        loop.stop();
        try {
            thread.join();
            notifier.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Pending hand(AppendCommand command) {
        Pending pending =
                new Pending(command, System.nanoTime() + settings.answerWait().toNanos());
        if (loop.stopped()) {
            refuse(pending, "the writer is closed");
        } else if (!queue.offer(pending)) {
            refuse(pending, settings.queueCapacity() + " commands are waiting already");
        } else if (loop.stopped() && queue.remove(pending)) {
            refuse(pending, "the writer is closed"); // it may have looked at the queue for the last time before
        }
        return pending;
    }

    private static void refuse(Pending pending, String reason) {
        if (pending.take()) {
            pending.giveUp(reason, null);
        }
    }

    private static RuntimeException abandoned(Pending pending, String reason, @Nullable Throwable cause) {
        if (pending.take()) {
            return new LogUnavailable("Expected to append to the log, but " + reason + "; nothing is stored", cause);
        }
        return new LogOutcomeUnknown("Expected the log's answer, but " + reason, cause);
    }

    private static RuntimeException rethrown(ExecutionException e) {
        // A copy with the caller's stack: the original belongs to the writer's thread.
        Throwable cause = e.getCause();
        if (cause instanceof LogUnavailable) {
            return new LogUnavailable(String.valueOf(cause.getMessage()), cause);
        }
        if (cause instanceof LogOutcomeUnknown) {
            return new LogOutcomeUnknown(String.valueOf(cause.getMessage()), cause);
        }
        if (cause instanceof IllegalArgumentException) {
            return new IllegalArgumentException(cause.getMessage(), cause);
        }
        return new IllegalStateException("Expected an answer of the log, but the writer failed", cause);
    }
}
