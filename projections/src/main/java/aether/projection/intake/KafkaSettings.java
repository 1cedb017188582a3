package aether.projection.intake;

/**
 * Where events come from.
 *
 * @param bootstrapServers the brokers
 * @param eventsTopic the topic of all events
 * @param wantedTopic the topic on which consumers state what they want next
 */
public record KafkaSettings(String bootstrapServers, String eventsTopic, String wantedTopic) {}
