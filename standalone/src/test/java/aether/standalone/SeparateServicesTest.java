package aether.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import aether.archive.export.ExportReport;
import aether.archive.export.ExportVerifier;
import aether.archive.log.VerifierKey;
import aether.archive.verify.ArchiveVerifier;
import aether.archive.verify.VerificationReport;
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
import aether.store.schema.DatabaseSettings;
import aether.store.schema.LogSchema;
import aether.store.schema.RolePasswords;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The four services as separate processes around a real PostgreSQL and a real Kafka. */
@Tag("slow")
class SeparateServicesTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String PASSWORD = "only-on-loopback";

    @TempDir
    private Path directory = Path.of("");

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();

    @SuppressWarnings("NullAway.Init") // started before each test
    private LocalPostgres postgres;

    @SuppressWarnings("NullAway.Init") // started before each test
    private KafkaProcess kafka;

    private String token = "";
    private Path workerToken = Path.of("");
    private URI commands = URI.create("http://127.0.0.1");
    private URI queries = URI.create("http://127.0.0.1");
    private URI archiver = URI.create("http://127.0.0.1");

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
        opens(commandService(world));
        opens(projections());
        opens(workers(world));
        opens(archiver());
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

    private void prepareDatabases() throws Exception {
        postgres.createDatabaseIfAbsent("aether");
        postgres.createDatabaseIfAbsent("views");
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
        workerToken = directory.resolve("worker.token");
        Tokens.writeSecret(workerToken, worker);
        Tokens.writeTokenFile(
                directory.resolve("tokens.jsonl"),
                List.of(
                        TokenFile.Line.of(Identity.of("administrator", Identity.Kind.PLATFORM), token),
                        TokenFile.Line.of(Identity.of("workers", Identity.Kind.WORKER), worker)));
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

    private ServiceProcess archiver() throws IOException {
        Files.createDirectories(directory.resolve("archive-state"));
        return ServiceProcess.start(
                directory.resolve("archiver.log"),
                "aether.archive.ArchiverApplication",
                Set.of("spring-", "axon-", "domain", "event-format", "event-store", "command-service", "projections"),
                Map.of(
                        "AETHER_PORT", Integer.toString(archiver.getPort()),
                        "AETHER_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
                        "AETHER_ARCHIVE_DIRECTORY", directory.resolve("archive").toString(),
                        "AETHER_ARCHIVE_STATE_DIRECTORY",
                                directory.resolve("archive-state").toString(),
                        "AETHER_ARCHIVE_ORIGIN", "aether.test/audit",
                        "AETHER_ARCHIVE_EXPORT_TOKEN_FILE",
                                directory.resolve("exports.token").toString()),
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
