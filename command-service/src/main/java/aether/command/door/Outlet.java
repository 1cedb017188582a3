package aether.command.door;

import aether.format.KafkaRecordFields;
import java.util.List;
import java.util.OptionalLong;

/** Kafka as the door needs it. */
interface Outlet extends AutoCloseable {

    /**
     * Creates what is missing there and waits until it takes events.
     *
     * @return whether the events' topic has never held one
     * @throws DoorException when Kafka does not answer
     */
    boolean prepare();

    /**
     * Sends a batch in order and waits until all of it is acknowledged.
     *
     * @throws DoorException when it is not
     */
    void send(List<KafkaRecordFields> batch);

    /**
     * The smallest position that any consumer states as wanted next; empty when none says anything.
     *
     * @throws DoorException when Kafka does not answer
     */
    OptionalLong smallestWanted();

    /** The smallest position that consumers stated since the last call; empty when none did. Does not wait. */
    OptionalLong newlyWanted();

    @Override
    void close();
}
