package aether.embedded.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.embedded.process.StartFailure;
import aether.embedded.process.StartFailure.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class LocalKafkaTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private KafkaSettings settings() {
        return KafkaSettings.in(directory.resolve("kafka")).unsupervised();
    }

    @Test
    void brokerInThisJvmKeepsRecordsAcrossRestartAndReopening() {
        keepsRecords(InJvmKafka::start);
    }

    @Test
    void brokerProcessKeepsRecordsAcrossRestartAndReopening() {
        keepsRecords(KafkaProcess::start);
    }

    private void keepsRecords(Function<KafkaSettings, LocalKafka> start) {
        int port;
        try (LocalKafka kafka = start.apply(settings())) {
            port = kafka.port();
            KafkaTopics.ensure(kafka.bootstrapServers(), "kept", 2);
            KafkaTopics.ensure(kafka.bootstrapServers(), "kept", 2);
            Records.send(kafka, "kept", "one");
            kafka.restart();
            Records.send(kafka, "kept", "two");
        }
        try (LocalKafka kafka = start.apply(settings())) {
            assertThat(kafka.port()).isEqualTo(port);
            assertThat(Records.read(kafka, "kept", 2)).containsExactlyInAnyOrder("one", "two");
        }
    }

    @Test
    void neverDeletesOrCompactsATopic() {
        try (LocalKafka kafka = InJvmKafka.start(settings())) {
            KafkaTopics.ensure(kafka.bootstrapServers(), "for-ever", 1);
            assertThat(Records.configuration(kafka, "for-ever"))
                    .containsEntry("retention.ms", "-1")
                    .containsEntry("retention.bytes", "-1")
                    .containsEntry("cleanup.policy", "delete");
        }
    }

    @Test
    void acknowledgedRecordsSurviveAKillOfTheBrokerAndItComesBackByItself() throws InterruptedException {
        try (KafkaProcess kafka = KafkaProcess.start(KafkaSettings.in(directory.resolve("kafka")))) {
            KafkaTopics.ensure(kafka.bootstrapServers(), "kept", 1);
            Records.send(kafka, "kept", "before the kill");
            long first = kafka.pid();
            ProcessHandle.of(first).orElseThrow().destroyForcibly();
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!kafka.isAlive() || kafka.pid() == first) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                Thread.sleep(20);
            }
            Records.send(kafka, "kept", "after the kill");
            assertThat(Records.read(kafka, "kept", 2)).containsExactly("before the kill", "after the kill");
        }
    }

    @Test
    void refusesADirectoryThatIsInUse() {
        try (LocalKafka kafka = InJvmKafka.start(settings())) {
            assertThatThrownBy(() -> KafkaProcess.start(settings()))
                    .isInstanceOfSatisfying(
                            StartFailure.class, e -> assertThat(e.reason()).isEqualTo(Reason.DIRECTORY_IN_USE));
            assertThat(kafka.isAlive()).isTrue();
        }
    }

    @Test
    void refusesAPortThatIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> KafkaProcess.start(settings().withPort(taken.getLocalPort())))
                    .isInstanceOfSatisfying(
                            StartFailure.class, e -> assertThat(e.reason()).isEqualTo(Reason.PORT_TAKEN))
                    .hasMessageContaining("port %d", taken.getLocalPort());
        }
    }

    @Test
    void formatsAnewAfterAKillInTheMiddleOfTheFirstFormat() throws IOException {
        Files.createDirectories(directory.resolve("kafka/logs.unfinished"));
        Files.writeString(directory.resolve("kafka/logs.unfinished/bootstrap.checkpoint"), "torn");
        try (LocalKafka kafka = InJvmKafka.start(settings())) {
            KafkaTopics.ensure(kafka.bootstrapServers(), "works", 1);
        }
    }

    @Test
    void saysWhatTheBrokerSaidWhenItDoesNotStart() {
        assertThatThrownBy(() -> KafkaProcess.start(settings().with("num.io.threads", "none")))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("num.io.threads")
                .hasMessageContaining("broker.log");
    }
}
