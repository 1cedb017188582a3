package aether.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.domain.archive.AccessReason;
import aether.domain.export.ExportEvent;
import aether.domain.export.ExportId;
import aether.format.Envelope;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Strict answers, with an archiver that says what it is told to. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StrictTest {

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile boolean seals = true;

    @SuppressWarnings("NullAway.Init") // started before all tests
    private HttpServer archiver;

    @SuppressWarnings("NullAway.Init") // started before all tests
    private RunningService service;

    @BeforeAll
    void start() throws IOException {
        archiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        archiver.createContext("/proof", exchange -> {
            String query = exchange.getRequestURI().getQuery();
            asked.add(query);
            String position = query.replaceAll("position=(\\d+)&.*", "$1");
            byte[] answer = ("c2sp.org/tlog-proof@v1\nindex " + position + "\n\nthe checkpoint").getBytes(UTF_8);
            exchange.sendResponseHeaders(seals ? 200 : 404, seals ? answer.length : -1);
            exchange.getResponseBody().write(seals ? answer : new byte[0]);
            exchange.close();
        });
        archiver.start();
        service = RunningService.start(Map.of(
                "aether.command.strict.classes", "audit-access,deletes,changes",
                "aether.command.strict.time-limit", "500ms",
                "aether.command.strict.archivers",
                        "http://127.0.0.1:1,http://127.0.0.1:"
                                + archiver.getAddress().getPort()));
    }

    @AfterAll
    void stop() {
        service.close();
        archiver.stop(0);
    }

    @Test
    void anAnswerBringsTheProofWithTheEntryInIt() {
        seals = true;
        UUID id = UUID.randomUUID();
        RunningService.Answer answer = record("admin", request(id, "case-17"));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        long position = Long.parseLong(answer.json().get("position").asString());
        String proof = new String(Base64.getDecoder().decode(header(answer, "Aether-Proof")), UTF_8);
        String entry = Base64.getEncoder()
                .encodeToString(new Envelope("local", service.codec())
                        .render(service.eventsFrom(position).getFirst()));
        assertThat(proof)
                .isEqualTo("c2sp.org/tlog-proof@v1\nextra " + entry + "\nindex " + position + "\n\nthe checkpoint");
        assertThat(header(answer, "Aether-Proof-Location")).isEqualTo("/api/v1/audit/proofs/" + position);
        assertThat(service.get("/api/v1/audit/proofs/" + position, "admin").body())
                .isEqualTo(proof);
        assertThat(service.stream("export-" + id))
                .containsExactly(new ExportEvent.ExportRequested(
                        new ExportId(id), null, null, null, null, null, AccessReason.ROUTINE, "case-17"));
    }

    @Test
    void anAnswerWithoutAProofInTimeSaysThatItIsDoneAndWhereTheProofWillBe() {
        seals = false;
        UUID id = UUID.randomUUID();
        RunningService.Answer answer = record("admin", request(id, ""));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().get("accepted").asBoolean()).isTrue();
        assertThat(answer.json().get("message").asString()).contains("within PT0.5S", "do not send it again");
        String location = answer.json().get("proof").asString();
        assertThat(service.stream("export-" + id)).hasSize(1);

        seals = true;
        assertThat(service.get(location, "admin").status()).isEqualTo(200);
    }

    @Test
    void aDeletionIsNotShownBeforeItIsSealed() {
        seals = true;
        String slug = service.organization();
        service.cluster(slug, "gone");
        seals = false;
        RunningService.Answer answer =
                service.json("DELETE", "/api/v1/organizations/" + slug + "/clusters/gone", "admin", "");

        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        assertThat(answer.body()).doesNotContain("\"status\"").contains("\"accepted\":true");
        assertThat(asked).anyMatch(query -> query.matches("position=\\d+&wait_ms=\\d+"));
    }

    @Test
    void whateverIsChangedBringsItsProof() {
        seals = true;
        String slug = "strict-" + UUID.randomUUID().toString().substring(0, 8);
        RunningService.Answer made = service.json(
                "POST", "/api/v1/organizations", "admin", "{\"slug\":\"" + slug + "\",\"name\":\"Strict\"}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        String position = header(made, "Aether-Position");
        assertThat(new String(Base64.getDecoder().decode(header(made, "Aether-Proof")), UTF_8))
                .contains("\nindex " + position + "\n");
        assertThat(header(made, "Location")).startsWith("/api/v1/organizations/");

        RunningService.Answer applied = service.yaml("admin", manifest(slug, "shop"));
        assertThat(applied.status()).as(applied.body()).isEqualTo(200);
        assertThat(header(applied, "Aether-Proof-Location"))
                .isEqualTo(
                        "/api/v1/audit/proofs/" + applied.json().get("position").asString());
        assertThat(applied.json().get("items").size()).isPositive();
    }

    /** Its position is the log's newest, and that is somebody else's. */
    @Test
    void whatChangesNothingIsNotAnsweredWithAnothersEntry() {
        seals = true;
        service.json("POST", "/api/v1/organizations", "admin", "{\"slug\":\"umbrella\",\"name\":\"Umbrella\"}");
        RunningService.Answer first = service.yaml("umbrella-ci", manifest("umbrella", "gone"));
        assertThat(first.status()).as(first.body()).isEqualTo(200);
        assertThat(header(first, "Aether-Proof")).isNotEmpty();
        service.yaml("admin", manifest(service.organization(), "others"));

        RunningService.Answer again = service.yaml("umbrella-ci", manifest("umbrella", "gone"));
        assertThat(again.status()).as(again.body()).isEqualTo(200);
        assertThat(again.body()).contains("unchanged").doesNotContain("\"created\"");
        assertThat(again.response().headers().firstValue("Aether-Proof")).isEmpty();
        assertThat(again.response().headers().firstValue("Aether-Proof-Location"))
                .isEmpty();

        seals = false;
        RunningService.Answer early = service.yaml("umbrella-ci", manifest("umbrella", "gone"));
        assertThat(early.status()).isEqualTo(202);
        assertThat(early.body()).contains("changed nothing").doesNotContain("/api/v1/audit/proofs");
    }

    @Test
    void whatIsChangedButNotSealedInTimeIsNotShown() {
        seals = true;
        String slug = service.organization();
        seals = false;
        RunningService.Answer applied = service.yaml("admin", manifest(slug, "late"));
        assertThat(applied.status()).as(applied.body()).isEqualTo(202);
        assertThat(applied.body()).contains("\"accepted\":true").doesNotContain("items");

        RunningService.Answer made = service.json(
                "POST",
                "/api/v1/organizations",
                "admin",
                "{\"slug\":\"late-" + UUID.randomUUID().toString().substring(0, 8) + "\",\"name\":\"Late\"}");
        assertThat(made.status()).isEqualTo(202);
        assertThat(made.response().headers().firstValue("Location")).isEmpty();

        RunningService.Answer wrong = service.yaml("admin", manifest(slug, "Not A Name"));
        assertThat(wrong.status())
                .as("what changes nothing has nothing to prove")
                .isEqualTo(422);
        assertThat(service.get("/api/v1/organizations", "admin").status()).isNotEqualTo(202);
    }

    @Test
    void onlyAdministratorsEnterAndOnlyWhatIsTheirs() {
        seals = true;
        assertThat(record("umbrella-ci", request(UUID.randomUUID(), "")).status())
                .isEqualTo(403);
        assertThat(record(
                                "admin",
                                "{\"type\":\"archive.record-heartbeat\",\"command\":{\"archive\":\"a\","
                                        + "\"size\":\"1\",\"silent_seconds\":\"1\"}}")
                        .status())
                .isEqualTo(403);
        RunningService.Answer named = record("admin", request(UUID.randomUUID(), "Mia Muster"));
        assertThat(named.status()).isEqualTo(422);
        assertThat(named.body()).doesNotContain("Muster");
        assertThat(service.get("/api/v1/audit/proofs/0", "umbrella-ci").status())
                .as("somebody else's event")
                .isIn(403, 404);
    }

    @Test
    void strictClassesNeedSomebodyWhoSeals() {
        assertThatThrownBy(() -> RunningService.start(Map.of("aether.command.strict.classes", "deletes")))
                .rootCause()
                .hasMessageContaining("Expected the setting aether.command.strict.archivers");
    }

    private static String manifest(String organization, String cluster) {
        return """
                apiVersion: aetherplatform.cloud/v1alpha1
                kind: Cluster
                metadata: {name: "%s", organization: "%s"}
                spec: {region: local, k8s_version: "1.33", public_endpoint: false}
                """.formatted(cluster, organization);
    }

    private static String header(RunningService.Answer answer, String name) {
        return answer.response().headers().firstValue(name).orElseThrow();
    }

    private RunningService.Answer record(String token, String body) {
        return service.json("POST", "/api/v1/audit/records", token, body);
    }

    private static String request(UUID id, String reference) {
        return "{\"type\":\"export.request\",\"command\":{\"export_id\":\"" + id
                + "\",\"selection\":{},\"reason\":\"routine\",\"reference\":\"" + reference + "\"}}";
    }
}
