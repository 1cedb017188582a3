package aether.archive.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.archive.log.Signer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileKeyTest {

    private static final String ORIGIN = "audit.test/log";

    @TempDir
    private Path directory;

    private final SecureRandom random = new SecureRandom();

    @Test
    void makesAKeyOnceForItsOwnerOnly() throws IOException {
        Path file = directory.resolve("keys/audit.key");
        Signer made = FileKey.open(file, directory.resolve("archive"), ORIGIN, random);
        Signer read = FileKey.open(file, directory.resolve("archive"), ORIGIN, random);

        assertThat(read.verifierKey()).isEqualTo(made.verifierKey());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void refusesAKeyInsideTheArchiveOrOpenToOthersOrOfAnotherLog() throws IOException {
        Path archive = directory.resolve("archive");
        Path file = directory.resolve("audit.key");
        FileKey.open(file, archive, ORIGIN, random);

        assertThatThrownBy(() -> FileKey.open(archive.resolve("x/../audit.key"), archive, ORIGIN, random))
                .hasMessageContaining("Expected the key outside the archive");
        assertThatThrownBy(() -> FileKey.open(file, archive, "other.test/log", random))
                .hasMessageContaining("Expected the key of other.test/log");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> FileKey.open(file, archive, ORIGIN, random))
                .hasMessageContaining("for its owner only (0600), but it is rw-r--r--");
    }
}
