package aether.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import aether.archive.export.ExportRequest;
import aether.archive.export.ExportScope;
import aether.archive.export.ExportVerifier;
import aether.archive.export.Exporter;
import aether.archive.log.VerifierKey;
import aether.archive.read.DirectoryReader;
import aether.archive.seal.FileKey;
import aether.archive.verify.ArchiveVerifier;
import aether.archive.verify.VerificationReport;
import aether.command.access.Identity;
import aether.command.access.TokenFile;
import aether.command.access.Tokens;
import aether.embedded.postgres.LocalPostgres;
import aether.embedded.postgres.PostgresSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Somebody uses the whole platform and is forgotten, with {@code kill -9} in between; then everything that is kept is
 * searched for the name and the address: every file of the data directory and every row of every table.
 */
@Tag("slow")
class ForgottenEverywhereTest {

    private static final String NAME = "mia-zwiebelfisch";

    /** Loopback is a /8: an address that stands nowhere else. */
    private static final String ADDRESS = "127.91.37.203";

    private static final String EMAIL = "zwiebelfisch.m@example.org";

    private static final int KILLS = Integer.getInteger("aether.forget.kill.count", 3);

    /** The longest that a request to forget has been seen to take; kills are spread over it. */
    private static final int FORGETTING_MS = 120;

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final PlainSearch search = new PlainSearch(List.of(NAME, ADDRESS, EMAIL));

    private final SecureRandom random = new SecureRandom();

    private Path data = Path.of("");

    private String administrator = "";

    private URI api = URI.create("http://127.0.0.1");

    private long started;

    @Test
    void noNameIsLeftAndTheLogStillVerifies(@TempDir Path directory) throws Exception {
        data = directory.resolve("data");
        Files.createDirectories(data);
        String pseudonym;
        long kills = Long.getLong("aether.kill.seed", new Random().nextLong());
        System.out.println("ForgottenEverywhereTest: seed " + kills);
        Random moments = new Random(kills);
        try (PlatformProcess first = up(directory)) {
            assertThat(data.resolve("audit.vkey")).as("from the first start on").exists();
            String token = register(NAME);
            actAsMia(token);
            pseudonym =
                    post("/api/v1/privacy/reports", mia("")).path("pseudonym").asString();
            assertThat(post("/api/v1/privacy/names", "{\"pseudonyms\":[\"" + pseudonym + "\"]}")
                            .path("names")
                            .path(pseudonym)
                            .asString())
                    .isEqualTo(NAME);
            assertThat(search.below(data))
                    .as("the search works: the token file names her")
                    .isNotEmpty();
            assertThat(search.below(data)).allMatch(found -> found.contains("tokens.jsonl"));
            contactForgotten();
            untilSealed();
            refusedWhileHeldOrInForce();
            first.stop();
            assertThat(first.ends(PATIENCE)).isTrue();
        }
        for (int kill = 0; kill < KILLS; kill++) {
            try (PlatformProcess killed = up(directory)) {
                if (kill > 0) {
                    actAsMia(register(NAME)); // somebody new by the same name
                    deregister();
                }
                forgetAndDie(killed, moments.nextInt(FORGETTING_MS));
            }
        }
        try (PlatformProcess last = up(directory)) {
            String found = send("POST", "/api/v1/privacy/erasures", administrator, mia(BASIS))
                                    .statusCode()
                            == 200
                    ? "she was still known"
                    : "she was forgotten already";
            System.out.println("ForgottenEverywhereTest: after " + KILLS + " kills " + found);
            assertThat(send("POST", "/api/v1/privacy/reports", administrator, mia(""))
                            .statusCode())
                    .isEqualTo(404);
            assertThat(post("/api/v1/privacy/names", "{\"pseudonyms\":[\"" + pseudonym + "\"]}")
                            .path("names")
                            .path(pseudonym)
                            .asString())
                    .isEqualTo("[forgotten]");
            rebuildViews();
            untilSealed();
            exportAfterwards(directory, pseudonym);
            String shown = send("GET", "/api/v1/organizations/acme/clusters", administrator, null)
                    .body();
            assertThat(search.in(shown)).isEmpty();
            last.stop();
            assertThat(last.ends(PATIENCE)).isTrue();
        }
        everyErasureEndedInTheProof(searchTheTables(pseudonym));
        for (String place : List.of("kafka", "archive", "postgres", "exports")) {
            assertThat(PlainSearch.stands(pseudonym, data.resolve(place)))
                    .as("the search looks where her events are: %s", place)
                    .isTrue();
        }
        assertThat(search.below(data)).isEmpty();
        VerificationReport report =
                ArchiveVerifier.verify(data.resolve("archive"), Optional.of(data.resolve("audit.vkey")));
        assertThat(report.isIntact()).as(report.verdict()).isTrue();
    }

