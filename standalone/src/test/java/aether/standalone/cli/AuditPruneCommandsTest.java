package aether.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import aether.archive.read.DirectoryReader;
import aether.archive.seal.FileKey;
import aether.archive.verify.ArchiveVerifier;
import aether.archive.verify.VerificationReport;
import aether.archive.verify.VerificationRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditPruneCommandsTest {

    private static final int ENTRIES = 600;

    @TempDir
    private Path directory;

    private TypedCommands aether;
    private Instant now = Instant.parse("2026-11-30T12:00:00Z");

    @BeforeEach
    void archive() throws IOException {
        aether = new TypedCommands(directory, () -> now);
        aether.grow(ENTRIES);
        aether.keepKey("log");
        FileKey.open(directory.resolve("other.key"), TypedCommands.NAME, new SecureRandom());
    }

    @Test
    void looksThenPrunesThenHasNothingMoreToDo() throws IOException {
        assertThat(run("prune", "--dry-run")).isZero();
        assertThat(aether.out())
                .contains("No more entries may go.", "Entry 0 is kept until 2034-02", "0 objects would be removed");
        now = now.plus(Duration.ofDays(8 * 365));
        assertThat(run("hold-entries", "--from-position", "300", "--to-position", "301"))
                .isZero();
        assertThat(aether.out()).contains("Entries 256 to 511 are under a legal hold.");
        assertThat(run("prune", "--dry-run")).isZero();
        assertThat(aether.out())
                .contains("Entries 0 to 255 may go", "Entry 256 is under a legal hold.", "Nothing was changed.");
        assertThat(directory.resolve("archive/tile/entries/000")).exists();
        assertThat(run("hold-entries", "--from-position", "300", "--to-position", "301", "--lift"))
                .isZero();

        assertThat(run("prune", "--sign-with", aether.path("state/audit.key")))
                .as(aether.err())
                .isZero();

        assertThat(aether.out()).contains("Entries 0 to 511 were pruned");
        assertThat(directory.resolve("archive/tile/entries/000")).doesNotExist();
        assertThat(directory.resolve("archive/tile/0/001")).doesNotExist();
        VerificationReport report = ArchiveVerifier.verify(
                DirectoryReader.open(directory.resolve("archive")),
                VerificationRequest.everything(null).by(() -> now));
        assertThat(report.sentences()).isEmpty();
        assertThat(report.entries()).isEqualTo(ENTRIES);
        assertThat(run("prune", "--dry-run", "-o", "json")).isZero();
        assertThat(aether.out()).contains("\"minimum_index\" : 512", "\"objects\" : 0");
    }

    @Test
    void refusesAnotherKeyAndEntriesThatAreNotThere() {
        now = now.plus(Duration.ofDays(8 * 365));
        assertThat(run("prune", "--sign-with", aether.path("other.key"))).isEqualTo(ExitCodes.FAILED);
        assertThat(aether.err()).contains("Expected the private key of audit.test/log");
        assertThat(directory.resolve("archive/tile/entries/000")).exists();
        assertThat(run("hold-entries", "--from-position", "0", "--to-position", "600"))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(aether.err()).contains("Expected complete bundles");
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
        assertThat(aether.err()).isNotBlank().doesNotContain("Exception");
    }

    private int run(String... arguments) {
        Stream<String> key = arguments[0].equals("prune") ? Stream.of("--key", aether.path("log.vkey")) : Stream.of();
        return aether.run(Stream.concat(Stream.of(arguments), key).toArray(String[]::new));
    }
}
