package aether.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import aether.archive.export.ExportReport;
import aether.archive.export.ExportVerifier;
import aether.archive.log.Cosigner;
import aether.archive.log.VerifierKey;
import aether.archive.verify.ArchiveVerifier;
import aether.archive.verify.VerificationReport;
import aether.archive.witness.Witness;
import aether.archive.witness.WitnessMemory;
import aether.archive.witness.WitnessServer;
import aether.command.access.Identity;
import aether.command.access.TokenFile;
import aether.command.access.Tokens;
import aether.command.privacy.KeySchema;
import aether.embedded.kafka.KafkaProcess;
import aether.embedded.kafka.KafkaSettings;
import aether.embedded.postgres.LocalPostgres;
import aether.embedded.postgres.PostgresSettings;
import aether.embedded.process.Port;
import aether.sandbox.Sandbox;
import aether.sandbox.SandboxSettings;
import aether.standalone.cli.ClientCommands;
import aether.standalone.cli.World;
import aether.store.schema.DatabaseSettings;
import aether.store.schema.LogSchema;
import aether.store.schema.RolePasswords;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The four services as separate processes around a real PostgreSQL and a real Kafka. */
@Tag("slow")
class SeparateServicesTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String PASSWORD = "only-on-loopback";
    private static final Cosigner COSIGNER = Cosigner.ed25519("witness.test/w1", new byte[32]);

    @TempDir
    private Path directory = Path.of("");

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();

    @SuppressWarnings("NullAway.Init") // started before each test
    private LocalPostgres postgres;

    @SuppressWarnings("NullAway.Init") // started before each test
    private KafkaProcess kafka;

    /** Follows no log yet. */
    @SuppressWarnings("NullAway.Init") // started before each test
    private HttpServer witness;

    private String token = "";
    private Path workerToken = Path.of("");
    private Path archiverToken = Path.of("");
    private URI commands = URI.create("http://127.0.0.1");
    private URI queries = URI.create("http://127.0.0.1");
    private URI archiver = URI.create("http://127.0.0.1");
    private URI standby = URI.create("http://127.0.0.1");

    @SuppressWarnings("NullAway.Init") // started before each test
    private ServiceProcess active;

    @BeforeEach
    void startEverything() throws Exception {
        postgres = opens(LocalPostgres.start(PostgresSettings.in(directory.resolve("postgres"))));
        kafka = opens(KafkaProcess.start(KafkaSettings.in(directory.resolve("kafka"))));
        Sandbox world = opens(Sandbox.start(SandboxSettings.in(directory.resolve("world"), 0)));
        prepareDatabases();
        prepareTokens();
        commands = address();
        queries = address();
        archiver = address();
        standby = address();
        opens(commandService(world));
        opens(projections());
        opens(workers(world));
        witness = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        witness.createContext("/", exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        witness.start();
        opens(() -> witness.stop(0));
        active = opens(archiver(archiver.getPort()));
    }

    @AfterEach
    void stopEverything() throws Exception {
        for (AutoCloseable part : opened.reversed()) {
            part.close();
        }
    }

    @Test
    void commandsCommitWhileKafkaIsAwayAndViewAndArchiveCatchUpAfterwards() throws Exception {
        long first = apply(manifest("acme"));
        untilRunning("acme");
        eventually("view and archive are level", () -> archiveSize() - 1 == viewPosition());

        kafka.stop();
        long whileAway = apply(manifest("globex"));
        assertThat(whileAway).as("commands go on").isGreaterThan(first);
        long standing = viewPosition();
        long archived = archiveSize();
        Thread.sleep(Duration.ofSeconds(2));
        assertThat(viewPosition())
                .as("the view stands still")
                .isEqualTo(standing)
                .isLessThan(whileAway);
        assertThat(archiveSize())
                .as("the archive stands still")
                .isEqualTo(archived)
                .isLessThanOrEqualTo(whileAway);
        assertThat(archived - 1).as("both stand at one position").isEqualTo(standing);

        kafka.restart();
        untilRunning("globex");
        long head = apply(manifest("globex"));
        eventually("the archive holds everything", () -> archiveSize() > head);
        eventually("the published archive verifies", () -> {
            VerificationReport report = ArchiveVerifier.verify(
                    directory.resolve("archive"),
                    Optional.of(directory.resolve("archive").resolve("keys").resolve("0.vkey")));
            return report.isIntact() && report.entries() > head;
        });
    }

    @Test
    void anExportIsMadeByTheArchiverAndHandedOutByTheCommandService() throws Exception {
        apply(manifest("acme"));
        String path = "/api/v1/organizations/acme/audit-exports";
        HttpResponse<String> ordered = send(request(commands.resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"reason\":\"routine\"}"))
                .build());
        assertThat(ordered.statusCode()).as(ordered.body()).isEqualTo(202);
        URI export = commands.resolve(ordered.headers().firstValue("Location").orElseThrow());
        eventually(
                "it is made after the next seal",
                () -> json(send(request(export).build()))
                        .path("state")
                        .asString()
                        .equals("ready"));
        Path zip = directory.resolve("acme.zip");
        assertThat(http.send(request(URI.create(export + "/download")).build(), HttpResponse.BodyHandlers.ofFile(zip))
                        .statusCode())
                .isEqualTo(200);
        ExportReport report = ExportVerifier.verify(
                zip,
                VerifierKey.parse(Files.readString(
                        directory.resolve("archive").resolve("keys").resolve("0.vkey"))),
                null);
        assertThat(report.findings()).isEmpty();
        assertThat(report.events()).isPositive();
        assertThat(send(HttpRequest.newBuilder(archiver.resolve("/exports/v1/" + new UUID(0, 0)))
                                .build())
                        .statusCode())
                .as("nobody else may ask the archiver")
                .isEqualTo(401);
    }

    @Test
    void commandsAreRefusedClearlyWhilePostgresIsAwayAndEverythingGoesOnAfterwards() throws Exception {
        apply(manifest("acme"));
        postgres.stop();
        HttpResponse<String> refused = send(post(manifest("globex")));
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("\"error\"").contains("\"code\"");
        postgres.restart();
        eventually(
                "commands are taken again", () -> send(post(manifest("globex"))).statusCode() == 200);
        untilRunning("acme");
        untilRunning("globex");
    }

    @Test
    void theArchiveEntersWhatItHasToSayAndASecondArchiverTakesOver() throws Exception {
        apply(manifest("acme"));
        untilRunning("acme");
        eventually(
                "verdict, comparison, heartbeat and verification are in the log",
                () -> recorded("store-probed") == 1
                        && recorded("log-reconciled") > 0
                        && recorded("heartbeat-recorded") > 0
                        && recorded("verified") > 0);
        assertThat(findings()).containsOnly("agrees");

        eventually("the refusal of a witness is in the log", () -> recorded("witness-refused") == 1);
        witness.stop(0); // who has looked after it now tells it which log to follow
        opens(WitnessServer.start(
                witness.getAddress(),
                new Witness(
                        VerifierKey.parse(Files.readString(
                                directory.resolve("archive").resolve("keys").resolve("0.vkey"))),
                        COSIGNER,
                        opens(new WitnessMemory(directory.resolve("witness"))),
                        InstantSource.system())));

        opens(archiver(standby.getPort()));
        eventually(
                "the second stands by",
                () -> status(standby).path("state").asString().equals("standby"));
        active.kill();
        long last = apply(manifest("globex"));
        eventually("the second seals", () -> status(standby).path("sealed_size").asLong() > last);
        assertThat(findings()).containsOnly("agrees");
        eventually("the archive of both verifies", () -> {
            VerificationReport report = ArchiveVerifier.verify(
                    directory.resolve("archive"),
                    Optional.of(directory.resolve("archive").resolve("keys").resolve("0.vkey")));
            return report.isIntact() && report.entries() > last;
        });
        eventually("each archiver has tried the store, once", () -> recorded("store-probed") == 2);
        eventually("and each has verified all of it", () -> recorded("verified") == 2);
        eventually("the witness agrees again, once", () -> recorded("witness-agreed") == 1);
        assertThat(column("select convert_from(payload, 'UTF8')::json->'refusal'->>'cause' from log.events"
                        + " where type = 'cloud.aetherplatform.archive.witness-refused'"))
                .containsExactly("log-unknown");
    }

    @Test
    void aDeletionAnswersWithItsProofAndSaysWhereItWillBeWhileNobodySeals() throws Exception {
        apply(manifest("acme"));
        untilRunning("acme");
        Path key = directory.resolve("archive").resolve("keys").resolve("0.vkey");
        eventually("the key is there", () -> Files.exists(key));

        long asked = System.nanoTime();
        HttpResponse<String> deleted = send(delete("acme"));
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(5));
        assertThat(deleted.statusCode()).as(deleted.body()).isEqualTo(202);
        assertThat(deleted.body()).contains("\"status\"");
        String proof = new String(
                Base64.getDecoder()
                        .decode(deleted.headers().firstValue("Aether-Proof").orElseThrow()),
                UTF_8);
        assertThat(proof)
                .contains("index "
                        + deleted.headers().firstValue("Aether-Position").orElseThrow());
        assertThat(checkProof(proof, key)).contains("cluster.deletion-requested");

        active.kill();
        apply(manifest("globex"));
        untilRunning("globex");
        HttpResponse<String> secret =
                send(request(commands.resolve("/api/v1/organizations/globex/clusters/demo/kubeconfig"))
                        .build());
        assertThat(secret.statusCode()).as(secret.body()).isEqualTo(202);
        assertThat(secret.body())
                .as("no secret leaves without a proof")
                .contains("\"accepted\":true")
                .doesNotContain("certificate-authority-data");
        HttpResponse<String> pending = send(delete("globex"));
        assertThat(pending.statusCode()).isEqualTo(202);
        assertThat(json(pending).path("accepted").asBoolean()).isTrue();
        assertThat(json(pending).path("message").asString()).contains("do not send it again");
        assertThat(pending.headers().firstValue("Aether-Proof")).isEmpty();
        String location = pending.headers().firstValue("Aether-Proof-Location").orElseThrow();
        assertThat(send(request(commands.resolve(location)).build()).statusCode())
                .isEqualTo(404);

        opens(archiver(standby.getPort()));
        eventually(
                "the proof is where it was to be",
                () -> send(request(commands.resolve(location)).build()).statusCode() == 200);
        assertThat(checkProof(send(request(commands.resolve(location)).build()).body(), key))
                .contains("cluster.deletion-requested");
    }

    private HttpRequest delete(String organization) {
        return request(commands.resolve("/api/v1/organizations/" + organization + "/clusters/demo"))
                .DELETE()
                .build();
    }

    /** As a stranger does it, with nothing but the proof and the key. */
    private String checkProof(String proof, Path key) throws IOException {
        Path file = Files.writeString(directory.resolve("entry.tlog-proof"), proof);
        StringWriter out = new StringWriter();
        int exit = ClientCommands.addTo(new CommandLine(new Aether()), World.ofProcess())
                .setOut(new PrintWriter(out))
                .execute("audit", "check-proof", file.toString(), "--key", key.toString());
        assertThat(exit).isZero();
        return out.toString();
    }

    private long recorded(String event) throws SQLException {
        return column("select type from log.events where type = 'cloud.aetherplatform.archive." + event + "'")
                .size();
    }

    private List<String> findings() throws SQLException {
        return column("select convert_from(payload, 'UTF8')::json->>'finding' from log.events"
                + " where type = 'cloud.aetherplatform.archive.log-reconciled'");
    }

    private List<String> column(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl("aether"), LogSchema.READER, PASSWORD);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                values.add(row.getString(1));
            }
        }
        return values;
    }

    private JsonNode status(URI of) throws Exception {
        return json(send(request(of.resolve("/status")).build()));
    }

    private void prepareDatabases() throws Exception {
        postgres.createDatabaseIfAbsent("aether");
        postgres.createDatabaseIfAbsent("views");
        postgres.createDatabaseIfAbsent("heads");
        DatabaseSettings owner = new DatabaseSettings(
                postgres.jdbcUrl("aether"),
                postgres.owner().user(),
                postgres.owner().password());
        LogSchema.migrate(owner, new RolePasswords(PASSWORD, PASSWORD, PASSWORD));
        KeySchema.migrate(owner);
    }

    private void prepareTokens() throws IOException {
        SecureRandom random = new SecureRandom();
        token = Tokens.generate(random);
        String worker = Tokens.generate(random);
        Tokens.writeSecret(directory.resolve("exports.token"), Tokens.generate(random));
        String archiverSecret = Tokens.generate(random);
        archiverToken = directory.resolve("archiver.token");
        Tokens.writeSecret(archiverToken, archiverSecret);
        workerToken = directory.resolve("worker.token");
        Tokens.writeSecret(workerToken, worker);
        Tokens.writeTokenFile(
                directory.resolve("tokens.jsonl"),
                List.of(
                        TokenFile.Line.of(Identity.of("administrator", Identity.Kind.PLATFORM), token),
                        TokenFile.Line.of(Identity.of("workers", Identity.Kind.WORKER), worker),
                        TokenFile.Line.of(Identity.of("archiver", Identity.Kind.ARCHIVER), archiverSecret)));
    }

    private ServiceProcess commandService(Sandbox world) throws IOException {
        return ServiceProcess.start(
                directory.resolve("command.log"),
                "aether.command.CommandServiceApplication",
                Set.of("reconcile-workers", "projections", "standalone", "audit-archiver", "sandbox"),
                Map.of(),
                List.of(
                        "--server.port=" + commands.getPort(),
                        "--aether.command.token-file=" + directory.resolve("tokens.jsonl"),
                        "--aether.command.database.url=" + postgres.jdbcUrl("aether"),
                        "--aether.command.database.appender.user=" + LogSchema.APPENDER,
                        "--aether.command.database.appender.password=" + PASSWORD,
                        "--aether.command.database.saga.user=" + LogSchema.SAGA,
                        "--aether.command.database.saga.password=" + PASSWORD,
                        "--aether.command.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                        "--aether.command.kafka.replication-factor=1",
                        "--aether.command.strict.classes=deletes,secret-reads",
                        "--aether.command.strict.time-limit=5s",
                        "--aether.command.strict.archivers=" + archiver + "," + standby,
                        "--aether.command.regions[0].name=local",
                        "--aether.command.regions[0].workers=10.64.0.0/16",
                        "--aether.command.regions[0].load-balancers=10.65.0.0/24",
                        "--aether.command.regions[0].first-vm-id=1000",
                        "--aether.command.regions[0].last-vm-id=1999",
                        "--aether.command.management-cluster.url=" + world.url(),
                        "--aether.command.management-cluster.token-file=" + world.tokenFile(),
                        "--aether.command.archiver.url=" + archiver,
                        "--aether.command.archiver.token-file=" + directory.resolve("exports.token")));
    }

    private ServiceProcess projections() throws IOException {
        return ServiceProcess.start(
                directory.resolve("projections.log"),
                "aether.projection.ProjectionsApplication",
                Set.of(
                        "axon-",
                        "db-scheduler",
                        "event-store",
                        "command-service",
                        "reconcile-workers",
                        "standalone",
                        "audit-archiver",
                        "sandbox"),
                Map.of(),
                List.of(
                        "--server.port=" + queries.getPort(),
                        "--aether.projections.jdbc-url=" + postgres.jdbcUrl("views"),
                        "--aether.projections.user=" + postgres.owner().user(),
                        "--aether.projections.password=" + postgres.owner().password(),
                        "--aether.projections.kafka-bootstrap-servers=" + kafka.bootstrapServers(),
                        "--aether.projections.token-file=" + directory.resolve("tokens.jsonl")));
    }

    private ServiceProcess workers(Sandbox world) throws IOException {
        return ServiceProcess.start(
                directory.resolve("workers.log"),
                "aether.reconcile.ReconcileWorkersApplication",
                Set.of(
                        "command-service",
                        "projections",
                        "standalone",
                        "audit-archiver",
                        "sandbox",
                        "spring-kafka",
                        "spring-boot-kafka",
                        "spring-boot-webmvc",
                        "spring-boot-tomcat",
                        "spring-webmvc",
                        "tomcat-"),
                Map.of(),
                List.of(
                        "--aether.workers.node=workers-1",
                        "--aether.workers.database.url=" + postgres.jdbcUrl("aether"),
                        "--aether.workers.database.reader.user=" + LogSchema.READER,
                        "--aether.workers.database.reader.password=" + PASSWORD,
                        "--aether.workers.database.saga.user=" + LogSchema.SAGA,
                        "--aether.workers.database.saga.password=" + PASSWORD,
                        "--aether.workers.command-service.url=" + commands,
                        "--aether.workers.command-service.token-file=" + workerToken,
                        "--aether.workers.management-cluster.url=" + world.url(),
                        "--aether.workers.management-cluster.token-file=" + world.tokenFile(),
                        "--aether.workers.hypervisor.url=" + world.url().resolve("/hypervisor"),
                        "--aether.workers.hypervisor.token-file=" + world.tokenFile(),
                        "--aether.workers.sandbox=true",
                        "--aether.workers.resync=5s",
                        "--aether.workers.health-port=0"));
    }

    /** One of several archivers of the one log. */
    private ServiceProcess archiver(int port) throws IOException {
        Path state = directory.resolve("archive-state-" + port);
        Path keys = directory.resolve("archive-keys");
        Path password = directory.resolve("heads.password");
        Files.createDirectories(state);
        Files.createDirectories(keys);
        Tokens.writeSecret(password, postgres.owner().password());
        Path policy = Files.writeString(
                directory.resolve("witness.policy"),
                "witness w1 " + COSIGNER.key().vkey() + " http://127.0.0.1:"
                        + witness.getAddress().getPort() + "/\nquorum w1\n");
        return ServiceProcess.start(
                directory.resolve("archiver-" + port + ".log"),
                "aether.archive.ArchiverApplication",
                Set.of("spring-", "axon-", "domain", "event-format", "event-store", "command-service", "projections"),
                Map.ofEntries(
                        Map.entry("AETHER_PORT", Integer.toString(port)),
                        Map.entry("AETHER_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers()),
                        Map.entry(
                                "AETHER_ARCHIVE_DIRECTORY",
                                directory.resolve("archive").toString()),
                        Map.entry("AETHER_ARCHIVE_STATE_DIRECTORY", state.toString()),
                        Map.entry(
                                "AETHER_ARCHIVE_KEY_FILE",
                                keys.resolve("audit.key").toString()),
                        Map.entry("AETHER_ARCHIVE_ORIGIN", "aether.test/audit"),
                        Map.entry("AETHER_ARCHIVE_SEAL_INTERVAL", "PT30S"),
                        Map.entry("AETHER_ARCHIVE_HEARTBEAT_AFTER", "PT8S"),
                        Map.entry("AETHER_ARCHIVE_RECONCILE_EVERY", "PT20S"),
                        Map.entry("AETHER_ARCHIVE_VERIFY_FIRST_AFTER", "PT5S"),
                        Map.entry("AETHER_ARCHIVE_HEAD_DATABASE_URL", postgres.jdbcUrl("heads")),
                        Map.entry(
                                "AETHER_ARCHIVE_HEAD_DATABASE_USER",
                                postgres.owner().user()),
                        Map.entry("AETHER_ARCHIVE_HEAD_DATABASE_PASSWORD_FILE", password.toString()),
                        Map.entry("AETHER_ARCHIVE_WITNESS_POLICY", policy.toString()),
                        Map.entry("AETHER_ARCHIVE_WITNESS_INTERVAL", "PT5S"),
                        Map.entry("AETHER_ARCHIVE_INSTANCE", "archiver-" + port),
                        Map.entry("AETHER_ARCHIVE_LEASE", "PT3S"),
                        Map.entry(
                                "AETHER_ARCHIVE_EXPORT_TOKEN_FILE",
                                directory.resolve("exports.token").toString()),
                        Map.entry("AETHER_ARCHIVE_COMMAND_URL", commands.toString()),
                        Map.entry("AETHER_ARCHIVE_COMMAND_TOKEN_FILE", archiverToken.toString())),
                List.of());
    }

    private static String manifest(String organization) throws IOException {
        return Files.readString(Path.of("..", "examples", "tenant.yaml"))
                .replace("organization: acme", "organization: " + organization)
                .replace("name: acme", "name: " + organization);
    }

    private long apply(String manifest) throws Exception {
        AtomicLong position = new AtomicLong();
        eventually("the manifest is applied", () -> {
            HttpResponse<String> answer = send(post(manifest));
            if (answer.statusCode() != 200) {
                throw new IOException(answer.body());
            }
            position.set(Long.parseLong(json(answer).path("position").asString()));
            return true;
        });
        return position.get();
    }

    private HttpRequest post(String manifest) {
        return request(commands.resolve("/api/v1/manifests"))
                .header("Content-Type", "application/yaml")
                .POST(HttpRequest.BodyPublishers.ofString(manifest))
                .build();
    }

    private void untilRunning(String organization) throws Exception {
        eventually("the cluster of " + organization + " runs", () -> {
            JsonNode found = get("/api/v1/organizations?slug=" + organization).path("items");
            if (found.isEmpty()) {
                return false;
            }
            JsonNode clusters = get("/api/v1/organizations/"
                            + found.get(0).path("id").asString() + "/clusters")
                    .path("items");
            return !clusters.isEmpty()
                    && clusters.get(0).path("status").asString().equals("running");
        });
    }

    private long viewPosition() throws Exception {
        return Long.parseLong(get("/api/v1/status").path("view_position").asString());
    }

    private long archiveSize() throws Exception {
        return json(send(request(archiver.resolve("/status")).build()))
                .path("size")
                .asLong();
    }

    private JsonNode get(String path) throws Exception {
        return json(send(request(queries.resolve(path)).build()));
    }

    private HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address)
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest request) throws Exception {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    private void eventually(String what, Callable<Boolean> condition) throws Exception {
        Instant giveUp = Instant.now().plus(PATIENCE);
        String trouble = "it is not";
        while (Instant.now().isBefore(giveUp)) {
            try {
                if (condition.call()) {
                    return;
                }
            } catch (IOException | IllegalArgumentException e) {
                trouble = String.valueOf(e);
            }
            Thread.sleep(100);
        }
        StringBuilder said = new StringBuilder();
        for (AutoCloseable part : opened) {
            if (part instanceof ServiceProcess service) {
                said.append("\n--- alive: ")
                        .append(service.isAlive())
                        .append('\n')
                        .append(service.lastPrinted());
            }
        }
        throw new AssertionError("Expected that " + what + ", but: " + trouble + said);
    }

    private <T extends AutoCloseable> T opens(T part) {
        opened.add(part);
        return part;
    }

    private static URI address() {
        return URI.create("http://127.0.0.1:" + Port.unused());
    }
}
