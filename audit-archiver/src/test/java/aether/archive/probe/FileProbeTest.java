package aether.archive.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileProbeTest {

    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    @Test
    void aFileSystemKeepsMistakesOutAndIsNotCalledCompliant(@TempDir Path directory) throws IOException {
        Path archive = Files.createDirectory(directory.resolve("archive"));

        WormVerdict verdict = FileProbe.of(archive, NOW);

        assertThat(verdict.attempts()).extracting(WormVerdict.Attempt::held).containsExactly(true, false);
        assertThat(verdict.isCompliant()).isFalse();
        assertThat(verdict.sentence())
                .startsWith("NOT WORM: " + archive)
                .contains("delete its file with the archiver's own account: it is gone");
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).containsExactly(archive);
        }
    }

    @Test
    void nothingTriedIsNothingProved() {
        assertThat(new WormVerdict("somewhere", NOW, java.util.List.of()).isCompliant())
                .isFalse();
    }
}
