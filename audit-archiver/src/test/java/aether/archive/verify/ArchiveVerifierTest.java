package aether.archive.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.archive.log.Ed25519Signer;
import aether.archive.log.EntryBundle;
import aether.archive.log.Hash;
import aether.archive.log.Signer;
import aether.archive.read.DirectoryReader;
import aether.archive.seal.ArchiveStores;
import aether.archive.seal.FileHeadStore;
import aether.archive.seal.FileKey;
import aether.archive.seal.KafkaOffsets;
import aether.archive.seal.SealSettings;
import aether.archive.seal.SealWorld;
import aether.archive.seal.Sealer;
import aether.archive.store.LiveFileStore;
import aether.archive.store.WormFileStore;
import aether.archive.verify.VerificationRequest.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
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
        Signer signer = FileKey.open(directory.resolve("audit.key"), archive, "audit.test/log", new SecureRandom());
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
    void doesNotJudgeWhatWasStagedSinceTheCheckpoint() throws IOException {
        Files.write(
                archive.resolve("staged/002").resolve("%020d".formatted(ENTRIES + 1)),
                EntryBundle.encode(List.of(new byte[] {1})));

        assertThat(verify(VerificationLevel.TREE).findings()).isEmpty();
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

        assertThat(ArchiveVerifier.verify(archive, Optional.of(vkey)).sentences())
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
    void namesTheObjectInWhichOneBitWasFlipped(String object) throws IOException {
        flip(object);

        assertThat(verify(VerificationLevel.DOMAIN).findings())
                .extracting(Finding::object)
                .contains(object);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tile/entries/001",
                "tile/entries/002.p/88",
                "tile/0/000",
                "tile/1/000.p/2",
                "checkpoints/00000000000000000300",
                "checkpoint",
                "keys/0.vkey"
            })
    void namesTheObjectThatWasRemoved(String object) throws IOException {
        Files.delete(archive.resolve(object));

        assertThat(verify(VerificationLevel.DOMAIN).findings())
                .extracting(Finding::object)
                .contains(object);
    }

    @Test
    void namesTheEntryThatWasChanged() throws IOException {
        flip("tile/entries/001", 2 + 10); // within its first entry

        assertThat(verify(VerificationLevel.TREE).findings())
                .extracting(Finding::object)
                .filteredOn(object -> object.startsWith("entry "))
                .containsExactly("entry 256");
    }

    @Test
    void aRemovedSealBreaksTheChainAndARemovedLockIsMissed() throws IOException {
        Files.delete(archive.resolve("seals/00000000000000000300.json"));
        Files.delete(archive.resolve(".locks/tile/0/000"));

        assertThat(verify(VerificationLevel.DOMAIN).sentences())
                .anyMatch(finding -> finding.contains("a seal between them is missing or was changed"))
                .anyMatch(finding -> finding.equals("Expected tile/0/000 to be locked, but it has no lock record."));
    }

    @Test
    void eachLevelLooksDeeperThanTheOneBefore() throws IOException {
        flip("tile/1/000.p/2");
        Files.delete(archive.resolve(".locks/tile/0/001"));

        assertThat(verify(VerificationLevel.SIGNATURES).isIntact()).isTrue();
        assertThat(verify(VerificationLevel.PROOFS).findings())
                .allMatch(finding -> finding.level() == VerificationLevel.PROOFS)
                .isNotEmpty();
        assertThat(verify(VerificationLevel.TREE).findings())
                .extracting(Finding::object)
                .containsExactly("tile/1/000.p/2");
        assertThat(verify(VerificationLevel.LOCKS).findings())
                .extracting(Finding::object)
                .contains("tile/1/000.p/2", "tile/0/001");
    }

    @Test
    void provesTheWantedEntriesAndNamesTheOneThatIsNot() throws IOException {
        flip("tile/entries/001");

        VerificationReport report = ArchiveVerifier.verify(
                DirectoryReader.open(archive),
                new VerificationRequest(
                        VerificationLevel.PROOFS, null, List.of(0L, 599L, 600L, 384L), 1, Progress.SILENT));

        // The flipped bit is in the middle of the bundle, and its entries are all of the same length.
        assertThat(report.findings())
                .extracting(Finding::object)
                .contains("entry 600")
                .doesNotContain("entry 0", "entry 599");
    }

    @Test
    void aForkSignedWithTheVeryKeyIsFound() throws IOException {
        byte[] forked = Files.readAllBytes(archive.resolve("tile/entries/000"));
        Path other = directory.resolve("fork");
        try (FileHeadStore heads = FileHeadStore.open(directory.resolve("fork.head"))) {
            ArchiveStores stores = new ArchiveStores(new WormFileStore(other), new LiveFileStore(other), heads);
            Sealer sealer = Sealer.open(
                    stores,
                    FileKey.open(directory.resolve("audit.key"), archive, "audit.test/log", new SecureRandom()),
                    SealSettings.DEFAULTS,
                    () -> SealWorld.START);
            sealer.append(SealWorld.entries(0, 299));
            sealer.append(List.of(SealWorld.entry(299, "thing-other", 0)));
            sealer.append(SealWorld.entries(300, ENTRIES));
            sealer.publish();
        }
        assertThat(forked).isEqualTo(Files.readAllBytes(other.resolve("tile/entries/000")));

        write("checkpoint", Files.readAllBytes(other.resolve("checkpoint")));

        assertThat(verify(VerificationLevel.SIGNATURES).isIntact()).isTrue();
        assertThat(verify(VerificationLevel.PROOFS).isIntact()).isFalse();
        assertThat(verify(VerificationLevel.TREE).findings())
                .extracting(Finding::object)
                .contains("checkpoint");
        // With all of the fork in place of the log, its sealed beginnings still tell.
        for (String object : new String[] {
            "tile/entries/001", "tile/entries/002.p/88", "tile/0/001", "tile/0/002.p/88", "tile/1/000.p/2"
        }) {
            write(object, Files.readAllBytes(other.resolve(object)));
        }
        assertThat(verify(VerificationLevel.TREE).findings())
                .extracting(Finding::object)
                .contains("checkpoints/00000000000000000300", "checkpoints/00000000000000000560");
    }

    @Test
    void findsALockThatWasWeakenedAndAFileThatCanBeWritten() throws IOException {
        Path lock = archive.resolve(".locks/tile/0/000");
        List<String> words = Files.readAllLines(lock);
        String weaker = "GOVERNANCE\n" + words.get(1) + "\n" + words.get(2);
        String check = Hash.sha256(("000\n" + weaker).getBytes(UTF_8)).hex().substring(0, 16);
        Files.delete(lock);
        Files.writeString(lock, weaker + "\n" + check + "\n");
        Files.setPosixFilePermissions(archive.resolve("tile/0/001"), PosixFilePermissions.fromString("rw-r--r--"));
        Files.writeString(archive.resolve("tile/note.txt"), "was here");

        assertThat(ArchiveVerifier.verify(archive, Optional.empty()).sentences())
                .anyMatch(finding -> finding.startsWith("Expected tile/0/000 to be locked in COMPLIANCE mode"))
                .anyMatch(finding -> finding.equals("Expected tile/0/001 to be read-only, but it can be written."))
                .anyMatch(finding -> finding.contains("tile/note.txt is none"));
    }

    @Test
    void findsEntriesThatStandAtAnotherPlaceThanTheySay() {
        Findings findings = new Findings();
        EntryCheck entries = new EntryCheck(findings);
        StreamCheck streams = new StreamCheck(findings, true);
        streams.follow(List.of(
                entries.placeOf(0, SealWorld.entry(0, "a", 0)),
                entries.placeOf(1, SealWorld.entry(1, "a", 1)),
                entries.placeOf(2, SealWorld.entry(3, "a", 2)),
                entries.placeOf(3, new byte[] {'{'}),
                entries.placeOf(4, SealWorld.entry(4, "a", 4)),
                entries.placeOf(
                        5,
                        new String(SealWorld.entry(5, "b", 0), UTF_8)
                                .replace("\"1.0\"", "\"2.0\"")
                                .replace("2026-11-24T", "yesterday ")
                                .getBytes(UTF_8))));

        assertThat(findings.wrong())
                .extracting(Finding::object, Finding::sentence)
                .satisfiesExactly(
                        wrong -> assertThat(wrong.toList()).first().isEqualTo("entry 2"),
                        wrong -> assertThat(wrong.toList()).first().isEqualTo("entry 3"),
                        wrong -> assertThat(wrong.toList())
                                .last()
                                .asString()
                                .contains("specversion 1.0, but it has \"2.0\""),
                        wrong -> assertThat(wrong.toList()).last().asString().contains("a time (RFC 3339)"),
                        wrong -> assertThat(wrong.toList())
                                .last()
                                .isEqualTo("Expected entry 4 to be version 3 of a, but it is version 4."));
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

    private VerificationReport verify(VerificationLevel level) throws IOException {
        return ArchiveVerifier.verify(
                DirectoryReader.open(archive), new VerificationRequest(level, null, List.of(), 2, Progress.SILENT));
    }

    private void flip(String object) throws IOException {
        flip(object, Files.readAllBytes(archive.resolve(object)).length / 2);
    }

    private void flip(String object, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(archive.resolve(object));
        bytes[at] ^= 1;
        write(object, bytes);
    }

    private void write(String object, byte[] bytes) throws IOException {
        Files.delete(archive.resolve(object));
        Files.write(archive.resolve(object), bytes);
    }
}
