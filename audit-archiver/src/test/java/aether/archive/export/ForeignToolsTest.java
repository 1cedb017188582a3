package aether.archive.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import aether.archive.log.Ed25519Signer;
import aether.archive.seal.SealWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways of the README that are not ours, typed as it says. */
@Tag("slow")
class ForeignToolsTest {

    private static final int SECONDS = 180; // Go compiles its own library the first time

    @TempDir
    private Path directory;

    private record Ended(int exit, String said) {}

    @BeforeEach
    void unpackAnExport() throws IOException {
        Path export = directory.resolve("export.zip");
        Exporter.export(
                new CustomerLog().append(66_000, 7).reader(),
                new ExportRequest(
                        CustomerLog.of(3),
                        SealWorld.SIGNER.verifierKey(),
                        null,
                        Ed25519Signer.fromSeed("audit.test/export", new byte[32])),
                export,
                ExportRequest.Progress.SILENT);
        Zips.unpack(export, directory);
    }

    @Test
    void goProvesEveryLine() throws IOException, InterruptedException {
        assumeTrue(isOnPath("go"), "Go is not installed: nobody else checks the archive's format");
        Path verify = directory.resolve("verify");
        Ended proved = run(verify, "go", "run", ".", "../log/log.vkey");
        assumeTrue(
                proved.exit() == 0 || !proved.said().contains("golang.org/x/mod@"),
                "Go cannot fetch golang.org/x/mod: nobody else checks the archive's format");
        // A machine that runs Go for the first time says first what it fetches.
        assertThat(proved.said().replaceAll("(?m)^go: downloading .*\n", "")).isEqualTo("proved 9429 entries\n");

        Path lines = directory.resolve("events.jsonl");
        Files.writeString(lines, Files.readString(lines).replaceFirst("\"user\"", "\"USER\""));
        Ended refused = run(verify, "go", "run", ".", "../log/log.vkey");
        assertThat(refused.said()).contains("entry 3: ");
        assertThat(refused.exit()).isNotZero();
    }

    @Test
    void sha256sumAndOpensslAgree() throws IOException, InterruptedException {
        assumeTrue(isOnPath("openssl"), "OpenSSL is not installed: nobody else checks an export's signatures");
        assertThat(run(directory, "sha256sum", "-c", "--quiet", "SHA256SUMS")).isEqualTo(new Ended(0, ""));
        for (String[] signed : new String[][] {{"log", "checkpoint"}, {"export", "manifest"}}) {
            assertThat(openssl(signed[0], signed[1]).said()).contains("Signature Verified Successfully");
            Path text = directory.resolve("openssl/" + signed[1] + ".txt");
            Files.writeString(text, Files.readString(text) + "\n");
            assertThat(openssl(signed[0], signed[1]).exit()).isNotZero();
        }
        assertThat(run(directory, "sha256sum", "-c", "--quiet", "SHA256SUMS").said())
                .contains("openssl/checkpoint.txt: FAILED");
    }

    private Ended openssl(String key, String text) throws IOException, InterruptedException {
        return run(
                directory,
                "openssl",
                "pkeyutl",
                "-verify",
                "-pubin",
                "-inkey",
                "openssl/" + key + ".pem",
                "-rawin",
                "-in",
                "openssl/" + text + ".txt",
                "-sigfile",
                "openssl/" + text + ".sig");
    }

    private static boolean isOnPath(String program) {
        return List.of(System.getenv().getOrDefault("PATH", "").split(":")).stream()
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    private static Ended run(Path directory, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), said);
    }
}
