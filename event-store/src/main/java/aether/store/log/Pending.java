package aether.store.log;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A command between its caller and the writer thread. */
final class Pending {

    final AppendCommand command;

    final Set<String> streams;

    final long bytes;

    final long deadlineNanos;

    final CompletableFuture<AppendOutcome> answer = new CompletableFuture<>();

    /** Whoever sets it owns the command: the writer that sends it, or the caller that gives up before. */
    private final AtomicBoolean taken = new AtomicBoolean();

    /** Sent once without an answer. Owned by the writer thread. */
    boolean uncertain;

    Pending(AppendCommand command, long deadlineNanos) {
        this.command = command;
        this.streams = command.streams();
        this.bytes = command.bytes();
        this.deadlineNanos = deadlineNanos;
    }

    /** True for the one who may decide about the command from now on. */
    boolean take() {
        return taken.compareAndSet(false, true);
    }

    boolean expired(long nowNanos) {
        return nowNanos - deadlineNanos >= 0;
    }

    void succeed(AppendOutcome outcome) {
        answer.complete(outcome);
    }

    void fail(RuntimeException error) {
        answer.completeExceptionally(error);
    }

    /** Answers a taken command that is not tried again. */
    void giveUp(String reason, @Nullable Throwable cause) {
        if (uncertain) {
            fail(new LogOutcomeUnknown(
                    "Expected the log's answer, but the connection was lost after sending and " + reason, cause));
        } else {
            fail(new LogUnavailable("Expected to append to the log, but " + reason + "; nothing is stored", cause));
        }
    }
}
