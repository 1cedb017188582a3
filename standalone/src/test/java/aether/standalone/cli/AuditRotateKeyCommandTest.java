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
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class AuditRotateKeyCommandTest {

    private static final String NAME = "audit.test/log";

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Instant now = Instant.parse("2026-11-30T12:00:00Z");

    @CommandLine.Command(name = "aether")
    private static final class Root {}

    @BeforeEach
    void archive() throws IOException {
        grow(10);
        Files.writeString(
                directory.resolve("first.vkey"), signer().verifierKey().vkey() + "\n");
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
    void whoeverHasTheFirstKeyGoesOnWithIt() throws IOException {
        assertThat(run("prove", "--index", "3", "--out", path("before.tlog-proof")))
                .isZero();
        String old = signer().verifierKey().idHex();

        assertThat(rotate("--reason", "scheduled", "--reference", "case-18"))
                .as(err.toString())
                .isZero();

        assertThat(out.toString())
                .contains("The log audit.test/log is signed with a new key from size 10 on:")
                .contains(signer().verifierKey().vkey())
                .contains("The old key " + old + " is gone. Both have signed keys/1.statement.");
        grow(20);
        assertThat(run("verify", "--key", path("first.vkey")))
                .as(out.toString())
                .isZero();
        assertThat(out.toString())
                .contains("Verified with the key you brought.", "note:  The log's key changed at size 10 on");
        assertThat(run("watch", "--key", path("first.vkey"), "--name", "w1", "--state", path("witness"), "--once"))
                .isZero();
        assertThat(out.toString()).contains("New key: audit.test/log is signed with", "grew from 10 to 20 entries");
    }

    @Test
    void aProofIsCheckedThroughTheStatement() throws IOException {
        run("prove", "--index", "3", "--out", path("before.tlog-proof"));
        rotate("--reason", "scheduled");
        grow(20);
        run("prove", "--index", "13", "--out", path("after.tlog-proof"), "--key", path("first.vkey"));
        Files.writeString(
                directory.resolve("second.vkey"), signer().verifierKey().vkey() + "\n");
        String statement = path("archive/keys/1.statement");

        assertThat(check("before", "first")).isZero();
        assertThat(check("after", "second")).isZero();
        assertThat(check("before", "second")).isEqualTo(ExitCodes.FAILED);
        assertThat(check("after", "first")).isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString()).contains("Not proved: The checkpoint in the proof has no valid signature of");
        assertThat(check("before", "second", "--statement", statement)).isZero();
        assertThat(check("after", "first", "--statement", statement)).isZero();
        assertThat(check("after", "first", "--statement", path("first.vkey"))).isEqualTo(ExitCodes.FAILED);
    }

    @Test
    void saysWhyItDoesNot() {
        assertThat(rotate("--reason", "because")).isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString()).contains("Expected one of the reasons scheduled, exposed");
        assertThat(rotate()).isEqualTo(ExitCodes.USAGE);
        assertThat(rotate("--reason", "scheduled", "--prepare")).isZero();
        assertThat(out.toString()).contains("The next key waits in " + path("state/audit.key.next"));
        assertThat(rotate("--reason", "scheduled", "--prepare")).isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString()).contains("Expected no next key yet");
        assertThat(rotate("--reason", "scheduled")).isZero();
        assertThat(rotate("--reason", "exposed")).isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString()).contains("Expected a log whose key has signed something");
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    private int rotate(String... arguments) {
        return run(Stream.concat(Stream.of("rotate-key", "--state", path("state")), Stream.of(arguments))
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
