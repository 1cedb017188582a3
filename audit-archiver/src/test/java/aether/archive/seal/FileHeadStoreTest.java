package aether.archive.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.archive.log.Hash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileHeadStoreTest {

    private static final Head THREE = new Head(3, Hash.sha256(new byte[] {3}), 2, Hash.sha256(new byte[] {2}));

    @TempDir
    private Path directory;

    @Test
    void keepsTheHeadAcrossProcesses() throws IOException {
        try (FileHeadStore heads = FileHeadStore.open(directory.resolve("state/head"))) {
            assertThat(heads.read()).isEqualTo(Head.EMPTY);
            assertThat(heads.compareAndSet(Head.EMPTY, THREE)).isTrue();
            assertThat(heads.compareAndSet(Head.EMPTY, THREE)).isFalse();
        }
        try (FileHeadStore heads = FileHeadStore.open(directory.resolve("state/head"))) {
            assertThat(heads.read()).isEqualTo(THREE);
        }
    }

    @Test
    void lendsItselfToOneArchiverAtATime() throws IOException {
        try (FileHeadStore first = FileHeadStore.open(directory.resolve("head"))) {
            assertThat(first.read()).isEqualTo(Head.EMPTY);
            assertThatThrownBy(() -> FileHeadStore.open(directory.resolve("head")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("but another one has it");
        }
    }

    @Test
    void doesNotTakeADamagedHeadForAnEmptyOne() throws IOException {
        Files.writeString(directory.resolve("head"), "");
        try (FileHeadStore heads = FileHeadStore.open(directory.resolve("head"))) {
            assertThatThrownBy(heads::read).hasMessageContaining("Expected a head of five lines");
        }
    }
}