    private static final String BASIS = ",\"basis\":\"objection\"";

    private static String mia(String more) {
        return "{\"kind\":\"user\",\"organization\":\"acme\",\"name\":\"" + NAME + "\"" + more + "}";
    }

    private PlatformProcess up(Path directory) throws Exception {
        Path printed = data.resolve("printed-" + started++ + ".txt");
        PlatformProcess process = PlatformProcess.start(
                printed, directory.resolve("config.yaml"), "up", "--data-dir", data.toString(), "--port", "0");
        eventually("the platform is up", () -> process.printed().contains("Ready.") || !process.isAlive());
        assertThat(process.isAlive()).as(process.printed()).isTrue();
        api = URI.create(process.printed()
                .lines()
                .filter(line -> line.startsWith("API "))
                .findFirst()
                .orElseThrow()
                .substring("API".length())
                .strip());
        administrator =
                Files.readString(data.resolve("secrets/administrator.token")).strip();
        return process;
    }

    /** She asks for a cluster, is refused, and comes once without her token. */
    private void actAsMia(String token) throws Exception {
        HttpClient here = HttpClient.newBuilder()
                .localAddress(InetAddress.getByName(ADDRESS))
                .build();
        assertThat(send("POST", "/api/v1/organizations", administrator, "{\"slug\":\"acme\"}")
                        .statusCode())
                .isIn(201, 409);
        String path = "/api/v1/organizations/acme/clusters";
        String body = "{\"name\":\"c" + started + "\",\"region\":\"local\",\"k8s_version\":\"1.33\"}";
        assertThat(here.send(request("POST", path, token, body), HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(201);
        assertThat(here.send(
                                request("POST", "/api/v1/organizations", token, "{\"slug\":\"other\"}"),
                                HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(403);
        assertThat(here.send(request("POST", path, "aether_none", body), HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(401);
        here.close();
        eventually(
                "her refusals are in the trail",
                () -> send(
                                        "POST",
                                        "/api/v1/privacy/reports",
                                        administrator,
                                        "{\"kind\":\"address\",\"name\":\"" + ADDRESS + "\"}")
                                .statusCode()
                        == 200);
    }

    private void contactForgotten() throws Exception {
        String path = "/api/v1/organizations/acme/billing-contact";
        send("PUT", path, administrator, "{\"email\":\"" + EMAIL + "\"}");
        assertThat(send("GET", path, administrator, null).body()).contains(EMAIL);
        post("/api/v1/privacy/erasures", "{\"kind\":\"contact\",\"name\":\"" + EMAIL + "\",\"basis\":\"objection\"}");
        assertThat(send("GET", path, administrator, null).body()).contains("[forgotten]");
    }

    private void refusedWhileHeldOrInForce() throws Exception {
        assertThat(send("POST", "/api/v1/privacy/erasures", administrator, mia(BASIS))
                        .body())
                .contains("token_in_force");
        deregister();
        post("/api/v1/privacy/holds", mia(",\"reference\":\"case-17\",\"reason\":\"litigation\""));
        assertThat(send("POST", "/api/v1/privacy/erasures", administrator, mia(BASIS))
                        .body())
                .contains("legal_hold");
        post("/api/v1/privacy/holds/lifted", mia(",\"reference\":\"case-17\""));
        post(
                "/api/v1/privacy/erasures",
                "{\"kind\":\"address\",\"name\":\"" + ADDRESS + "\",\"basis\":\"no-longer-necessary\"}");
    }

    private void forgetAndDie(PlatformProcess process, int afterMs) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        var asked = client.sendAsync(
                request("POST", "/api/v1/privacy/erasures", administrator, mia(BASIS)),
                HttpResponse.BodyHandlers.ofString());
        Thread.sleep(afterMs);
        process.killEverything();
        String fate = asked.handle(
                        (answer, failure) -> failure == null ? "answered " + answer.statusCode() : "no answer")
                .get();
        System.out.println("ForgottenEverywhereTest: killed after " + afterMs + " ms: " + fate);
        client.shutdownNow();
        assertThat(process.ends(PATIENCE)).isTrue();
    }

    private String register(String name) throws IOException {
        String token = Tokens.generate(random);
        Path directory = data.resolve("secrets");
        Path one = directory.resolve("one.jsonl");
        Tokens.writeTokenFile(one, List.of(TokenFile.Line.of(Identity.ofOrganization(name, "acme"), token)));
        Files.writeString(directory.resolve("tokens.jsonl"), Files.readString(one), StandardOpenOption.APPEND);
        Files.delete(one);
        return token;
    }

    private void deregister() throws IOException {
        Path file = data.resolve("secrets/tokens.jsonl");
        Files.write(
                file,
                Files.readAllLines(file).stream()
                        .filter(line -> !line.contains(NAME))
                        .toList());
    }

    private void untilSealed() throws Exception {
        HttpResponse<String> renamed =
                send("PUT", "/api/v1/organizations/acme", administrator, "{\"name\":\"Acme, start " + started + "\"}");
        long head =
                Long.parseLong(renamed.headers().firstValue("Aether-Position").orElseThrow());
        Path checkpoint = data.resolve("archive/checkpoint");
        eventually(
                "the archive covers the log",
                () -> Files.exists(checkpoint)
                        && Long.parseLong(Files.readAllLines(checkpoint).get(1)) > head);
    }

    /**
     * Orders an export through the API, as a customer would, and looks into every file of it; the same request to the
     * archive itself gives the same bytes.
     */
    private void exportAfterwards(Path directory, String pseudonym) throws Exception {
        String path = "/api/v1/organizations/acme/audit-exports";
        HttpResponse<String> ordered = send("POST", path, administrator, "{\"reason\":\"customer-request\"}");
        assertThat(ordered.statusCode()).as(ordered.body()).isEqualTo(202);
        String order = path + "/" + JSON.readTree(ordered.body()).path("id").asString();
        eventually(
                "the export is made",
                () -> send("GET", order, administrator, null).body().contains("\"ready\""));
        JsonNode ready = JSON.readTree(send("GET", order, administrator, null).body());
        Path zip = Files.createDirectories(directory.resolve("fetched")).resolve("acme.zip");
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThat(client.send(
                                    request("GET", order + "/download", administrator, null),
                                    HttpResponse.BodyHandlers.ofFile(zip))
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(search.below(zip.resolveSibling(""))).isEmpty();
        try (FileSystem files = FileSystems.newFileSystem(zip)) {
            for (String form :
                    List.of("events.jsonl", "events.csv", "events.parquet", "events.ocsf.jsonl", "report.html")) {
                assertThat(new String(Files.readAllBytes(files.getPath(form)), StandardCharsets.ISO_8859_1))
                        .as("what she did is in %s, legibly", form)
                        .contains(pseudonym);
            }
        }
        Path again = zip.resolveSibling("again.zip");
        VerifierKey key = VerifierKey.parse(Files.readString(data.resolve("audit.vkey")));
        Exporter.export(
                DirectoryReader.open(data.resolve("archive")),
                new ExportRequest(
                        ExportScope.ofOrganization(
                                ready.path("scope").path("organization").asString()),
                        key,
                        Long.parseLong(ready.path("log_size").asString()),
                        FileKey.open(data.resolve("secrets/archive/export.key"), key.name() + "/export", random)),
                again,
                ExportRequest.Progress.SILENT);
        try (FileSystem one = FileSystems.newFileSystem(zip);
                FileSystem other = FileSystems.newFileSystem(again);
                Stream<Path> names = Files.walk(one.getPath("/"))) {
            assertThat(names.filter(Files::isRegularFile))
                    .allSatisfy(name -> assertThat(
                                    Files.readString(other.getPath(name.toString()), StandardCharsets.ISO_8859_1))
                            .isEqualTo(Files.readString(name, StandardCharsets.ISO_8859_1)));
        }
        assertThat(again).hasSameBinaryContentAs(zip);
        assertThat(ExportVerifier.verify(zip, key, null).findings()).isEmpty();
    }

    private void rebuildViews() throws Exception {
        assertThat(send("POST", "/internal/v1/projections/rebuild", administrator, null)
                        .statusCode())
                .isEqualTo(202);
        eventually(
                "the views are rebuilt",
                () -> send("GET", "/internal/v1/projections/rebuild", administrator, null)
                        .body()
                        .contains("\"done\""));
    }

    /** Every row of every table as text; bytes are shown as hex, which the search knows. */
    private List<String> searchTheTables(String pseudonym) throws SQLException {
        List<String> ends = new ArrayList<>();
        boolean sought = false;
        try (LocalPostgres postgres = LocalPostgres.start(PostgresSettings.in(data.resolve("postgres")))) {
            for (String database : List.of("aether", "aether_views")) {
                try (Connection connection = DriverManager.getConnection(
                                postgres.jdbcUrl(database),
                                postgres.owner().user(),
                                postgres.owner().password());
                        Statement statement = connection.createStatement()) {
                    for (String table : tables(statement)) {
                        try (ResultSet rows = statement.executeQuery("select t::text from " + table + " t")) {
                            while (rows.next()) {
                                String row = rows.getString(1);
                                assertThat(search.in(row))
                                        .as("%s: %s", table, row)
                                        .isEmpty();
                                sought |= row.contains(pseudonym);
                            }
                        }
                    }
                    if (database.equals("aether")) {
                        try (ResultSet rows = statement.executeQuery(
                                "select stream || ' ' || string_agg(type, ' ' order by position) from log.events"
                                        + " where type like '%subject.%' group by stream")) {
                            while (rows.next()) {
                                ends.add(rows.getString(1));
                            }
                        }
                    }
                }
            }
        }
        assertThat(sought)
                .as("the rows of her events were among those searched")
                .isTrue();
        return ends;
    }

    private static List<String> tables(Statement statement) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("select format('%I.%I', schemaname, tablename) from pg_tables"
                + " where schemaname <> 'information_schema'"
                + " and tablename not in ('pg_authid', 'pg_shadow')")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }

    private static void everyErasureEndedInTheProof(List<String> ends) {
        assertThat(ends).hasSizeGreaterThanOrEqualTo(2).allSatisfy(end -> {
            assertThat(end).containsOnlyOnce("subject.erased").containsOnlyOnce("subject.key-destroyed");
        });
    }

    private JsonNode post(String path, String body) throws Exception {
        HttpResponse<String> answer = send("POST", path, administrator, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> send(String method, String path, String token, @Nullable String body)
            throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request(method, path, token, body), HttpResponse.BodyHandlers.ofString());
        }
    }

    private HttpRequest request(String method, String path, String token, @Nullable String body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(api.resolve(path)).header("Authorization", "Bearer " + token);
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        return request.method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static void eventually(String what, Callable<Boolean> holds) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!holds.call()) {
            assertThat(System.nanoTime())
                    .as("Expected that " + what + " in time")
                    .isLessThan(end);
            Thread.sleep(200);
        }
    }
}
