package aether.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class AuditExportsCommandsTest {

    private static final String PATH = "/api/v1/organizations/acme/audit-exports";

    private static final String ID = "0190a000-0000-7000-8000-0000000000e1";

    private final ServerDouble server = new ServerDouble();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Instant now = Instant.parse("2026-11-24T10:00:00Z");

    @TempDir
    private Path directory;

    @CommandLine.Command(name = "aether")
    private static final class Root {}

    @BeforeEach
    void writeContext() throws IOException {
        Files.writeString(directory.resolve("token"), "aether_secret\n");
        ContextFile.empty()
                .with(new ContextFile.Context(
                        "local", server.url(), directory.resolve("token").toString(), null))
                .write(directory.resolve("config.yaml"));
        server.on("POST " + PATH, 202, export("waiting", ""));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String export(String state, String more) {
        return "{\"id\":\"" + ID + "\",\"state\":\"" + state + "\",\"asked_at\":\"2026-11-24T10:00:00Z\"" + more + "}";
    }

    private static String sha256(String body) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void ordersWaitsAndFetches() throws Exception {
        server.on("GET " + PATH + "/" + ID, 200, export("waiting", ""));
        server.on("GET " + PATH + "/" + ID, 200, export("running", ",\"progress\":{\"done\":\"256\",\"of\":\"900\"}"));
        server.on("GET " + PATH + "/" + ID, 200, export("ready", ",\"events\":\"35\",\"log_size\":\"900\""));
        server.on(
                "GET " + PATH + "/" + ID + "/download",
                200,
                Map.of("Aether-Content-Sha256", sha256("PK zip")),
                "PK zip");
        Path zip = directory.resolve("acme.zip");

        assertThat(run(
                        "order",
                        "acme",
                        "--reason",
                        "regular-audit",
                        "--reference",
                        "case-17",
                        "--cluster",
                        "shop",
                        "--to-position",
                        "900",
                        "--out",
                        zip.toString()))
                .isZero();

        assertThat(server.asked().getFirst().body())
                .isEqualTo("{\"reason\":\"regular-audit\",\"reference\":\"case-17\",\"cluster\":\"shop\","
                        + "\"to_position\":\"900\"}");
        assertThat(zip).hasContent("PK zip");
        assertThat(out.toString())
                .contains("35 events, proven in the log of 900 entries.", "SHA-256: " + sha256("PK zip"));
        assertThat(now).as("it paused between looks").isEqualTo(Instant.parse("2026-11-24T10:00:01Z"));
    }

    @Test
    void keepsNothingOfAFileThatIsNotWhatWasPromised() throws Exception {
        Path zip = Files.writeString(directory.resolve("acme.zip"), "an older one");
        server.on(
                "GET " + PATH + "/" + ID + "/download",
                200,
                Map.of("Aether-Content-Sha256", sha256("PK zip")),
                "PK zap");

        assertThat(run("download", "acme", ID, "--out", zip.toString())).isEqualTo(ExitCodes.FAILED);

        assertThat(err.toString()).contains("nothing was kept");
        assertThat(zip).hasContent("an older one");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".part"));
        }
    }

    @Test
    void saysWhyThereIsNone() {
        server.on("GET " + PATH + "/" + ID, 200, export("failed", ",\"message\":\"Expected entry 3, but no.\""));

        assertThat(run("order", "acme", "--reason", "routine", "--out", "x.zip"))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString()).contains("but it is failed: Expected entry 3, but no.");

        server.on(
                "GET " + PATH + "/" + ID + "/download",
                410,
                "{\"error\":{\"code\":\"export_expired\",\"message\":\"Expected one that is kept.\",\"details\":[]}}");
        assertThat(run(
                        "download",
                        "acme",
                        ID,
                        "--out",
                        directory.resolve("x.zip").toString()))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString()).contains("Expected one that is kept.");
    }

    @Test
    void listsAndDeletes() {
        server.on("GET " + PATH, 200, "{\"items\":[" + export("expired", "") + "]}");
        server.on("DELETE " + PATH + "/" + ID, 204, "");

        assertThat(run("list", "acme")).isZero();
        assertThat(out.toString()).contains("STATE", "expired", ID);
        assertThat(run("delete", "acme", ID)).isZero();
        assertThat(out.toString()).contains("Export " + ID + " is gone.");
        assertThat(run("order", "acme", "--reason", "routine", "-o", "json")).isZero();
        assertThat(out.toString()).contains("\"state\" : \"waiting\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "order", "order acme", "download acme", "download acme x", "list"})
    void refusesWhatItDoesNotUnderstand(String line) {
        assertThat(run(line.isEmpty() ? new String[0] : line.split(" ", -1))).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).isNotBlank().doesNotContain("Exception");
    }

    private int run(String... arguments) {
        World world = new World(
                Map.of("AETHER_CONFIG", directory.resolve("config.yaml").toString()),
                directory,
                new ByteArrayInputStream(new byte[0]),
                () -> now,
                millis -> now = now.plus(Duration.ofMillis(millis)));
        String[] line = Stream.concat(Stream.of("audit", "exports"), Stream.of(arguments))
                .toArray(String[]::new);
        return ClientCommands.addTo(new CommandLine(new Root()), world)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(line);
    }
}
