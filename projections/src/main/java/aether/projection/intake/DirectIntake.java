package aether.projection.intake;

import aether.projection.database.ViewStore;
import aether.projection.event.IncomingEvent;
import aether.projection.position.Positions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Applies events that somebody hands over in order, without Kafka; views and position move together. One thread uses
 * it.
 */
public final class DirectIntake {

    /** As many as the other way in takes per transaction. */
    private static final int BATCH = 500;

    private final EventReader reader = new EventReader();
    private final ViewStore store;
    private final List<IncomingEvent> batch = new ArrayList<>();
    private long applied;

    /** An intake into views that have seen nothing yet. */
    public DirectIntake(ViewStore store) {
        this.store = store;
    }

    /**
     * Takes the next event.
     *
     * @throws IllegalArgumentException when the CloudEvent is none of this release, or not of that position
     */
    public void add(long position, byte[] cloudEvent) throws SQLException {
        batch.add(reader.read(new FeedRecord(0, position, position, "", cloudEvent)));
        if (batch.size() == BATCH) {
            flush();
        }
    }

    /** Applies what has gathered. */
    public void flush() throws SQLException {
        if (batch.isEmpty()) {
            return;
        }
        long from = applied;
        long to = from + batch.size();
        store.write(connection -> {
            Positions.advance(connection, from, to);
            ViewUpdate update = new ViewUpdate(connection);
            for (IncomingEvent event : batch) {
                update.apply(event);
            }
            update.flush();
            return to;
        });
        applied = to;
        batch.clear();
    }
}
