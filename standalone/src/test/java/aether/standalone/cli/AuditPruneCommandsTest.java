package aether.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import aether.archive.log.Signer;
import aether.archive.read.DirectoryReader;
import aether.archive.seal.ArchiveStores;
import aether.archive.seal.FileHeadStore;
import aether.archive.seal.FileKey;
import aether.archive.seal.KafkaOffsets;
import aether.archive.seal.SealSettings;
import aether.archive.seal.Sealer;
import aether.archive.store.LiveFileStore;
import aether.archive.store.WormFileStore;
import aether.archive.verify.ArchiveVerifier;
import aether.archive.verify.VerificationReport;
import aether.archive.verify.VerificationRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class AuditPruneCommandsTest {

    private static final int ENTRIES = 600;

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Instant now = Instant.parse("2026-11-30T12:00:00Z");

    @CommandLine.Command(name = "aether")
    private static final class Root {}

    @BeforeEach
    void archive() throws IOException {
        Path archive = directory.resolve("archive");
        Signer signer = FileKey.open(directory.resolve("audit.key"), archive, "audit.test/log", new SecureRandom());
        Files.writeString(directory.resolve("log.vkey"), signer.verifierKey().vkey() + "\n");
        FileKey.open(directory.resolve("other.key"), archive, "audit.test/log", new SecureRandom());
        try (FileHeadStore heads = FileHeadStore.open(directory.resolve("head"))) {
            Sealer sealer = Sealer.open(
                    new ArchiveStores(new WormFileStore(archive), new LiveFileStore(archive), heads),
                    signer,
                    SealSettings.DEFAULTS,
                    () -> now);
            List<byte[]> entries = new ArrayList<>();
            for (int position = 0; position < ENTRIES; position++) {
                entries.add(String.format(
                                Locale.ROOT,
                                "{\"id\":\"e%d\",\"sequence\":\"%020d\",\"source\":\"/aether/test\",\"specversion\":\"1.0\","
                                        + "\"streamsequence\":\"%020d\",\"subject\":\"thing\",\"time\":\"%s\","
                                        + "\"type\":\"test.thing.made.v1\"}",
                                position,
                                position,
                                position,
                                now)
                        .getBytes(StandardCharsets.UTF_8));
            }
            sealer.append(entries);
            sealer.seal(KafkaOffsets.NONE);
        }
    }

    @Test
    void looksThenPrunesThenHasNothingMoreToDo() throws IOException {
        assertThat(run("prune", "--dry-run")).isZero();
        assertThat(out.toString())
                .contains("No more entries may go.", "Entry 0 is kept until 2034-02", "0 objects would be removed");
        now = now.plus(Duration.ofDays(8 * 365));
        assertThat(run("hold-entries", "--from-position", "300", "--to-position", "301"))
                .isZero();
        assertThat(out.toString()).contains("Entries 256 to 511 are under a legal hold.");
        assertThat(run("prune", "--dry-run")).isZero();
        assertThat(out.toString())
                .contains("Entries 0 to 255 may go", "Entry 256 is under a legal hold.", "Nothing was changed.");
        assertThat(directory.resolve("archive/tile/entries/000")).exists();
        assertThat(run("hold-entries", "--from-position", "300", "--to-position", "301", "--lift"))
                .isZero();

        assertThat(run("prune", "--sign-with", directory.resolve("audit.key").toString()))
                .as(err.toString())
                .isZero();

        assertThat(out.toString()).contains("Entries 0 to 511 were pruned");
        assertThat(directory.resolve("archive/tile/entries/000")).doesNotExist();
        assertThat(directory.resolve("archive/tile/0/001")).doesNotExist();
        VerificationReport report = ArchiveVerifier.verify(
                DirectoryReader.open(directory.resolve("archive")),
                VerificationRequest.everything(null).by(() -> now));
        assertThat(report.sentences()).isEmpty();
        assertThat(report.entries()).isEqualTo(ENTRIES);
        assertThat(run("prune", "--dry-run", "-o", "json")).isZero();
        assertThat(out.toString()).contains("\"minimum_index\" : 512", "\"objects\" : 0");
    }

    @Test
    void refusesAnotherKeyAndEntriesThatAreNotThere() {
        now = now.plus(Duration.ofDays(8 * 365));
        assertThat(run("prune", "--sign-with", directory.resolve("other.key").toString()))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString()).contains("Expected the private key of audit.test/log");
        assertThat(directory.resolve("archive/tile/entries/000")).exists();
        assertThat(run("hold-entries", "--from-position", "0", "--to-position", "600"))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString()).contains("Expected complete bundles");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prune",
                "prune --dry-run --sign-with x",
                "hold-entries --from-position 3",
                "hold-entries --from-position 3 --to-position 3"
            })
    void saysWhatIsExpected(String line) {
        assertThat(run(line.split(" ", -1))).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).isNotBlank().doesNotContain("Exception");
    }

    private int run(String... arguments) {
        World world = new World(Map.of(), directory, new ByteArrayInputStream(new byte[0]), () -> now, millis -> {});
        Stream<String> where =
                Stream.of("--archive", directory.resolve("archive").toString());
        Stream<String> key = arguments[0].equals("prune")
                ? Stream.of("--key", directory.resolve("log.vkey").toString())
                : Stream.of();
        String[] line = Stream.of(Stream.of("audit"), Stream.of(arguments), where, key)
                .flatMap(words -> words)
                .toArray(String[]::new);
        return ClientCommands.addTo(new CommandLine(new Root()), world)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(line);
    }
}
