package aether.command.forgetting;

import aether.command.dispatch.Overloaded;
import aether.store.log.LogOutcomeUnknown;
import aether.store.log.LogUnavailable;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at start, and now and then, for what somebody began to forget and a crash cut off. */
public final class ForgettingRounds implements AutoCloseable {

    /** A promise to forget is kept within a month; a crashed neighbour's is taken up within minutes. */
    private static final Duration PAUSE = Duration.ofMinutes(10);

    /** While the log is away. */
    private static final Duration PAUSE_WHILE_AWAY = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(ForgettingRounds.class);

    private final Forgetting forgetting;

    private final Thread thread =
            Thread.ofPlatform().daemon().name("aether-forgetting").unstarted(this::run);

    /** Rounds. */
    public ForgettingRounds(Forgetting forgetting) {
        this.forgetting = forgetting;
    }

    /** Starts looking. */
    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(round());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration round() {
        try {
            forgetting.complete();
            return PAUSE;
        } catch (LogUnavailable | LogOutcomeUnknown | Overloaded e) {
            LOG.warn("Expected to look for what was begun to be forgotten, but {}; trying again", e.getMessage());
            return PAUSE_WHILE_AWAY;
        } catch (RuntimeException e) {
            // The thread's edge: what fails today is tried again in the next round.
            LOG.error("Expected to complete what was begun to be forgotten, but it failed", e);
            return PAUSE;
        }
    }
}
