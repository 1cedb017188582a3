package aether.archive.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import aether.archive.log.Cosigner;
import aether.archive.log.Ed25519Signer;
import aether.archive.log.HybridSigner;
import aether.archive.log.Signer;
import aether.archive.log.VerifierKey;
import aether.archive.read.DirectoryReader;
import aether.archive.read.SecondKey;
import aether.archive.seal.ArchiveStores;
import aether.archive.seal.FileHeadStore;
import aether.archive.seal.KafkaOffsets;
import aether.archive.seal.SealSettings;
import aether.archive.seal.SealWorld;
import aether.archive.seal.Sealer;
import aether.archive.store.LiveFileStore;
import aether.archive.store.TamperAlarm;
import aether.archive.store.WormFileStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that takes a second key while it grows. */
class SecondSignatureTest {

    private static final String TEXT =
            Ed25519Signer.format("audit.test/log", "thirty-two bytes of a log's key.".getBytes(UTF_8));
    private static final Signer ALONE = Ed25519Signer.parse(TEXT);

    @TempDir
    private Path directory;

    @BeforeEach
    void needsMlDsa44() {
        assumeTrue(Cosigner.hasMlDsa44(), "This Java platform has no ML-DSA-44, which needs Java 24 or newer.");
    }

    private Path archive() {
        return directory.resolve("archive");
    }

    private void grow(Signer signer, int to) throws IOException {
        try (FileHeadStore heads = FileHeadStore.open(directory.resolve("head"))) {
            Sealer sealer = Sealer.open(
                    new ArchiveStores(new WormFileStore(archive()), new LiveFileStore(archive()), heads),
                    signer,
                    SealSettings.DEFAULTS,
                    () -> SealWorld.START);
            sealer.append(SealWorld.entries(sealer.size(), to));
            sealer.seal(KafkaOffsets.NONE);
        }
    }

    private VerificationReport verify(VerificationRequest request) throws IOException {
        return ArchiveVerifier.verify(DirectoryReader.open(archive()), request);
    }

    private static VerificationRequest request() {
        return VerificationRequest.everything(ALONE.verifierKey());
    }

    @Test
    void isAskedForFromWhereItBegan() throws IOException {
        grow(ALONE, 40);
        grow(HybridSigner.parse(TEXT), 90);
        assertThat(Files.readString(archive().resolve(SecondKey.OBJECT))).endsWith("\nfrom 40\n");

        VerificationReport report = verify(request()
                .signedWith(HybridSigner.parse(TEXT).mlDsa44().orElseThrow().key()));
        assertThat(report.findings()).isEmpty();
        assertThat(report.remarks())
                .anyMatch(remark -> remark.startsWith(
                        "Checkpoints of more than 40 entries are signed with the ML-DSA-44 key that you brought"));
    }

    @Test
    void aCheckpointThatLostItIsFound() throws IOException {
        grow(HybridSigner.parse(TEXT), 40);
        Path live = archive().resolve("checkpoint");
        Files.writeString(live, Files.readString(live).lines().limit(5).reduce("", (all, line) -> all + line + "\n"));
        assertThat(verify(request()).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.sentence()).contains("no valid ML-DSA-44 signature"));
    }

    @Test
    void anotherKeyThanTheOneBroughtIsFound() throws IOException {
        grow(HybridSigner.parse(TEXT), 40);
        Cosigner other = Cosigner.mlDsa44("audit.test/log", new byte[32]);
        assertThat(verify(request().signedWith(other.key())).findings())
                .anySatisfy(finding -> assertThat(finding.sentence()).contains("Expected the ML-DSA-44 key"));
    }

    @Test
    void aSignerWithoutItOrWithAnotherDoesNotGoOn() throws IOException {
        grow(HybridSigner.parse(TEXT), 40);
        assertThatThrownBy(() -> grow(ALONE, 50))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("because the log has signed with it since entry 0");
        Signer other = new Signer() {
            @Override
            public VerifierKey verifierKey() {
                return ALONE.verifierKey();
            }

            @Override
            public byte[] sign(byte[] message) {
                return ALONE.sign(message);
            }

            @Override
            public Optional<Cosigner> mlDsa44() {
                return Optional.of(Cosigner.mlDsa44("audit.test/log", new byte[32]));
            }
        };
        assertThatThrownBy(() -> grow(other, 50)).isInstanceOf(TamperAlarm.class);
    }
}
