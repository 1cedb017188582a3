package aether.archive.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.archive.log.Ed25519Signer;
import aether.archive.log.Hash;
import aether.archive.log.VerifierKey;
import aether.archive.seal.SealWorld;
import aether.archive.stamp.TestAuthority;
import aether.archive.stamp.Timestamps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An export in the hands of someone who would rather have it say something else. */
class ExportVerifierTest {

    private static final VerifierKey KEY = SealWorld.SIGNER.verifierKey();
    private static final Ed25519Signer MAKER = Ed25519Signer.fromSeed("audit.test/export", new byte[32]);

    @TempDir
    private Path directory;

    private Path export;
    private Map<String, byte[]> files = Map.of();

    @BeforeEach
    void make() throws IOException {
        export = directory.resolve("export.zip");
        Exporter.export(
                new CustomerLog().append(600, 2).reader(),
                new ExportRequest(CustomerLog.of(0), KEY, null, MAKER),
                export,
                ExportRequest.Progress.SILENT);
        files = Zips.read(export);
    }

    @Test
    void aSignedExportIsIntact() throws IOException {
        ExportReport report = ExportVerifier.verify(export, KEY, MAKER.verifierKey());

        assertThat(report.findings()).isEmpty();
        assertThat(report.signed()).isTrue();
        assertThat(report.events()).isEqualTo(300);
    }

    @Test
    void namesTheFileInWhichOneBitWasFlipped() throws IOException {
        assertThat(files).hasSizeGreaterThan(20);
        for (String name : files.keySet()) {
            for (boolean late : new boolean[] {false, true}) {
                byte[] bytes = bytes(name);
                bytes[late ? bytes.length - 2 : bytes.length / 2] ^= 1;
                ExportReport report = verifyWith(name, bytes);

                assertThat(report.isIntact()).as(name).isFalse();
                if (!name.equals(Manifest.NAME)) { // with which everything else disagrees
                    assertThat(report.findings()).as(name).anyMatch(finding -> finding.contains(name));
                }
            }
        }
    }

    @Test
    void aTimestampInItIsCheckedAgainstTheAuthoritiesThatTheReaderBelieves() throws IOException {
        TestAuthority authority = TestAuthority.named("Test Time");
        String name = "log/" + Timestamps.key(600);
        CustomerLog log = new CustomerLog().append(600, 2);
        byte[] checkpoint =
                log.world.worm.get("checkpoints/00000000000000000600").orElseThrow();
        log.world.worm.put(
                Timestamps.key(600), authority.stamp(checkpoint, SealWorld.START), SealWorld.START.plusSeconds(1));
        log.export(CustomerLog.of(0), null, export);
        files = Zips.read(export);

        assertThat(files).containsKey(name);
        assertThat(ExportVerifier.verify(export, KEY, null, authority.above()).findings())
                .isEmpty();
        assertThat(ExportVerifier.verify(
                                export, KEY, null, TestAuthority.named("Other").above())
                        .findings())
                .singleElement()
                .asString()
                .startsWith("The timestamp " + name + " is worth nothing. Expected one of the trusted certificates");
        byte[] other = authority.stamp(new byte[] {1}, SealWorld.START);
        assertThat(verifyWith(name, other).findings())
                .anyMatch(finding -> finding.startsWith("The timestamp " + name + " is worth nothing."));
    }

    @Test
    void namesTheFileThatIsMissingOrTooMuch() throws IOException {
        for (String name : files.keySet()) {
            Map<String, byte[]> fewer = new HashMap<>(files);
            fewer.remove(name);
            Zips.write(export, fewer);
            ExportReport report = ExportVerifier.verify(export, KEY, MAKER.verifierKey());
            assertThat(report.isIntact()).as(name).isFalse();
        }
        assertThat(verifyWith("log/tile/0/009", new byte[0]).findings())
                .contains("Expected only what the manifest names, but there is log/tile/0/009.");
        assertThat(verifyWith("../evil", new byte[0]).findings())
                .contains("Expected only what the manifest names, but there is ../evil.");
    }

