package aether.command.door;

/**
 * How events leave.
 *
 * @param bootstrapServers where Kafka is
 * @param topic the topic of all events
 * @param wantedTopic the topic on which consumers state the position they want next
 * @param partitions of the events' topic, when the door has to create it; never changed afterwards
 * @param replicationFactor of both topics, when the door has to create them; -1 for the broker's default
 */
public record DoorSettings(
        String bootstrapServers, String topic, String wantedTopic, int partitions, short replicationFactor) {

    /** The topic of all events. */
    public static final String TOPIC = "aether.events.v1";

    /** The topic on which consumers state what they want next. */
    public static final String WANTED_TOPIC = "aether.wanted.v1";

    /** Enough for six consumers of one group side by side. */
    public static final int PARTITIONS = 6;

    /** What the broker thinks right. */
    public static final short BROKERS_REPLICATION = -1;

    public DoorSettings {
        if (bootstrapServers.isBlank()) {
            throw new IllegalArgumentException("Expected the address of Kafka, but it is blank.");
        }
        if (partitions < 1) {
            throw new IllegalArgumentException("Expected at least one partition, but got " + partitions + ".");
        }
    }

    /** The defaults, for a Kafka at an address. */
    public static DoorSettings of(String bootstrapServers) {
        return new DoorSettings(bootstrapServers, TOPIC, WANTED_TOPIC, PARTITIONS, BROKERS_REPLICATION);
    }
}
