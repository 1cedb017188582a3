package aether.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextFileTest {

    @TempDir
    private Path directory;

    @Test
    void readsWhatItWroteForItsOwnerAlone() throws IOException {
        Path file = directory.resolve("aether/config.yaml");
        ContextFile written = ContextFile.empty()
                .with(new ContextFile.Context("a", "http://127.0.0.1:1", "/tmp/a", null))
                .with(new ContextFile.Context("b", "https://example:2", "/tmp/b", "/tmp/ca.pem"))
                .with(new ContextFile.Context("a", "http://127.0.0.1:3", "/tmp/a", null));
        written.write(file);

        assertThat(ContextFile.read(file)).isEqualTo(written);
        assertThat(written.current()).isEqualTo("a");
        assertThat(written.contexts()).hasSize(2);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("aether"))))
                .isEqualTo("rwx------");
    }

    @Test
    void aFileThatIsNotThereIsEmpty() {
        assertThat(ContextFile.read(directory.resolve("none"))).isEqualTo(ContextFile.empty());
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        Path file = Files.writeString(directory.resolve("c.yaml"), "contexts:\n- name: a\n  server: http://x\n");

        assertThatThrownBy(() -> ContextFile.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("contexts[].token_file");
    }

    @Test
    void refusesWhatIsNotYaml() throws IOException {
        Path file = Files.writeString(directory.resolve("c.yaml"), "a: [");

        assertThatThrownBy(() -> ContextFile.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("to be YAML");
    }
}
