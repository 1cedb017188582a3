package aether.embedded.kafka;

import aether.embedded.process.DirectoryLock;
import aether.embedded.process.Obstacle;
import aether.embedded.process.Port;
import aether.embedded.process.StartFailure;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A broker inside this JVM, for tests. */
public final class InJvmKafka implements LocalKafka {

    private final KafkaSettings settings;
    private final DirectoryLock held;
    private final int port;
    private @Nullable Broker broker;

    private InJvmKafka(KafkaSettings settings, DirectoryLock held) {
        this.settings = settings;
        this.held = held;
        this.port = Port.choose("Kafka", settings.port(), settings.portFile());
        this.broker = launch();
    }

    /**
     * Starts the broker and waits until it answers.
     *
     * @throws StartFailure when the directory is in use, the port is taken or the disk is full
     */
    public static InJvmKafka start(KafkaSettings settings) {
        DirectoryLock held = DirectoryLock.take(settings.directory());
        boolean started = false;
        try {
            InJvmKafka kafka = new InJvmKafka(settings, held);
            started = true;
            return kafka;
        } finally {
            if (!started) {
                held.close();
            }
        }
    }

    private Broker launch() {
        try {
            return Broker.start(settings.directory(), port, settings.broker());
        } catch (IOException e) {
            throw Obstacle.of(e, settings.directory());
        }
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public synchronized boolean isAlive() {
        return broker != null;
    }

    @Override
    public synchronized void stop() {
        if (broker != null) {
            broker.close();
            broker = null;
        }
    }

    @Override
    public synchronized void restart() {
        stop();
        broker = launch();
    }

    @Override
    public synchronized void close() {
        stop();
        held.close();
    }
}
