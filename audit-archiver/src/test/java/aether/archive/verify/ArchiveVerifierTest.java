package aether.archive.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.archive.log.Ed25519Signer;
import aether.archive.seal.ArchiveStores;
import aether.archive.seal.FileHeadStore;
import aether.archive.seal.FileKey;
import aether.archive.seal.KafkaOffsets;
import aether.archive.seal.SealSettings;
import aether.archive.seal.SealWorld;
import aether.archive.seal.Sealer;
import aether.archive.store.LiveFileStore;
import aether.archive.store.WormFileStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stranger before a directory that someone with root rights has had their hands on. */
@Tag("slow")
class ArchiveVerifierTest {

    private static final int ENTRIES = 600;

    @TempDir
    private Path directory;

    private Path archive;
    private Path vkey;

    @BeforeEach
    void makeArchive() throws IOException {
        archive = directory.resolve("archive");
        vkey = directory.resolve("brought.vkey");
        Ed25519Signer signer =
                FileKey.open(directory.resolve("audit.key"), archive, "audit.test/log", new SecureRandom());
        Files.writeString(vkey, signer.verifierKey().vkey() + "\n");
        try (FileHeadStore heads = FileHeadStore.open(directory.resolve("head"))) {
            ArchiveStores stores = new ArchiveStores(new WormFileStore(archive), new LiveFileStore(archive), heads);
            Sealer sealer = Sealer.open(stores, signer, SealSettings.DEFAULTS, () -> SealWorld.START);
            sealer.append(SealWorld.entries(0, 300));
            sealer.seal(KafkaOffsets.NONE);
            sealer.append(SealWorld.entries(300, 560));
            sealer.seal(KafkaOffsets.NONE);
            sealer.append(SealWorld.entries(560, ENTRIES));
            sealer.publish();
        }
    }

    @Test
    void findsNothingWrongInWhatTheSealerMade() throws IOException {
        VerificationReport report = ArchiveVerifier.verify(archive, Optional.of(vkey));

        assertThat(report.findings()).isEmpty();
        assertThat(report.remarks()).isEmpty();
        assertThat(report.entries()).isEqualTo(ENTRIES);
        assertThat(report.verdict()).isEqualTo("Verified with the key you brought.");
    }

    @Test
    void withoutAKeyOfOnesOwnNothingIsIndependent() throws IOException {
        VerificationReport report = ArchiveVerifier.verify(archive, Optional.empty());

        assertThat(report.isIntact()).isTrue();
        assertThat(report.independent()).isFalse();
        assertThat(report.verdict()).startsWith("Self-consistent, not independently verified");
    }

    @Test
    void refusesTheArchiveOfAnotherKey() throws IOException {
        String other = Ed25519Signer.fromSeed("audit.test/log", new byte[32])
                .verifierKey()
                .vkey();
        Files.writeString(vkey, other);

        assertThat(ArchiveVerifier.verify(archive, Optional.of(vkey)).findings())
                .first()
                .asString()
                .contains("has no valid signature");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tile/entries/000",
                "tile/entries/002.p/48",
                "tile/entries/002.p/88",
                "tile/0/001",
                "tile/0/002.p/88",
                "tile/1/000.p/1",
                "staged/001/00000000000000000256",
                "checkpoints/00000000000000000300",
                "seals/00000000000000000300.json",
                "checkpoint",
                "keys/0.vkey"
            })
    void findsOneFlippedBitAnywhere(String object) throws IOException {
        byte[] bytes = Files.readAllBytes(archive.resolve(object));
        bytes[bytes.length / 2] ^= 1;
        write(object, bytes);

        assertThat(ArchiveVerifier.verify(archive, Optional.empty()).findings()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tile/entries/001", "tile/entries/002.p/88", "tile/0/000", "tile/1/000.p/2",
                "checkpoints/00000000000000000300", "seals/00000000000000000300.json", "checkpoint", "keys/0.vkey",
                ".locks/tile/0/000"
            })
    void findsWhateverWasRemoved(String object) throws IOException {
        Files.delete(archive.resolve(object));

        assertThat(ArchiveVerifier.verify(archive, Optional.empty()).isIntact()).isFalse();
    }

    @Test
    void findsALockThatWasWeakenedAndAFileThatCanBeWritten() throws IOException {
        Path lock = archive.resolve(".locks/tile/0/000");
        String weaker = Files.readString(lock).replace("COMPLIANCE", "GOVERNANCE");
        Files.delete(lock);
        Files.writeString(lock, weaker);
        Files.setPosixFilePermissions(archive.resolve("tile/0/001"), PosixFilePermissions.fromString("rw-r--r--"));
        Files.writeString(archive.resolve("tile/note.txt"), "was here");

        assertThat(ArchiveVerifier.verify(archive, Optional.empty()).findings())
                .anyMatch(finding -> finding.startsWith("Expected tile/0/000 to be locked in COMPLIANCE mode"))
                .anyMatch(finding -> finding.equals("Expected tile/0/001 to be read-only, but it can be written."))
                .anyMatch(finding -> finding.contains("tile/note.txt is none"));
    }

    @Test
    void findsEntriesThatStandAtAnotherPositionThanTheySay() throws IOException {
        Findings findings = new Findings();
        PositionCheck positions = new PositionCheck(findings);
        positions.check(5, SealWorld.entry(5));
        positions.check(6, SealWorld.entry(7));
        positions.check(8, new byte[] {'{'});

        assertThat(findings.report(false, 0, "").findings()).hasSize(2);
    }

    @Test
    void aLiveCheckpointThatWasPutBackIsRemarkedAndTheSealedOneHolds() throws IOException {
        write("checkpoint", Files.readAllBytes(archive.resolve("checkpoints/00000000000000000300")));

        VerificationReport report = ArchiveVerifier.verify(archive, Optional.of(vkey));

        assertThat(report.entries()).isEqualTo(560);
        assertThat(report.remarks()).singleElement().asString().contains("behind the sealed one of size 560");
    }

    @Test
    void saysWhenThereIsNoArchive() {
        assertThatThrownBy(() -> ArchiveVerifier.verify(directory.resolve("nowhere"), Optional.empty()))
                .hasMessageContaining("Expected an archive in");
    }

    private void write(String object, byte[] bytes) throws IOException {
        Files.delete(archive.resolve(object));
        Files.write(archive.resolve(object), bytes);
    }
}
