package aether.projection.rebuild;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rebuild of this process, in the background, one at a time; the last one's outcome is kept. */
public final class RebuildJob {

    private static final Logger LOG = LoggerFactory.getLogger(RebuildJob.class);

    /**
     * What is known about the rebuild.
     *
     * @param state {@code idle}, {@code running}, {@code done} or {@code failed}
     * @param message why it failed; absent otherwise
     * @param report how it went; absent until it is done
     */
    public record Progress(
            String state,
            @Nullable String message,
            @Nullable RebuildReport report) {
        static final Progress IDLE = new Progress("idle", null, null);
        static final Progress RUNNING = new Progress("running", null, null);
    }

    private final Rebuild rebuild;
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicReference<Progress> progress = new AtomicReference<>(Progress.IDLE);

    public RebuildJob(Rebuild rebuild) {
        this.rebuild = rebuild;
    }

    /** Begins unless one is running; answers whether it began. */
    public boolean begin() {
        if (!running.compareAndSet(false, true)) {
            return false;
        }
        progress.set(Progress.RUNNING);
        Thread.ofVirtual().name("projections-rebuild").start(() -> {
            progress.set(outcome());
            running.set(false);
        });
        return true;
    }

    /** What is known now. */
    public Progress progress() {
        return progress.get();
    }

    private Progress outcome() {
        try {
            return new Progress("done", null, rebuild.run());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Progress("failed", "Expected to go on, but the service is stopping.", null);
        } catch (SQLException | RuntimeException e) { // an edge: whoever asks for the progress is told
            LOG.warn("Expected to rebuild the views, but {}", e.getMessage());
            return new Progress("failed", e.getMessage(), null);
        }
    }
}