    /** Without a signature whoever changes a table can change its hash in the manifest too. */
    @Test
    void aTableThatTellsAnotherStoryIsFoundThoughItsHashFits() throws IOException {
        for (String name : new String[] {Csv.NAME, Ocsf.NAME}) {
            byte[] changed = new String(bytes(name), UTF_8)
                    .replace("person0x", "person9x")
                    .getBytes(UTF_8);

            assertThat(rehashed(name, changed).findings())
                    .containsExactly("Expected " + name + " to follow from events.jsonl, but it does not.");
        }
    }

    @Test
    void aLineThatIsNotInTheLogIsFoundThoughItsHashFits() throws IOException {
        byte[] changed = new String(bytes(JsonLines.NAME), UTF_8)
                .replaceFirst("customer-name-0-", "customer-name-9-")
                .getBytes(UTF_8);

        assertThat(rehashed(JsonLines.NAME, changed).findings())
                .contains("Expected entry 0 to give the hash that log/tile/0/000 has for it, but it does not.");
    }

    @Test
    void aLineOfSomebodyElseIsFoundThoughItIsInTheLog() throws IOException {
        byte[] changed = (new String(CustomerLog.entry(1, 1, CustomerLog.name(1)), UTF_8) + "\n").getBytes(UTF_8);

        assertThat(rehashed(JsonLines.NAME, changed).findings())
                .contains("Expected only organization " + CustomerLog.organization(0)
                        + ", but entry 1 is something else.");
    }

    @Test
    void aSignatureOfSomebodyElseIsNone() throws IOException {
        VerifierKey other = Ed25519Signer.fromSeed(
                        "audit.test/export", "another seed of thirty-two bytes".getBytes(UTF_8))
                .verifierKey();

        assertThat(ExportVerifier.verify(export, KEY, other).findings())
                .anyMatch(finding -> finding.contains("manifest.note"));
        assertThat(ExportVerifier.verify(export, other, MAKER.verifierKey()).findings())
                .anyMatch(finding -> finding.contains("and signed with " + other.vkey()));
    }

    @Test
    void whatIsNoExportIsSaidInASentence() throws IOException {
        Zips.write(export, Map.of("a", new byte[0]));
        assertThat(ExportVerifier.verify(export, KEY, null).findings())
                .containsExactly("Expected manifest.json in the export, but there is none.");
        Files.writeString(export, "no zip");
        assertThatThrownBy(() -> ExportVerifier.verify(export, KEY, null)).isInstanceOf(IOException.class);
    }

    private byte[] bytes(String name) {
        return files.getOrDefault(name, new byte[0]).clone();
    }

    private ExportReport verifyWith(String name, byte[] bytes) throws IOException {
        Map<String, byte[]> changed = new HashMap<>(files);
        changed.put(name, bytes);
        Zips.write(export, changed);
        return ExportVerifier.verify(export, KEY, MAKER.verifierKey());
    }

    /** Changes a file, and the manifest so that it fits, and takes the signature away. */
    private ExportReport rehashed(String name, byte[] bytes) throws IOException {
        Map<String, byte[]> changed = new HashMap<>(files);
        changed.put(name, bytes);
        Manifest manifest = Manifest.decode(bytes(Manifest.NAME));
        manifest.files().put(name, new Manifest.Content(Hash.sha256(bytes), bytes.length));
        changed.put(Manifest.NAME, manifest.encode());
        changed.put(Manifest.SUMS, manifest.sums(manifest.encode()));
        for (String signature : new String[] {
            Manifest.NOTE, "openssl/export.vkey", "openssl/export.pem", "openssl/manifest.txt", "openssl/manifest.sig"
        }) {
            changed.remove(signature);
        }
        Zips.write(export, changed);
        return ExportVerifier.verify(export, KEY, null);
    }
}
