package aether.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.organization.SlugCommand;
import aether.embedded.postgres.TestPostgres;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Strict requests that are sent again because their answer was lost. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StrictRepeatTest {

    private static final String PROOF = "Aether-Proof";

    private static final String LOCATION = "Aether-Proof-Location";

    private volatile boolean seals = true;

    @SuppressWarnings("NullAway.Init") // started before all tests
    private HttpServer archiver;

    @SuppressWarnings("NullAway.Init") // started before all tests
    private RunningService service;

    @BeforeAll
    void start() throws IOException {
        archiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        archiver.createContext("/proof", exchange -> {
            String position = exchange.getRequestURI().getQuery().replaceAll("position=(\\d+)&.*", "$1");
            byte[] answer = ("c2sp.org/tlog-proof@v1\nindex " + position + "\n\nthe checkpoint").getBytes(UTF_8);
            exchange.sendResponseHeaders(seals ? 200 : 404, seals ? answer.length : -1);
            exchange.getResponseBody().write(seals ? answer : new byte[0]);
            exchange.close();
        });
        archiver.start();
        service = RunningService.start(settings("500ms"));
        service.json("POST", "/api/v1/organizations", "admin", "{\"slug\":\"umbrella\",\"name\":\"Umbrella\"}");
    }

    @AfterAll
    void stop() {
        service.close();
        archiver.stop(0);
    }

    @BeforeEach
    void seals() {
        seals = true;
    }

    @Test
    void aCommandSentAgainWithItsKeyHasTheProofOfItsFirstTry() {
        String slug = service.organization();
        RunningService.Answer first = service.cluster(slug, "one", "Idempotency-Key", "k-1");
        somebodyElse();
        RunningService.Answer again = service.cluster(slug, "one", "Idempotency-Key", "k-1");

        assertThat(again.status()).isEqualTo(first.status()).isEqualTo(201);
        assertThat(again.json().get("id")).isEqualTo(first.json().get("id"));
        assertSameProof(again, first);
        String path = "/api/v1/organizations/" + slug + "/clusters/one";
        RunningService.Answer deleted = service.send("DELETE", path, "admin", null, null, "Idempotency-Key", "k-2");
        somebodyElse();
        assertSameProof(service.send("DELETE", path, "admin", null, null, "Idempotency-Key", "k-2"), deleted);
        assertThat(location(deleted)).isNotEqualTo(location(first));
    }

    @Test
    void aCommandSentAgainUnderItsRequestIdHasTheProofOfItsFirstTry() {
        String slug = service.organization();
        String path = "/api/v1/organizations/" + slug;
        String id = UUID.randomUUID().toString();
        RunningService.Answer first = rename(path, "admin", id);
        somebodyElse();

        assertSameProof(rename(path, "admin", id), first);
        assertThat(rename(path, "admin", UUID.randomUUID().toString())
                        .response()
                        .headers()
                        .firstValue(LOCATION))
                .as("another request, which changed nothing")
                .isEmpty();
    }

    @Test
    void anOrderOfAnExportSentAgainHasTheProofOfItsFirstTry() {
        String id = UUID.randomUUID().toString();
        String body = "{\"type\":\"export.request\",\"command\":{\"export_id\":\"" + id
                + "\",\"selection\":{},\"reason\":\"routine\",\"reference\":\"\"}}";
        RunningService.Answer first = record(body, "audit");
        somebodyElse();
        RunningService.Answer again = record(body, "audit");

        assertThat(again.status()).isEqualTo(200);
        assertSameProof(again, first);
    }

    @Test
    void aManifestSentAgainHasTheProofOfTheLastEntryOfItsFirstTry() {
        String manifest = ManifestTest.tenant("umbrella", "1.33", 2);
        RunningService.Answer first = apply("umbrella-ci", manifest, "m-1");
        assertThat(first.body()).contains("\"created\"");
        somebodyElse();
        RunningService.Answer again = apply("umbrella-ci", manifest, "m-1");

        assertThat(again.status()).as(again.body()).isEqualTo(200);
        assertThat(again.body()).contains("unchanged").doesNotContain("\"created\"");
        assertSameProof(again, first);
        assertThat(location(first)).endsWith("/" + first.json().get("position").asString());

        assertNoProof(apply("umbrella-ci", manifest, "m-2"), "another request");
        assertNoProof(apply("umbrella-ci", manifest + "\n# the same, in other bytes\n", "m-1"), "another manifest");
        assertNoProof(apply("admin", manifest, "m-1"), "somebody else's request");
    }

    @Test
    void aManifestSentAgainUnderItsRequestIdHasTheProofOfItsFirstTryAndOthersDoNot() {
        String slug = service.organization();
        String manifest = ManifestTest.tenant(slug, "1.33", 1);
        String id = UUID.randomUUID().toString();
        RunningService.Answer first = send("admin", manifest, "X-Request-Id", id);
        somebodyElse();

        assertSameProof(send("admin", manifest, "X-Request-Id", id), first);
        RunningService.Answer foreign =
                send("umbrella-ci", ManifestTest.tenant("umbrella", "1.33", 2), "X-Request-Id", id);
        assertThat(foreign.response().headers().firstValue(LOCATION))
                .as("an id that somebody else used opens nothing of theirs")
                .isNotEqualTo(first.response().headers().firstValue(LOCATION));
    }

    /** What a manifest had begun is finished by its repeat, and the newest entry may be of either. */
    @Test
    void aManifestThatWasBegunIsProvedByItsLastEntry() {
        String slug = service.organization();
        String whole = ManifestTest.tenant(slug, "1.33", 1);
        String begun = whole.substring(0, whole.indexOf("---", whole.indexOf("kind: Cluster")));
        apply("admin", begun, "part");
        somebodyElse();
        RunningService.Answer finished = apply("admin", whole, "whole");
        somebodyElse();

        assertThat(finished.status()).as(finished.body()).isEqualTo(200);
        assertSameProof(apply("admin", whole, "whole"), finished);
    }

    @Test
    void aRepeatBeforeTheFirstTryIsSealedIsToldWhereItsProofWillBe() {
        String slug = service.organization();
        seals = false;
        RunningService.Answer first = service.cluster(slug, "late", "Idempotency-Key", "late");
        assertThat(first.status()).isEqualTo(202);
        RunningService.Answer again = service.cluster(slug, "late", "Idempotency-Key", "late");

        assertThat(again.status()).isEqualTo(202);
        assertThat(again.json().get("proof").asString())
                .isEqualTo(first.json().get("proof").asString());
        seals = true;
        RunningService.Answer sealed = service.cluster(slug, "late", "Idempotency-Key", "late");
        assertThat(sealed.status()).isEqualTo(201);
        assertThat(location(sealed)).isEqualTo(location(first));
    }

    /**
     * The entry is there, the process that waited for its proof is not: another one answers as the first would have.
     */
    @Test
    void aProcessThatDiesBetweenTheEntryAndItsAnswerIsMadeUpForByTheNext() throws InterruptedException {
        TestPostgres.Database database = TestPostgres.createDatabase();
        seals = false;
        String slug = "lost-" + UUID.randomUUID().toString().substring(0, 8);
        String manifest =
                "apiVersion: aetherplatform.cloud/v1alpha1\nkind: Organization\nmetadata: {name: " + slug + "}\n";
        CompletableFuture<RunningService.Answer> lost;
        long entry;
        try (RunningService first = on(database, "20s")) {
            long before = first.head();
            lost = CompletableFuture.supplyAsync(() -> apply(first, "admin", manifest, "lost"));
            assertThat(first.reader().awaitAfter(before, Duration.ofSeconds(60)))
                    .isTrue();
            assertThat(first.stream(SlugCommand.stream(slug))).hasSize(1);
            entry = first.head();
        }
        assertThat(lost).failsWithin(Duration.ofSeconds(30));

        seals = true;
        try (RunningService second = on(database, "500ms")) {
            assertThat(second.json("POST", "/api/v1/organizations", "admin", "{\"slug\":\"others\"}")
                            .status())
                    .isEqualTo(201);
            RunningService.Answer again = apply(second, "admin", manifest, "lost");

            assertThat(again.status()).as(again.body()).isEqualTo(200);
            assertThat(location(again)).isEqualTo("/api/v1/audit/proofs/" + entry);
            assertThat(proof(again)).contains("\nindex " + entry + "\n");
            assertThat(second.stream(SlugCommand.stream(slug)))
                    .as("nothing was made twice")
                    .hasSize(1);
        }
    }

    private RunningService on(TestPostgres.Database database, String limit) {
        return RunningService.on(
                database.jdbcUrl(), database.owner().user(), database.owner().password(), settings(limit));
    }

    private Map<String, String> settings(String limit) {
        Map<String, String> settings = new HashMap<>();
        settings.put("aether.command.strict.classes", "audit-access,deletes,changes");
        settings.put("aether.command.strict.time-limit", limit);
        settings.put(
                "aether.command.strict.archivers",
                "http://127.0.0.1:" + archiver.getAddress().getPort());
        settings.put("server.shutdown", "immediate");
        return settings;
    }

    private void somebodyElse() {
        service.organization();
    }

    private RunningService.Answer rename(String path, String token, String requestId) {
        return service.send(
                "PUT", path, token, "application/json", "{\"name\":\"Renamed\"}", "X-Request-Id", requestId);
    }

    private RunningService.Answer record(String body, String key) {
        return service.send("POST", "/api/v1/audit/records", "admin", "application/json", body, "Idempotency-Key", key);
    }

    private RunningService.Answer apply(String token, String manifest, String key) {
        return apply(service, token, manifest, key);
    }

    private static RunningService.Answer apply(RunningService service, String token, String manifest, String key) {
        return service.send("POST", "/api/v1/manifests", token, "application/yaml", manifest, "Idempotency-Key", key);
    }

    private RunningService.Answer send(String token, String manifest, String... headers) {
        return service.send("POST", "/api/v1/manifests", token, "application/yaml", manifest, headers);
    }

    private static void assertSameProof(RunningService.Answer again, RunningService.Answer first) {
        assertThat(location(again)).isEqualTo(location(first));
        assertThat(proof(again))
                .isEqualTo(proof(first))
                .contains("\nindex " + location(first).replaceAll(".*/", ""));
    }

    private static void assertNoProof(RunningService.Answer answer, String why) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.response().headers().firstValue(LOCATION)).as(why).isEmpty();
        assertThat(answer.response().headers().firstValue(PROOF)).as(why).isEmpty();
    }

    private static String location(RunningService.Answer answer) {
        return answer.response()
                .headers()
                .firstValue(LOCATION)
                .orElseThrow(() -> new AssertionError(answer.status() + " " + answer.body()));
    }

    private static String proof(RunningService.Answer answer) {
        return new String(
                Base64.getDecoder()
                        .decode(answer.response().headers().firstValue(PROOF).orElseThrow()),
                UTF_8);
    }
}
