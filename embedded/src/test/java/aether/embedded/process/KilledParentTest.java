package aether.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;

import aether.embedded.kafka.KafkaProcess;
import aether.embedded.kafka.KafkaSettings;
import aether.embedded.postgres.LocalPostgres;
import aether.embedded.postgres.PostgresSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 3, unit = TimeUnit.MINUTES)
class KilledParentTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    @Test
    void bothPartsEndWhenTheirParentIsKilled() throws IOException {
        Process holder = hold();
        List<ProcessHandle> parts = partsOf(holder);
        kill(holder.toHandle());
        for (ProcessHandle part : parts) {
            assertThat(Children.awaitEnd(part, PATIENCE)).isTrue();
        }
    }

    @Test
    void theSameDirectoriesServeTheNextParentAtOnce() throws IOException {
        Process holder = hold();
        List<ProcessHandle> parts = partsOf(holder);
        kill(holder.toHandle());
        startAndStop();
        assertThat(parts).allMatch(Children::hasEnded);
    }

    @Test
    void aServerThatOutlivedItsParentIsFoundAndEnded() throws IOException {
        Process holder = hold("outlive");
        List<ProcessHandle> parts = partsOf(holder);
        kill(holder.toHandle());
        ProcessHandle postgres = parts.getFirst();
        assertThat(Children.awaitEnd(parts.getLast(), PATIENCE)).isTrue();
        assertThat(Children.hasEnded(postgres)).isFalse();
        startAndStop();
        assertThat(Children.hasEnded(postgres)).isTrue();
    }

    @Test
    void everythingKilledAtOnceStartsAgain() throws IOException {
        Process holder = hold();
        List<ProcessHandle> parts = partsOf(holder);
        holder.destroyForcibly();
        parts.forEach(ProcessHandle::destroyForcibly);
        parts.forEach(KilledParentTest::kill);
        kill(holder.toHandle());
        startAndStop();
    }

    private void startAndStop() {
        try (LocalPostgres postgres = LocalPostgres.start(PostgresSettings.in(directory.resolve("postgres")));
                KafkaProcess kafka = KafkaProcess.start(KafkaSettings.in(directory.resolve("kafka")))) {
            assertThat(postgres.isAlive()).isTrue();
            assertThat(kafka.isAlive()).isTrue();
        }
    }

    private Process hold(String... more) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                directory.toString()));
        line.addAll(List.of(more));
        return new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static List<ProcessHandle> partsOf(Process holder) throws IOException {
        String line = holder.inputReader().readLine();
        assertThat(line).isNotNull();
        return Arrays.stream(line.split(" ", -1))
                .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
                .toList();
    }

    private static void kill(ProcessHandle process) {
        process.destroyForcibly(); // false when it has ended meanwhile
        assertThat(Children.awaitEnd(process, PATIENCE)).isTrue();
    }
}
