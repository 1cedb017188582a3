package aether.projection;

import aether.projection.intake.EventIntake;
import aether.projection.live.Streams;
import org.springframework.context.SmartLifecycle;

/**
 * Ends streams and intake before the web server and everything else: open streams would hold up its graceful stop, and
 * a batch should not be cut off by a closing pool.
 */
final class ProjectionsShutdown implements SmartLifecycle {

    private final Streams streams;
    private final EventIntake intake;
    private volatile boolean running;

    ProjectionsShutdown(Streams streams, EventIntake intake) {
        this.streams = streams;
        this.intake = intake;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        streams.close();
        intake.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
