package aether.embedded.kafka;

import aether.embedded.process.Children;
import aether.embedded.process.DirectoryLock;
import aether.embedded.process.Port;
import aether.embedded.process.StartFailure;
import aether.embedded.process.Supervisor;
import java.time.Duration;
import java.util.List;

/** A broker as a child JVM that ends when we do, however we do. */
public final class KafkaProcess implements LocalKafka {

    private static final Duration LEFTOVER_BOUND = Duration.ofSeconds(15); // an orphan halts itself after ten

    private final DirectoryLock held;
    private final int port;
    private final Supervisor supervisor;

    private KafkaProcess(KafkaSettings settings, DirectoryLock held) {
        this.held = held;
        endLeftovers(settings); // before the port is chosen: it may be theirs
        this.port = Port.choose("Kafka", settings.port(), settings.portFile());
        this.supervisor = Supervisor.start("Kafka", settings.supervised(), () -> BrokerProcess.launch(settings, port));
    }

    /**
     * Starts the broker and waits until it answers. What a killed predecessor left on the directory is ended first.
     *
     * @throws StartFailure when the directory is in use, the port is taken or the disk is full
     */
    public static KafkaProcess start(KafkaSettings settings) {
        DirectoryLock held = DirectoryLock.take(settings.directory());
        boolean started = false;
        try {
            KafkaProcess kafka = new KafkaProcess(settings, held);
            started = true;
            return kafka;
        } finally {
            if (!started) {
                held.close();
            }
        }
    }

    /**
     * An orphan is stopping by itself; found by its command line, since a pid file can be lost or point at a stranger.
     */
    private static void endLeftovers(KafkaSettings settings) {
        ProcessHandle.allProcesses()
                .filter(process -> servesDirectory(process, settings))
                .toList()
                .forEach(orphan -> {
                    if (!Children.awaitEnd(orphan, LEFTOVER_BOUND)) {
                        orphan.destroyForcibly();
                        Children.awaitEnd(orphan, LEFTOVER_BOUND);
                    }
                });
    }

    private static boolean servesDirectory(ProcessHandle process, KafkaSettings settings) {
        List<String> arguments = List.of(process.info().arguments().orElse(new String[0]));
        return arguments.contains(BrokerMain.class.getName())
                && arguments.contains(settings.directory().toString());
    }

    @Override
    public int port() {
        return port;
    }

    /** The process number of the broker; only while it is not stopped. */
    public long pid() {
        return supervisor.pid();
    }

    @Override
    public boolean isAlive() {
        return supervisor.isAlive();
    }

    @Override
    public void stop() {
        supervisor.stop();
    }

    @Override
    public void restart() {
        supervisor.restart();
    }

    @Override
    public void close() {
        supervisor.close();
        held.close();
    }
}
