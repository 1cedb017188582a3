package aether.archive.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.archive.log.Ed25519Signer;
import aether.archive.log.VerifierKey;
import aether.archive.seal.SealWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExporterTest {

    private static final VerifierKey KEY = SealWorld.SIGNER.verifierKey();

    @TempDir
    private Path directory;

    private Path out() {
        return directory.resolve("export.zip");
    }

    @Test
    void holdsWhatWasAskedForInEveryForm() throws IOException {
        CustomerLog log = new CustomerLog().append(700, 3);

        ExportResult result = log.export(CustomerLog.of(1), null, out());

        assertThat(result.events()).isEqualTo(233);
        Map<String, byte[]> files = Zips.read(out());
        assertThat(files.keySet())
                .contains(
                        "events.jsonl",
                        "events.csv",
                        "events.parquet",
                        "events.ocsf.jsonl",
                        "report.html",
                        "README.txt",
                        "manifest.json",
                        "SHA256SUMS",
                        "log/checkpoint",
                        "log/log.vkey",
                        "log/tile/0/000",
                        "log/tile/0/002.p/188",
                        "log/tile/1/000.p/2")
                .doesNotContain("rows.html", "manifest.note");
        List<String> lines = new String(files.getOrDefault("events.jsonl", new byte[0]), UTF_8)
                .lines()
                .toList();
        assertThat(lines)
                .hasSize(233)
                .first()
                .isEqualTo(new String(CustomerLog.entry(1, 1, CustomerLog.name(1)), UTF_8));
        assertThat(new String(files.getOrDefault("events.csv", new byte[0]), UTF_8).split("\r\n"))
                .hasSize(234);
        assertThat(new String(files.getOrDefault("events.ocsf.jsonl", new byte[0]), UTF_8))
                .contains("\"class_uid\":6003", "\"type_uid\":600301", "\"sequence\":697");
        assertThat(new String(files.getOrDefault("report.html", new byte[0]), UTF_8))
                .contains(
                        "All entries from position 0 to 699 of the log audit.test/log were looked at, without a gap: 700 in all.",
                        "233 of them are what was asked for",
                        "the key was brought from elsewhere");
        ExportReport report = ExportVerifier.verify(out(), KEY, null);
        assertThat(report.findings()).isEmpty();
        assertThat(report.verdict()).isEqualTo("Verified with the key you brought: every event is in the log.");
        assertThat(ExportVerifier.verify(out(), null, null).verdict()).startsWith("Self-consistent");
    }

    @Test
    void theSameRequestGivesTheSameBytesAlsoWhenTheLogHasGrown() throws IOException {
        CustomerLog log = new CustomerLog().append(300, 2);
        log.export(CustomerLog.of(0), 300L, out());
        byte[] first = Files.readAllBytes(out());

        log.append(500, 2);
        log.export(CustomerLog.of(0), 300L, out());

        assertThat(out()).hasBinaryContent(first);
        assertThat(log.export(CustomerLog.of(0), null, out()).checkpoint().size())
                .isEqualTo(800);
        assertThat(out().toFile())
                .satisfies(file -> assertThat(Files.readAllBytes(file.toPath())).isNotEqualTo(first));
    }

    /** What a process happens to know of itself, such as hashes of objects, must not get into the bytes. */
    @Test
    void theSameRequestGivesTheSameBytesInAnotherProcess() throws Exception {
        SameBytes.write(out());
        for (int process = 0; process < 3; process++) {
            Path other = directory.resolve("other-" + process + ".zip");
            Process writing = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            SameBytes.class.getName(),
                            other.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("said.txt").toFile())
                    .start();
            assertThat(writing.waitFor())
                    .as(Files.readString(directory.resolve("said.txt")))
                    .isZero();
            assertThat(other).hasSameBinaryContentAs(out());
        }
    }

    @Test
    void aTimeRangeBeginsAndEndsAtTheVeryEvent() throws IOException {
        CustomerLog log = new CustomerLog().append(700, 1);
        for (long[] range : new long[][] {{0, 1}, {255, 257}, {256, 512}, {511, 700}, {300, 301}, {699, 700}}) {
            ExportScope scope =
                    new ExportScope(null, null, null, CustomerLog.time(range[0]), CustomerLog.time(range[1]));

            ExportResult result = log.export(scope, null, out());

            assertThat(result.from()).isEqualTo(range[0]);
            assertThat(result.to()).isEqualTo(range[1]);
            assertThat(result.events()).isEqualTo(range[1] - range[0]);
            assertThat(ExportVerifier.verify(out(), KEY, null).findings()).isEmpty();
        }
        ExportScope none = new ExportScope(null, null, null, CustomerLog.time(9_000), null);
        assertThat(log.export(none, null, out()).events()).isZero();
        assertThat(ExportVerifier.verify(out(), KEY, null).findings()).isEmpty();
    }

    @Test
    void findsByClusterAndByActor() throws IOException {
        CustomerLog log = new CustomerLog().append(30, 3);

        assertThat(log.export(new ExportScope(null, CustomerLog.cluster(2), null, null, null), null, out())
                        .events())
                .isEqualTo(10);
        assertThat(log.export(new ExportScope(null, null, "p/person0x", null, null), null, out())
                        .events())
                .isEqualTo(10);
        assertThat(log.export(new ExportScope(CustomerLog.organization(1), null, "p/person0x", null, null), null, out())
                        .events())
                .isZero();
    }

    @Test
    void namesOfCustomersAreNeitherRunNorShownAsMarkup() throws IOException {
        CustomerLog log = new CustomerLog();
        String name = "=HYPERLINK(1)<script>alert(1)</script>";
        log.world.open().append(List.of(CustomerLog.entry(0, 0, name), CustomerLog.entry(1, 0, "x")));
        log.world.open().seal(SealWorld.offsets(2));

        log.export(CustomerLog.of(0), null, out());

        Map<String, byte[]> files = Zips.read(out());
        assertThat(new String(files.getOrDefault("report.html", new byte[0]), UTF_8))
                .doesNotContain("<script")
                .contains("&lt;script&gt;");
        assertThat(new String(files.getOrDefault("events.csv", new byte[0]), UTF_8))
                .doesNotContain(",=", "\n=");
    }

    @Test
    void aDamagedArchiveGivesNoExportAndLeavesTheOldOne() throws IOException {
        CustomerLog log = new CustomerLog().append(300, 2);
        log.export(CustomerLog.of(0), null, out());
        byte[] before = Files.readAllBytes(out());
        byte[] bundle = log.world.worm.get("tile/entries/000").orElseThrow();
        bundle[40] ^= 1;
        log.world.worm.tamper("tile/entries/000", bundle);

        assertThatThrownBy(() -> log.export(CustomerLog.of(0), null, out()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Expected entry 0 to give the hash that the log has for it");
        assertThat(out()).hasBinaryContent(before);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(out());
        }
    }

    @Test
    void refusesAnotherKeyAndASizeThatWasNeverSealed() throws IOException {
        CustomerLog log = new CustomerLog().append(3, 1);
        VerifierKey other = Ed25519Signer.fromSeed("audit.test/log", "another seed of thirty-two bytes".getBytes(UTF_8))
                .verifierKey();

        assertThatThrownBy(() -> Exporter.export(
                        log.reader(),
                        new ExportRequest(ExportScope.EVERYTHING, other, null, null),
                        out(),
                        ExportRequest.Progress.SILENT))
                .hasMessageContaining("has no valid signature of");
        assertThatThrownBy(() -> log.export(ExportScope.EVERYTHING, 2L, out()))
                .hasMessageContaining("Expected checkpoints/00000000000000000002, but it is missing");
    }
}
