package aether.command.audit;

import aether.store.log.ClockStep;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands steps of the log's clock to the audit writer, which exists only after the log's writer does. */
public final class ClockSteps implements Consumer<ClockStep> {

    private static final Logger LOG = LoggerFactory.getLogger(ClockSteps.class);

    private final AtomicReference<Consumer<ClockStep>> listener = new AtomicReference<>(step -> {});

    /** From now on steps go there. */
    public void tell(Consumer<ClockStep> to) {
        listener.set(to);
    }

    @Override
    public void accept(ClockStep step) {
        LOG.warn("The log's clock stepped by {} microseconds at position {}", step.stepMicros(), step.position());
        listener.get().accept(step);
    }
}
