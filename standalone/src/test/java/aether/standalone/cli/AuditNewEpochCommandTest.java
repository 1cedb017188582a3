package aether.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import aether.archive.log.Signer;
import aether.archive.seal.ArchiveStores;
import aether.archive.seal.FileHeadStore;
import aether.archive.seal.FileKey;
import aether.archive.seal.KafkaOffsets;
import aether.archive.seal.SealSettings;
import aether.archive.seal.Sealer;
import aether.archive.store.LiveFileStore;
import aether.archive.store.WormFileStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** An archive of 10 entries, of which somebody has a proof from the time when it had 20. */
class AuditNewEpochCommandTest {

    private static final String NAME = "audit.test/log";

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Instant now = Instant.parse("2026-11-30T12:00:00Z");

    @CommandLine.Command(name = "aether")
    private static final class Root {}

    @BeforeEach
    void lose() throws IOException {
        grow(10);
        Files.writeString(
                directory.resolve("first.vkey"), signer().verifierKey().vkey() + "\n");
        assertThat(run("prove", "--index", "3", "--out", path("small.tlog-proof")))
                .isZero();
        copy(directory.resolve("archive"), directory.resolve("left"));
        grow(20);
        assertThat(run("prove", "--index", "3", "--out", path("large.tlog-proof")))
                .isZero();
        delete(directory.resolve("archive"));
        Files.move(directory.resolve("left"), directory.resolve("archive"));
        Files.delete(directory.resolve("archive/checkpoint"));
        Files.delete(directory.resolve("state/head"));
    }

    private Signer signer() throws IOException {
        return FileKey.open(directory.resolve("state/audit.key"), NAME, new SecureRandom());
    }

    private void grow(long size) throws IOException {
        Path archive = directory.resolve("archive");
        try (FileHeadStore heads = FileHeadStore.open(directory.resolve("state/head"))) {
            Sealer sealer = Sealer.open(
                    new ArchiveStores(new WormFileStore(archive), new LiveFileStore(archive), heads),
                    signer(),
                    SealSettings.DEFAULTS,
                    () -> now);
            List<byte[]> entries = new ArrayList<>();
            for (long position = sealer.size(); position < size; position++) {
                entries.add(String.format(
                                Locale.ROOT,
                                "{\"authid\":\"p\",\"authtype\":\"user\",\"causationid\":\"c\",\"data\":{},"
                                        + "\"id\":\"e%d\",\"recordedtime\":\"%s\",\"requestid\":\"r\",\"sequence\":\"%020d\",\"source\":\"/aether/test\",\"specversion\":\"1.0\","
                                        + "\"streamsequence\":\"%020d\",\"subject\":\"thing\",\"time\":\"%s\","
                                        + "\"type\":\"test.thing.made.v1\"}",
                                position,
                                now,
                                position,
                                position,
                                now)
                        .getBytes(StandardCharsets.UTF_8));
            }
            sealer.append(entries);
            sealer.seal(KafkaOffsets.NONE);
        }
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
        assertThat(begin("--evidence", path("large.tlog-proof"), "--reason", "disaster", "--reference", "case-7"))
                .as(err.toString())
                .isZero();

        String second = signer().verifierKey().vkey();
        assertThat(out.toString())
                .contains(
                        "Entries 10 to 19 of epoch 1, audit.test/log, are lost, proven by the checkpoint of size 20 that")
                .contains("reason disaster, case case-7.")
                .contains("The base keys/1.base is signed with the new key")
                .contains(second);
        assertThat(second).startsWith("audit.test/log/epoch-2+");
        grow(30);
        Files.writeString(directory.resolve("second.vkey"), second + "\n");
        assertThat(run("verify", "--key", path("second.vkey")))
                .as(out.toString())
                .isZero();
        assertThat(out.toString())
                .contains("Verified with the key you brought.\n", "note:  Entries 10 to 19 of epoch 1");
        assertThat(run("verify", "--key", path("first.vkey"))).isZero();
        assertThat(out.toString()).contains("Verified with the key you brought up to entry 9; what came after it");
        assertThat(run("verify", "--key", path("first.vkey"), "-o", "json")).isZero();
        assertThat(out.toString()).contains("\"vouched\" : 10");
    }

