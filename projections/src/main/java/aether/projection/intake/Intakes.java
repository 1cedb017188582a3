package aether.projection.intake;

import aether.projection.database.ViewStore;
import aether.projection.position.IntakeMonitor;
import java.util.function.LongSupplier;

/** Makes intakes that read the same topic into different schemas. */
public final class Intakes implements AutoCloseable {

    private final KafkaWanted wanted;
    private final IntakeParts parts;

    /**
     * Intakes of a topic.
     *
     * @param nanoTime a clock that only runs forward
     */
    public Intakes(KafkaSettings settings, LongSupplier nanoTime) {
        this.wanted = new KafkaWanted(settings);
        this.parts =
                new IntakeParts(settings.eventsTopic(), new KafkaFeed(settings), new EventReader(), wanted, nanoTime);
    }

    /** An intake into a schema; it is not started. */
    public EventIntake into(ViewStore store, Preparation preparation, IntakeMonitor monitor) {
        return new EventIntake(store, preparation, parts, monitor);
    }

    /** States which position is wanted next; answers whether it was said. */
    public boolean state(long nextWanted) {
        return wanted.state(nextWanted, false);
    }

    @Override
    public void close() {
        wanted.close();
    }
}
