package aether.archive.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.archive.log.Signer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Objects;
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

    @Test
    void theNextKeyWaitsBesideAndThenTakesItsPlace() throws IOException {
        Path file = directory.resolve("state/audit.key");
        Signer old = FileKey.open(file, ORIGIN, random);
        Instant now = Instant.parse("2026-11-30T08:00:00Z");
        assertThat(FileKey.openAll(file, ORIGIN, random).next()).isNull();

        FileKey.prepareNext(file, ORIGIN, now, "exposed", "INC-7", random);
        assertThatThrownBy(() -> FileKey.prepareNext(file, ORIGIN, now, "exposed", "", random))
                .hasMessageContaining("Expected no next key yet, but one waits in");
        SigningKeys both = FileKey.openAll(file, ORIGIN, random);
        assertThat(both.signer().verifierKey()).isEqualTo(old.verifierKey());
        NextKey next = Objects.requireNonNull(both.next());
        assertThat(next.at()).isEqualTo(now);
        assertThat(next.reason()).isEqualTo("exposed");
        assertThat(next.reference()).isEqualTo("INC-7");
        assertThat(Files.getPosixFilePermissions(FileKey.next(file)))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));

        FileKey.takeNext(file);
        FileKey.takeNext(file);
        SigningKeys after = FileKey.openAll(file, ORIGIN, random);
        assertThat(after.signer().verifierKey()).isEqualTo(next.signer().verifierKey());
        assertThat(after.next()).isNull();
        assertThat(Files.readString(file)).doesNotContain("reason");
    }

    @Test
    void aNextKeyThatOthersReadOrThatIsNoneIsRefused() throws IOException {
        Path file = directory.resolve("state/audit.key");
        FileKey.open(file, ORIGIN, random);
        Instant now = Instant.parse("2026-11-30T08:00:00Z");
        assertThatThrownBy(() -> FileKey.prepareNext(file, ORIGIN, now, "because", "", random))
                .hasMessageContaining("Expected one of the reasons scheduled, exposed");
        assertThatThrownBy(() -> FileKey.prepareNext(file, ORIGIN, now, "other", "Mia Muster", random))
                .hasMessageContaining("Expected the number of a case");
        FileKey.prepareNext(file, ORIGIN, now, "other", "", random);
        Path waiting = FileKey.next(file);
        Files.setPosixFilePermissions(waiting, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> FileKey.openAll(file, ORIGIN, random)).hasMessageContaining("(0600)");
        Files.setPosixFilePermissions(waiting, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(waiting, Files.readString(file));
        assertThatThrownBy(() -> FileKey.openAll(file, ORIGIN, random)).hasMessageContaining("holds something else");
    }
}
