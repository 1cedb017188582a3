package aether.reconcile.report;

import aether.domain.kernel.Command;
import aether.domain.kernel.Outcome;
import aether.reconcile.loop.Backoff;
import aether.reconcile.loop.OutsideFailure;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Waits through a short absence of the command service, so that it does not become everybody's trouble. */
public final class RetryingCommandPort implements CommandPort {

    /** How to wait; a parameter so that tests do not. */
    @FunctionalInterface
    public interface Pause {
        /** Waits so long. */
        void until(Duration delay) throws InterruptedException;
    }

    private final CommandPort port;
    private final int attempts;
    private final Backoff backoff;
    private final Pause pause;

    /**
     * A port that tries again.
     *
     * @param attempts how often in all, at least once
     */
    public RetryingCommandPort(CommandPort port, int attempts, Backoff backoff, Pause pause) {
        this.port = port;
        this.attempts = attempts;
        this.backoff = backoff;
        this.pause = pause;
    }

    @Override
    public Outcome send(UUID commandId, Command command, @Nullable UUID causation) {
        for (int attempt = 1; ; attempt++) {
            try {
                return port.send(commandId, command, causation);
            } catch (OutsideFailure e) {
                if (e.kind() != OutsideFailure.Kind.AWAY || attempt >= attempts) {
                    throw e;
                }
                waitAfter(attempt, e);
            }
        }
    }

    private void waitAfter(int attempt, OutsideFailure failure) {
        try {
            pause.until(backoff.after(attempt));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }
}
