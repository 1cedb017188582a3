package aether.embedded.kafka;

/** A Kafka broker on this machine, reachable from this machine only. */
public sealed interface LocalKafka extends AutoCloseable permits InJvmKafka, KafkaProcess {

    int port();

    /** What a client is configured with. */
    default String bootstrapServers() {
        return "127.0.0.1:" + port();
    }

    boolean isAlive();

    /** Stops the broker in order and leaves it stopped until {@link #restart()}. */
    void stop();

    /** Stops the broker when it runs and starts it on the same port. */
    void restart();

    @Override
    void close();
}