    @Test
    void eachProofIsCheckedWithTheKeysThatMayVouchForIt() throws IOException {
        begin("--evidence", path("large.tlog-proof"), "--reason", "disaster");
        grow(30);
        Files.writeString(
                directory.resolve("second.vkey"), signer().verifierKey().vkey() + "\n");
        run("prove", "--index", "13", "--out", path("after.tlog-proof"), "--key", path("second.vkey"));
        String base = path("archive/keys/1.base");

        assertThat(check("small", "first")).isZero();
        assertThat(check("large", "first")).as("it was proven, and it is").isZero();
        assertThat(check("after", "second")).isZero();
        assertThat(check("small", "second", "--statement", base)).isZero();
        assertThat(check("after", "first", "--statement", base)).isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString())
                .contains("That is a later epoch of it, which began after a loss with a key of its own");
        assertThat(check("large", "second", "--statement", base))
                .as("beyond what the new key has taken over")
                .isEqualTo(ExitCodes.FAILED);
    }

    @Test
    void anExportOfTheNewEpochIsVerifiedWithItsKey() throws IOException {
        begin("--evidence", path("large.tlog-proof"), "--reason", "disaster");
        grow(30);
        Files.writeString(
                directory.resolve("second.vkey"), signer().verifierKey().vkey() + "\n");
        assertThat(run("export", "--platform", "--out", path("all.zip"), "--key", path("second.vkey")))
                .as(err.toString())
                .isZero();

        try (FileSystem zip = FileSystems.newFileSystem(directory.resolve("all.zip"))) {
            assertThat(Files.readString(zip.getPath("report.html")))
                    .contains("Entries 10 to 19 of epoch 1, audit.test/log, are lost");
            assertThat(zip.getPath("log/keys/1.base")).exists();
        }
        assertThat(execute(Stream.of("audit", "verify", "--export", path("all.zip"), "--key", path("second.vkey"))))
                .as(out.toString())
                .isZero();
        assertThat(execute(Stream.of("audit", "verify", "--export", path("all.zip"), "--key", path("first.vkey"))))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(out.toString()).contains("That is a later epoch of it");
    }

    @Test
    void aVerificationIsEnteredUnderTheLogsName() throws IOException {
        begin("--evidence", path("large.tlog-proof"), "--reason", "disaster");
        grow(30);
        Files.writeString(directory.resolve("token"), "t");
        try (ServerDouble platform =
                new ServerDouble().on("POST /api/v1/audit/records", 200, "{\"position\":\"41\"}")) {
            assertThat(run("verify", "--reason", "routine", "--server", platform.url(), "--token-file", path("token")))
                    .as(err.toString())
                    .isZero();
            assertThat(platform.asked().getLast().body()).contains("\"archive\":\"" + NAME + "\"");
        }
    }

    @Test
    void saysWhyItDoesNot() {
        assertThat(begin("--reason", "disaster")).isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString()).contains("Expected evidence of a loss, but there is no checkpoint signed with");
        assertThat(begin("--reason", "disaster", "--evidence", path("small.tlog-proof")))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString()).contains("the checkpoint is of 10: it proves no loss");
        assertThat(begin("--reason", "disaster", "--evidence", path("first.vkey")))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString()).contains("Expected a checkpoint or a proof in " + path("first.vkey"));
        assertThat(begin("--reason", "because", "--evidence", path("large.tlog-proof")))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(begin("--evidence", path("large.tlog-proof"))).isEqualTo(ExitCodes.USAGE);
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    private int begin(String... arguments) {
        return run(Stream.concat(Stream.of("new-epoch", "--state", path("state")), Stream.of(arguments))
                .toArray(String[]::new));
    }

    private int check(String proof, String key, String... more) {
        return execute(Stream.concat(
                Stream.of("audit", "check-proof", path(proof + ".tlog-proof"), "--key", path(key + ".vkey")),
                Stream.of(more)));
    }

    private int run(String... arguments) {
        return execute(Stream.of(Stream.of("audit"), Stream.of(arguments), Stream.of("--archive", path("archive")))
                .flatMap(words -> words));
    }

    private int execute(Stream<String> line) {
        World world = new World(Map.of(), directory, new ByteArrayInputStream(new byte[0]), () -> now, millis -> {});
        return ClientCommands.addTo(new CommandLine(new Root()), world)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(line.toArray(String[]::new));
    }
}
