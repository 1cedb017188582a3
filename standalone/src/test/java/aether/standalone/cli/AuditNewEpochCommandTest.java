package aether.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive of 10 entries, of which somebody has a proof from the time when it had 20. */
class AuditNewEpochCommandTest {

    @TempDir
    private Path directory;

    private TypedCommands aether;

    @BeforeEach
    void lose() throws IOException {
        aether = new TypedCommands(directory, () -> Instant.parse("2026-11-30T12:00:00Z"));
        aether.grow(10);
        aether.keepKey("first");
        assertThat(aether.run("prove", "--index", "3", "--out", aether.path("small.tlog-proof")))
                .isZero();
        copy(directory.resolve("archive"), directory.resolve("left"));
        aether.grow(20);
        assertThat(aether.run("prove", "--index", "3", "--out", aether.path("large.tlog-proof")))
                .isZero();
        delete(directory.resolve("archive"));
        Files.move(directory.resolve("left"), directory.resolve("archive"));
        Files.delete(directory.resolve("archive/checkpoint"));
        Files.delete(directory.resolve("state/head"));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void goesOnInANewEpochAndSaysWhatIsLost() throws IOException {
        assertThat(begin(
                        "--evidence", aether.path("large.tlog-proof"), "--reason", "disaster", "--reference", "case-7"))
                .as(aether.err())
                .isZero();

        String second = aether.signer().verifierKey().vkey();
        assertThat(aether.out())
                .contains(
                        "Entries 10 to 19 of epoch 1, audit.test/log, are lost, proven by the checkpoint of size 20 that")
                .contains("reason disaster, case case-7.")
                .contains("The base keys/1.base is signed with the new key")
                .contains(second);
        assertThat(second).startsWith("audit.test/log/epoch-2+");
        aether.grow(30);
        aether.keepKey("second");
        assertThat(aether.run("verify", "--key", aether.path("second.vkey")))
                .as(aether.out())
                .isZero();
        assertThat(aether.out()).contains("Verified with the key you brought.\n", "note:  Entries 10 to 19 of epoch 1");
        assertThat(aether.run("verify", "--key", aether.path("first.vkey"))).isZero();
        assertThat(aether.out()).contains("Verified with the key you brought up to entry 9; what came after it");
        assertThat(aether.run("verify", "--key", aether.path("first.vkey"), "-o", "json"))
                .isZero();
        assertThat(aether.out()).contains("\"vouched\" : 10");
    }

    /** The entry comes after the deed, and nobody could take the deed back. */
    @Test
    void whatTheEventLogWouldRefuseAfterwardsIsRefusedBefore() {
        assertThat(begin("--evidence", aether.path("large.tlog-proof"), "--reason", "disaster", "--reference", "flood"))
                .isEqualTo(ExitCodes.FAILED);

        assertThat(aether.err()).contains("Expected the number of a case, with a digit", "but got 5 other characters.");
        assertThat(directory.resolve("archive/keys/1.base")).doesNotExist();
    }

    @Test
    void eachProofIsCheckedWithTheKeysThatMayVouchForIt() throws IOException {
        begin("--evidence", aether.path("large.tlog-proof"), "--reason", "disaster");
        aether.grow(30);
        aether.keepKey("second");
        aether.run(
                "prove",
                "--index",
                "13",
                "--out",
                aether.path("after.tlog-proof"),
                "--key",
                aether.path("second.vkey"));
        String base = aether.path("archive/keys/1.base");

        assertThat(aether.check("small", "first")).isZero();
        assertThat(aether.check("large", "first"))
                .as("it was proven, and it is")
                .isZero();
        assertThat(aether.check("after", "second")).isZero();
        assertThat(aether.check("small", "second", "--statement", base)).isZero();
        assertThat(aether.check("after", "first", "--statement", base)).isEqualTo(ExitCodes.FAILED);
        assertThat(aether.err())
                .contains("That is a later epoch of it, which began after a loss with a key of its own");
        assertThat(aether.check("large", "second", "--statement", base))
                .as("beyond what the new key has taken over")
                .isEqualTo(ExitCodes.FAILED);
    }

    @Test
    void anExportOfTheNewEpochIsVerifiedWithItsKey() throws IOException {
        begin("--evidence", aether.path("large.tlog-proof"), "--reason", "disaster");
        aether.grow(30);
        aether.keepKey("second");
        assertThat(aether.run(
                        "export", "--platform", "--out", aether.path("all.zip"), "--key", aether.path("second.vkey")))
                .as(aether.err())
                .isZero();

        try (FileSystem zip = FileSystems.newFileSystem(directory.resolve("all.zip"))) {
            assertThat(Files.readString(zip.getPath("report.html")))
                    .contains("Entries 10 to 19 of epoch 1, audit.test/log, are lost");
            assertThat(zip.getPath("log/keys/1.base")).exists();
        }
        assertThat(aether.execute(
                        "audit", "verify", "--export", aether.path("all.zip"), "--key", aether.path("second.vkey")))
                .as(aether.out())
                .isZero();
        assertThat(aether.execute(
                        "audit", "verify", "--export", aether.path("all.zip"), "--key", aether.path("first.vkey")))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(aether.out()).contains("That is a later epoch of it");
    }

    @Test
    void aVerificationIsEnteredUnderTheLogsName() throws IOException {
        begin("--evidence", aether.path("large.tlog-proof"), "--reason", "disaster");
        aether.grow(30);
        Files.writeString(directory.resolve("token"), "t");
        try (ServerDouble platform =
                new ServerDouble().on("POST /api/v1/audit/records", 200, "{\"position\":\"41\"}")) {
            assertThat(aether.run(
                            "verify",
                            "--reason",
                            "routine",
                            "--server",
                            platform.url(),
                            "--token-file",
                            aether.path("token")))
                    .as(aether.err())
                    .isZero();
            assertThat(platform.asked().getLast().body()).contains("\"archive\":\"" + TypedCommands.NAME + "\"");
        }
    }

    @Test
    void saysWhyItDoesNot() {
        assertThat(begin("--reason", "disaster")).isEqualTo(ExitCodes.FAILED);
        assertThat(aether.err()).contains("Expected evidence of a loss, but there is no checkpoint signed with");
        assertThat(begin("--reason", "disaster", "--evidence", aether.path("small.tlog-proof")))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(aether.err()).contains("the checkpoint is of 10: it proves no loss");
        assertThat(begin("--reason", "disaster", "--evidence", aether.path("first.vkey")))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(aether.err()).contains("Expected a checkpoint or a proof in " + aether.path("first.vkey"));
        assertThat(begin("--reason", "because", "--evidence", aether.path("large.tlog-proof")))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(begin("--evidence", aether.path("large.tlog-proof"))).isEqualTo(ExitCodes.USAGE);
    }

    private int begin(String... arguments) {
        return aether.change("new-epoch", arguments);
    }
}
