package aether.command;

import static org.assertj.core.api.Assertions.assertThat;

import aether.command.access.Identity;
import aether.command.access.TokenFile;
import aether.command.access.Tokens;
import aether.command.privacy.SealedField;
import aether.command.privacy.SubjectKeys;
import aether.embedded.kafka.TestKafka;
import aether.embedded.postgres.TestPostgres;
import aether.format.EventCodec;
import aether.format.EventMetadata;
import aether.format.JsonEventCodec;
import aether.format.StoredEvent;
import aether.store.log.LogReader;
import aether.store.log.LogSignal;
import aether.store.log.ReaderSettings;
import aether.store.schema.DatabaseSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service as a newcomer would run it, on a port of its own, and a client that holds every kind of token. */
final class RunningService implements AutoCloseable {

    static final String REGION = "local";

    private static final JsonMapper JSON = new JsonMapper();

    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** Services on one database share the key that wraps its keys. */
    private static final Map<String, Path> MASTER_KEYS = new ConcurrentHashMap<>();

    final Map<String, String> tokens = new HashMap<>();

    final String topic;

    final String wantedTopic;

    final DatabaseSettings database;

    private final ConfigurableApplicationContext context;

    private final HttpClient http = HttpClient.newHttpClient();

    private final LogSignal signal;

    private final LogReader reader;

    private final EventCodec codec = new JsonEventCodec();

    private RunningService(String jdbcUrl, String user, String password, Map<String, String> more) {
        int number = NUMBER.incrementAndGet();
        this.topic = "events-" + number;
        this.wantedTopic = "wanted-" + number;
        Map<String, Object> settings = new HashMap<>();
        settings.put("server.port", "0");
        settings.put("aether.command.token-file", tokenFile().toString());
        settings.put("aether.command.database.url", jdbcUrl);
        settings.put(
                "aether.command.privacy.master-key-file",
                MASTER_KEYS
                        .computeIfAbsent(jdbcUrl, unused -> emptyDirectory().resolve("subject-keys.kek"))
                        .toString());
        settings.put("aether.command.database.owner.user", user);
        settings.put("aether.command.database.owner.password", password);
        settings.put("aether.command.database.appender.user", "aether_appender");
        settings.put("aether.command.database.appender.password", "appender-secret");
        settings.put("aether.command.database.saga.user", "aether_saga");
        settings.put("aether.command.database.saga.password", "saga-secret");
        settings.put("aether.command.database.reader-password", "reader-secret");
        settings.put("aether.command.kafka.topic", topic);
        settings.put("aether.command.kafka.wanted-topic", wantedTopic);
        settings.put("aether.command.regions[0].name", REGION);
        settings.put("aether.command.regions[0].workers", "10.64.0.0/12");
        settings.put("aether.command.regions[0].load-balancers", "10.80.0.0/16");
        settings.put("aether.command.regions[0].first-vm-id", "1000");
        settings.put("aether.command.regions[0].last-vm-id", "9999");
        settings.putAll(more);
        settings.computeIfAbsent("aether.command.kafka.bootstrap-servers", ignored -> TestKafka.bootstrapServers());
        List<String> arguments = new ArrayList<>();
        settings.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        this.context = CommandServiceApplication.application().run(arguments.toArray(String[]::new));
        this.database = new DatabaseSettings(jdbcUrl, "aether_reader", "reader-secret");
        this.signal = LogSignal.open(database);
        this.reader = LogReader.open(ReaderSettings.of(database), signal);
    }

