package aether.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.archive.keys.KeyStatement;
import aether.archive.log.HybridSigner;
import aether.archive.log.VerifierKey;
import aether.archive.seal.FileHeadStore;
import aether.archive.seal.FileKey;
import aether.archive.seal.HeadStore;
import aether.archive.seal.SealWorld;
import aether.archive.seal.Sealer;
import aether.archive.seal.SeenElsewhere;
import aether.archive.verify.ArchiveVerifier;
import aether.archive.verify.VerificationReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRotationTest {

    private static final String ORIGIN = "audit.test/log";

    private final SecureRandom random = new SecureRandom();

    @TempDir
    private Path directory;

    private ArchiverSettings settings;

    @BeforeEach
    void growALog() throws IOException {
        settings = ArchiverSettings.offline(Map.of(), archive(), state(), ORIGIN);
        grow(300);
    }

    private String archive() {
        return directory.resolve("archive").toString();
    }

    private Path state() {
        return directory.resolve("state");
    }

    /** As an archiver does between its start and its end. */
    private void grow(long size) throws IOException {
        try (HeadStore head = OpenedLog.heads(settings, System::nanoTime).open();
                ArchivePlace.Opened place = settings.archive().open()) {
            Sealer sealer = OpenedLog.open(settings, place, head, SeenElsewhere.NOTHING, () -> SealWorld.START, random);
            sealer.append(SealWorld.entries(sealer.size(), size));
            sealer.seal(SealWorld.offsets(size));
        }
    }

    private KeyRotation rotation() throws IOException {
        return new KeyRotation(Map.of(), archive(), state(), () -> SealWorld.START, random);
    }

    private VerifierKey key() throws IOException {
        return FileKey.open(settings.keyFile(), ORIGIN, random).verifierKey();
    }

    private List<String> reports() throws IOException {
        Path outbox = settings.reports().outbox();
        if (!Files.exists(outbox)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(outbox)) {
            return files.map(file -> {
                        try {
                            return Files.readString(file);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .toList();
        }
    }

    private void requireIntact(VerifierKey brought, long size) throws IOException {
        Path vkey = directory.resolve("brought.vkey");
        Files.writeString(vkey, brought.vkey());
        VerificationReport report = ArchiveVerifier.verify(Path.of(archive()), Optional.of(vkey));
        assertThat(report.sentences()).isEmpty();
        assertThat(report.entries()).isEqualTo(size);
    }

    @Test
    void replacesTheKeyAndReportsIt() throws IOException {
        VerifierKey old = key();

        KeyStatement made = rotation().perform("scheduled", "case-18");

        assertThat(made.from()).isEqualTo(old);
        assertThat(made.to()).isEqualTo(key());
        assertThat(rotation().next()).doesNotExist();
        assertThat(Files.readString(settings.keyFile())).doesNotContain(old.idHex());
        assertThat(reports())
                .singleElement()
                .asString()
                .contains("archive.record-key-change")
                .contains("scheduled")
                .contains("case-18")
                .contains(old.vkey())
                .contains(key().vkey());
        grow(310);
        requireIntact(old, 310);
        requireIntact(key(), 310);
    }

    @Test
    void aKeyThatHasSignedNothingIsNotReplaced() throws IOException {
        rotation().perform("scheduled", "");
        VerifierKey second = key();

        assertThatThrownBy(() -> rotation().perform("exposed", ""))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Expected a log whose key has signed something, but " + second.idHex());
        assertThat(rotation().next()).doesNotExist();
        grow(301);
        assertThat(rotation().perform("exposed", "").number()).isEqualTo(2);
    }

    @Test
    void isRefusedWhileAnArchiverSealsAndLeavesNothing() throws IOException {
        try (HeadStore held = FileHeadStore.open(settings.headFile())) {
            assertThat(held.read().size()).isEqualTo(300);
            assertThatThrownBy(() -> rotation().perform("scheduled", "")).isInstanceOf(IOException.class);
        }
        assertThat(rotation().next()).doesNotExist();
        assertThatThrownBy(() -> rotation().perform("because", "")).hasMessageContaining("Expected one of the reasons");
        assertThat(rotation().next()).doesNotExist();
    }

    @Test
    void whatWasPreparedIsTakenByWhoeverOpensTheLog() throws IOException {
        VerifierKey old = key();
        rotation().prepare("personnel-change", "");
        VerifierKey next = HybridSigner.parse(
                        Files.readAllLines(rotation().next()).getFirst())
                .verifierKey();

        grow(310);

        assertThat(key()).isEqualTo(next);
        assertThat(reports()).singleElement().asString().contains("personnel-change");
        requireIntact(old, 310);
    }

    /** A kill between any two of: the key waits, the statement stands, it is reported, the key file is replaced. */
    @Test
    void aKillBetweenTheFilesIsFinished() throws IOException {
        rotation().prepare("scheduled", "");
        byte[] waiting = Files.readAllBytes(rotation().next());
        byte[] before = Files.readAllBytes(settings.keyFile());
        rotation().perform("scheduled", "");
        byte[] after = Files.readAllBytes(settings.keyFile());
        VerifierKey next = key();
        for (byte[] present : List.of(before, after)) {
            Files.write(settings.keyFile(), present);
            Path file = rotation().next();
            Files.write(file, waiting);
            Files.setPosixFilePermissions(file, Files.getPosixFilePermissions(settings.keyFile()));

            KeyStatement made = rotation().perform("other", "");

            assertThat(made.number()).isEqualTo(1);
            assertThat(key()).isEqualTo(next);
            assertThat(file).doesNotExist();
            assertThat(reports()).hasSize(1);
        }
        requireIntact(next, 300);
    }

    @Test
    void withoutTheLogsKeyNothingIsMade() throws IOException {
        Files.delete(settings.keyFile());
        assertThatThrownBy(this::rotation)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Expected the log's key in " + settings.keyFile());
        assertThat(settings.keyFile()).doesNotExist();
    }
}
