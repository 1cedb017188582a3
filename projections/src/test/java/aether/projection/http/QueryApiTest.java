package aether.projection.http;

import static org.assertj.core.api.Assertions.assertThat;

import aether.embedded.kafka.TestKafka;
import aether.projection.ProjectionsApplication;
import aether.projection.TestDoor;
import aether.projection.TestLog;
import aether.projection.TestViews;
import aether.projection.database.DatabaseSettings;
import aether.projection.position.IntakeMonitor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class QueryApiTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final String PLATFORM = "aether_" + "a".repeat(64);
    private static final String ACME = "aether_" + "b".repeat(64);
    private static final String WORKER = "aether_" + "c".repeat(64);

    private static final TestLog LOG = new TestLog()
            .join("acme")
            .live("acme", "shop", 2)
            .join("other")
            .request("other", "web")
            .live("acme", "old", 1)
            .delete("acme", "old");

    private static final UUID ORG = TestLog.organization("acme").value();
    private static final UUID OTHER = TestLog.organization("other").value();
    private static final UUID SHOP = TestLog.cluster("acme", "shop").value();
    private static final UUID OLD = TestLog.cluster("acme", "old").value();

    @TempDir
    private static Path directory;

    private static ConfigurableApplicationContext context;
    private static TestDoor door;
    private static HttpClient http;
    private static URI base;

    @BeforeAll
    static void start() throws Exception {
        String events = TestKafka.createTopic(3);
        String wanted = TestKafka.createTopic(1);
        Path tokens = directory.resolve("tokens");
        Files.writeString(tokens, """
                # who may call
                {"name":"admin","kind":"platform","sha256":"%s"}

                {"name":"acme-ci","kind":"organization","organization":"acme","sha256":"%s"}
                {"name":"workers","kind":"worker","sha256":"%s"}
                """.formatted(sha256(PLATFORM), sha256(ACME), sha256(WORKER)));
        door = new TestDoor(TestKafka.bootstrapServers(), events);
        door.publish(LOG, LongStream.range(0, LOG.size()).boxed().toList());
        DatabaseSettings database = TestViews.settings();
        context = new SpringApplicationBuilder(ProjectionsApplication.class)
                .properties(Map.of(
                        "server.port",
                        0,
                        "spring.main.banner-mode",
                        "off",
                        "aether.projections.jdbc-url",
                        database.jdbcUrl(),
                        "aether.projections.user",
                        database.user(),
                        "aether.projections.password",
                        database.password(),
                        "aether.projections.kafka-bootstrap-servers",
                        TestKafka.bootstrapServers(),
                        "aether.projections.events-topic",
                        events,
                        "aether.projections.wanted-topic",
                        wanted,
                        "aether.projections.token-file",
                        tokens))
                .run();
        base = URI.create("http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port"));
        http = HttpClient.newHttpClient();
        assertThat(context.getBean(IntakeMonitor.class).await(LOG.size(), BOUND))
                .isTrue();
    }

    @AfterAll
    static void stop() {
        http.close();
        context.close();
        door.close();
    }

    @Test
    void showsAClusterWithEveryField() throws Exception {
        JsonNode cluster = get(PLATFORM, "/api/v1/organizations/" + ORG + "/clusters/" + SHOP);

        assertThat(cluster.toString()).isEqualTo("""
                        {"id":"%s","org_id":"%s","name":"shop","region":"eu-1","k8s_version":"1.33.5",\
                        "status":"running","status_message":null,"endpoint":"https://10.128.0.2:6443",\
                        "observed_kubernetes_version":"1.33.5","lb_subnet":"10.128.0.2/32",\
                        "worker_subnet":"10.64.1.0/24","standing":[],"created_at":"2026-11-24T10:00:03Z",\
                        "updated_at":"2026-11-24T10:00:33Z"}""".formatted(SHOP, ORG));
    }

    @Test
    void countsReadyNodesOfAPool() throws Exception {
        JsonNode pool = get(PLATFORM, "/api/v1/organizations/%s/clusters/%s/node-pools".formatted(ORG, SHOP))
                .get("items")
                .get(0);

        assertThat(pool.get("name").stringValue()).isEqualTo("main");
        assertThat(pool.get("desired").intValue()).isEqualTo(2);
        assertThat(pool.get("ready").intValue()).isEqualTo(2);
        assertThat(pool.get("status").stringValue()).isEqualTo("Running");
    }

    @Test
    void listsMachinesPageByPage() throws Exception {
        String path = "/api/v1/organizations/%s/clusters/%s/machines".formatted(ORG, SHOP);
        List<String> names = new ArrayList<>();
        String query = "?limit=2";
        while (true) {
            JsonNode page = get(PLATFORM, path + query);
            page.get("items").forEach(item -> names.add(item.get("name").stringValue()));
            JsonNode next = page.get("next_cursor");
            if (next.isNull()) {
                break;
            }
            query = "?limit=2&cursor=" + next.stringValue();
        }

        assertThat(names).containsExactly("shop-lb", "shop-main-1", "shop-main-2");
    }

    @Test
    void doesNotListWhatIsDeletedButKeepsItsTimeline() throws Exception {
        String path = "/api/v1/organizations/%s/clusters".formatted(ORG);

        assertThat(get(PLATFORM, path).get("items")).hasSize(1);
        assertThat(get(PLATFORM, path + "?name=old").get("items")).isEmpty();
        assertThat(status(PLATFORM, path + "/" + OLD)).isEqualTo(404);
        assertThat(get(PLATFORM, path + "/" + OLD + "/events?limit=100")
                        .get("items")
                        .size())
                .isGreaterThan(20);
    }

    @Test
    void findsByNameAndSlug() throws Exception {
        assertThat(get(PLATFORM, "/api/v1/organizations?slug=other")
                        .get("items")
                        .get(0)
                        .get("id")
                        .stringValue())
                .isEqualTo(OTHER.toString());
        assertThat(get(PLATFORM, "/api/v1/organizations/%s/clusters?name=shop".formatted(ORG))
                        .get("items")
                        .get(0)
                        .get("id")
                        .stringValue())
                .isEqualTo(SHOP.toString());
    }

    @Test
    void anOrganizationSeesNothingOfAnother() throws Exception {
        assertThat(get(ACME, "/api/v1/organizations").get("items")).hasSize(1);
        assertThat(get(ACME, "/api/v1/organizations?slug=other").get("items")).isEmpty();
        assertThat(status(ACME, "/api/v1/organizations/" + ORG)).isEqualTo(200);
        assertThat(status(ACME, "/api/v1/organizations/" + OTHER)).isEqualTo(404);
        assertThat(status(ACME, "/api/v1/organizations/" + OTHER + "/clusters")).isEqualTo(404);
        assertThat(status(ACME, "/api/v1/organizations/%s/clusters/%s".formatted(OTHER, SHOP)))
                .isEqualTo(404);
        assertThat(status(ACME, "/api/v1/organizations/%s/clusters/%s/events".formatted(ORG, SHOP)))
                .isEqualTo(200);
        assertThat(status(ACME, "/internal/v1/projections/rebuild")).isEqualTo(403);
    }

    @Test
    void refusesWhoeverIsNotKnown() throws Exception {
        assertThat(status("aether_" + "0".repeat(64), "/api/v1/organizations")).isEqualTo(401);
        assertThat(status("", "/api/v1/organizations")).isEqualTo(401);
        assertThat(status(WORKER, "/api/v1/organizations")).isEqualTo(403);
        assertThat(status("", "/api/v1/organizations/nonsense")).isEqualTo(401);
        assertThat(status("", "/api/v1/events/stream")).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/organizations?limit=0, limit",
        "/api/v1/organizations?limit=101, limit",
        "/api/v1/organizations?limit=many, limit",
        "/api/v1/organizations?limit=99999999999999999999, limit",
        "/api/v1/organizations?cursor=1, cursor",
        "/api/v1/organizations?cursor=00000000-0000-0000-0000-000000000000, cursor",
        "/api/v1/organizations/nonsense, organization",
        "/api/v1/organizations/nonsense/clusters, organization",
        "/api/v1/organizations/00000000-0000-0000-0000-000000000000/clusters/x, cluster",
        "/api/v1/organizations/00000000-0000-0000-0000-000000000000/clusters/x/machines, cluster",
        "/api/v1/organizations/00000000-0000-0000-0000-000000000000/clusters/x/events/stream, cluster",
        "/api/v1/events/stream?after=-1, after",
        "/api/v1/events/stream?after=9223372036854775808, after",
    })
    void saysWhichFieldIsWrong(String path, String field) throws Exception {
        HttpResponse<String> answer = send(PLATFORM, path, Map.of());

        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode error = JSON.readTree(answer.body()).get("error");
        assertThat(error.get("code").stringValue()).isEqualTo("invalid");
        assertThat(error.get("details").get(0).get("field").stringValue()).isEqualTo(field);
        assertThat(error.get("message").stringValue()).startsWith("Expected ");
    }

    @Test
    void namesTheHeaderThatIsWrong() throws Exception {
        HttpResponse<String> answer = send(PLATFORM, "/api/v1/organizations", Map.of("Aether-Min-Position", "soon"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("Aether-Min-Position");
    }

    @Test
    void saysWhenTheViewsAreTooFarBehind() throws Exception {
        HttpResponse<String> answer =
                send(PLATFORM, "/api/v1/organizations", Map.of("Aether-Min-Position", "" + (LOG.size() + 1000)));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(JSON.readTree(answer.body()).get("error").get("code").stringValue())
                .isEqualTo("view_behind");
    }

    @Test
    void answersFromAPositionThatIsReached() throws Exception {
        HttpResponse<String> answer =
                send(PLATFORM, "/api/v1/organizations", Map.of("Aether-Min-Position", "" + (LOG.size() - 1)));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Aether-View-Position")).hasValue("" + (LOG.size() - 1));
        assertThat(get(ACME, "/api/v1/status").get("view_position").stringValue())
                .isEqualTo("" + (LOG.size() - 1));
        assertThat(status("", "/healthz")).isEqualTo(200);
    }

    @Test
    void streamsWhatWasMissedAndResumesWhereItWas() throws Exception {
        String path = "/api/v1/organizations/%s/clusters/%s/events/stream".formatted(ORG, SHOP);
        List<Long> first = ids(path, Map.of(), 10);
        List<Long> rest = ids(path, Map.of("Last-Event-ID", "" + first.getLast()), 10);
        List<Long> after = ids(path + "?after=" + first.getLast(), Map.of(), 10);

        assertThat(first).isSorted().doesNotHaveDuplicates();
        assertThat(rest.getFirst()).isGreaterThan(first.getLast());
        assertThat(after).isEqualTo(rest);
        List<Long> all = new ArrayList<>(first);
        all.addAll(rest);
        assertThat(ids(path, Map.of(), 20)).isEqualTo(all);
    }

    @Test
    void anOrganizationsStreamHasOnlyItsOwn() throws Exception {
        List<Long> own = ids(ACME, "/api/v1/events/stream", Map.of(), 12);
        List<Long> everything = ids(PLATFORM, "/api/v1/events/stream", Map.of(), (int) LOG.size());

        assertThat(everything).isEqualTo(LongStream.range(0, LOG.size()).boxed().toList());
        assertThat(own).isSubsetOf(everything);
    }

    private static List<Long> ids(String path, Map<String, String> headers, int count) throws Exception {
        return ids(PLATFORM, path, headers, count);
    }

    private static List<Long> ids(String token, String path, Map<String, String> headers, int count)
            throws IOException, InterruptedException {
        HttpResponse<InputStream> answer =
                http.send(request(token, path, headers), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        List<Long> ids = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            while (ids.size() < count) {
                String line = lines.readLine();
                assertThat(line).isNotNull();
                if (line != null && line.startsWith("id:")) {
                    ids.add(Long.parseLong(line.substring("id:".length())));
                } else if (line != null && line.startsWith("data:")) {
                    assertThat(JSON.readTree(line.substring("data:".length()))
                                    .get("position")
                                    .stringValue())
                            .isNotEmpty();
                }
            }
        }
        return ids;
    }

    private static JsonNode get(String token, String path) throws Exception {
        HttpResponse<String> answer = send(token, path, Map.of());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static int status(String token, String path) throws Exception {
        return send(token, path, Map.of()).statusCode();
    }

    private static HttpResponse<String> send(String token, String path, Map<String, String> headers)
            throws IOException, InterruptedException {
        return http.send(request(token, path, headers), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest request(String token, String path, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(BOUND);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        headers.forEach(request::header);
        return request.build();
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
