package aether.embedded.kafka;

import aether.embedded.process.Children;
import aether.embedded.process.LogFile;
import aether.embedded.process.Obstacle;
import aether.embedded.process.StartFailure;
import aether.embedded.process.StartFailure.Reason;
import aether.embedded.process.Supervisor;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One run of the broker as a child JVM. */
final class BrokerProcess implements Supervisor.Run {

    private static final Duration READY_BOUND =
            Duration.ofMinutes(2); // log recovery after a kill reads what was not flushed
    private static final Duration STOP_BOUND =
            Duration.ofSeconds(20); // its own bound, and time to write the class archive

    private final Process process;

    private BrokerProcess(Process process) {
        this.process = process;
    }

    static BrokerProcess launch(KafkaSettings settings, int port) {
        LogFile log = new LogFile(settings.directory().resolve("broker.log")).trimmed();
        long logBegin = log.size();
        try {
            Process process = new ProcessBuilder(BrokerCommand.of(settings, port))
                    .directory(settings.directory().toFile())
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.path().toFile()))
                    .start();
            BrokerProcess broker = new BrokerProcess(process);
            broker.awaitReady(settings, log, logBegin);
            return broker;
        } catch (IOException e) {
            throw Obstacle.of(e, settings.directory());
        }
    }

    private void awaitReady(KafkaSettings settings, LogFile log, long logBegin) throws IOException {
        CompletableFuture<Boolean> ready = new CompletableFuture<>();
        Thread.ofVirtual().name("broker-output").start(() -> ready.complete(saysReady()));
        try {
            if (!ready.get(READY_BOUND.toMillis(), TimeUnit.MILLISECONDS)) {
                end();
                throw Obstacle.of("Kafka", settings.directory(), log.path(), log.since(logBegin));
            }
        } catch (TimeoutException e) {
            end();
            throw new StartFailure(
                    Reason.BROKEN,
                    "Expected Kafka on %s to be ready within %s, but it is not; see %s"
                            .formatted(settings.directory(), READY_BOUND, log.path()),
                    e);
        } catch (InterruptedException e) {
            end();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while Kafka was starting", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads what the child prints; the end of it before the word means the child has ended. */
    private boolean saysReady() {
        try (BufferedReader out = process.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.equals(BrokerMain.READY)) {
                    return true;
                }
            }
        } catch (IOException e) {
            // The pipe broke: the child has ended.
        }
        return false;
    }

    @Override
    public ProcessHandle process() {
        return process.toHandle();
    }

    @Override
    public void end() {
        try {
            process.getOutputStream().close(); // the broker reads this as "stop"
        } catch (IOException e) {
            // It has ended already.
        }
        if (!Children.awaitEnd(process.toHandle(), STOP_BOUND)) {
            process.destroyForcibly();
            Children.awaitEnd(process.toHandle(), STOP_BOUND);
        }
    }
}
