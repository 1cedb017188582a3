package aether.reconcile;

import aether.reconcile.process.Sagas;
import aether.reconcile.process.StoppedProcesses;
import java.util.Map;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.StreamingEventProcessor;

/** What the workers say about themselves. */
public final class WorkersHealth {

    /**
     * A moment.
     *
     * @param ready whether the desired state is known
     * @param sagasRunning whether the sagas' processor runs without an error
     * @param stopped sagas that need a person, with the reason
     * @param troubles what does not work now, with the reason
     */
    public record Report(
            boolean ready, boolean sagasRunning, Map<String, String> stopped, Map<String, String> troubles) {}

    private final WorkersLifecycle lifecycle;
    private final StoppedProcesses stopped;
    private final Configuration axon;

    WorkersHealth(WorkersLifecycle lifecycle, StoppedProcesses stopped, Configuration axon) {
        this.lifecycle = lifecycle;
        this.stopped = stopped;
        this.axon = axon;
    }

    /** How it is now. */
    public Report report() {
        boolean sagasRunning = axon.eventProcessingConfiguration()
                .eventProcessor(Sagas.GROUP, StreamingEventProcessor.class)
                .filter(processor -> processor.isRunning() && !processor.isError())
                .isPresent();
        return new Report(lifecycle.isReady(), sagasRunning, stopped.reasons(), lifecycle.troubles());
    }
}