    private static final class Shared {
        static final RunningService SERVICE = start(Map.of());

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVICE::close));
        }
    }

    /** One service for all tests that leave only organizations of their own behind. */
    static RunningService shared() {
        return Shared.SERVICE;
    }

    static RunningService start(Map<String, String> more) {
        TestPostgres.Database empty = TestPostgres.createDatabase();
        return on(empty.jdbcUrl(), empty.owner().user(), empty.owner().password(), more);
    }

    static RunningService on(String jdbcUrl, String user, String password, Map<String, String> more) {
        return new RunningService(jdbcUrl, user, password, more);
    }

    private Path tokenFile() {
        SecureRandom random = new SecureRandom();
        List<TokenFile.Line> lines = new ArrayList<>();
        for (Identity identity : List.of(
                Identity.of("admin", Identity.Kind.PLATFORM),
                Identity.of("workers", Identity.Kind.WORKER),
                Identity.of("archiver", Identity.Kind.ARCHIVER),
                Identity.ofOrganization("umbrella-ci", "umbrella"),
                Identity.ofOrganization("hasty", "hasty"))) {
            String token = Tokens.generate(random);
            tokens.put(identity.name(), token);
            lines.add(TokenFile.Line.of(identity, token));
        }
        try {
            Path file = emptyDirectory().resolve("tokens");
            Tokens.writeTokenFile(file, lines);
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path emptyDirectory() {
        try {
            Path directory = Files.createTempDirectory("aether-test-");
            directory.toFile().deleteOnExit();
            directory.resolve("subject-keys.kek").toFile().deleteOnExit();
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String slug(String word) {
        return word + "-" + NUMBER.incrementAndGet();
    }

    /** A bean of the service. */
    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    record Answer(int status, String body, HttpResponse<String> response) {

        JsonNode json() {
            return JSON.readTree(body);
        }

        String code() {
            return json().at("/error/code").asString();
        }

        String field() {
            return json().at("/error/details/0/field").asString();
        }

        long position() {
            return Long.parseLong(
                    response.headers().firstValue("Aether-Position").orElseThrow());
        }
    }

    Answer yaml(String token, String manifest) {
        return send("POST", "/api/v1/manifests", token, "application/yaml", manifest);
    }

    Answer json(String method, String path, String token, String body) {
        return send(method, path, token, "application/json", body);
    }

    Answer get(String path, String token) {
        return send("GET", path, token, null, null);
    }

    Answer send(
            String method,
            String path,
            @Nullable String tokenName,
            @Nullable String contentType,
            @Nullable String body,
            String... headers) {
        int port = Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (tokenName != null) {
            request.header("Authorization", "Bearer " + tokens.getOrDefault(tokenName, tokenName));
        }
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        request.method(
                method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Registers an organization of its own; answers its slug. */
    String organization() {
        String slug = slug("org");
        Answer answer = json("POST", "/api/v1/organizations", "admin", "{\"slug\":\"" + slug + "\"}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return slug;
    }

    /** Asks for a cluster. */
    Answer cluster(String organization, String name, String... headers) {
        return send(
                "POST",
                "/api/v1/organizations/" + organization + "/clusters",
                "admin",
                "application/json",
                "{\"name\":\"" + name + "\",\"region\":\"local\",\"k8s_version\":\"1.33.2\"}",
                headers);
    }

    /** The newest position. */
    long head() {
        return reader.head();
    }

    /** Every event from a position on. */
    List<StoredEvent> eventsFrom(long position) {
        return reader.read(position, LogReader.PAGE);
    }

    /** The decoded events of a stream. */
    List<Object> stream(String name) {
        return reader.readStream(name, 0).stream()
                .map(event -> codec.decode(event.type(), event.revision(), event.payload()))
                .toList();
    }

    /** The plain source address of an event. */
    Optional<String> address(StoredEvent event) {
        EventMetadata metadata = codec.decodeMetadata(event.metadata());
        return SealedField.read(String.valueOf(metadata.sourceAddress()))
                .flatMap(found -> bean(SubjectKeys.class)
                        .withPseudonym(metadata.actor())
                        .flatMap(key -> found.open(key, event.eventId(), "/sourceaddress")));
    }

    EventCodec codec() {
        return codec;
    }

    LogReader reader() {
        return reader;
    }

    @Override
    public void close() {
        context.close();
        reader.close();
        signal.close();
        http.close();
    }
}
