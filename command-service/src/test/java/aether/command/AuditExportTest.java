package aether.command;

import static org.assertj.core.api.Assertions.assertThat;

import aether.command.RunningService.Answer;
import aether.domain.audit.AuditEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditExportTest {

    private static final String ROUTINE = "{\"reason\":\"routine\"}";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private ArchiverDouble archiver;

    private RunningService service;

    private String umbrella = "";

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        archiver = new ArchiverDouble();
        Path token = Files.writeString(directory.resolve("exports.token"), ArchiverDouble.TOKEN + "\n");
        service = RunningService.start(Map.of(
                "aether.command.archiver.url", archiver.url(), "aether.command.archiver.token-file", token.toString()));
        umbrella = service.json("POST", "/api/v1/organizations", "admin", "{\"slug\":\"umbrella\"}")
                .json()
                .path("id")
                .asString();
    }

    @AfterAll
    void stop() {
        service.close();
        archiver.close();
    }

    private Answer order(String organization, String token, String body) {
        return service.json("POST", "/api/v1/organizations/" + organization + "/audit-exports", token, body);
    }

    private Answer get(String organization, String rest, String token) {
        return service.get("/api/v1/organizations/" + organization + "/audit-exports" + rest, token);
    }

    @Test
    void aCustomerOrdersItsOwnTrailFollowsAndFetchesIt() {
        String cluster = service.cluster("umbrella", "shop").json().path("id").asString();
        Answer ordered = order(
                "umbrella",
                "umbrella-ci",
                "{\"reason\":\"regular-audit\",\"reference\":\"case-17\",\"cluster\":\"shop\",\"actor\":\"p/abc\","
                        + "\"from\":\"2026-01-01T00:00:00Z\",\"to_position\":\"900\"}");

        assertThat(ordered.status()).as(ordered.body()).isEqualTo(202);
        String id = ordered.json().path("id").asString();
        assertThat(ordered.response().headers().firstValue("Location"))
                .contains("/api/v1/organizations/" + umbrella + "/audit-exports/" + id);
        assertThat(archiver.orders)
                .last()
                .isEqualTo("{\"organization\":\"" + umbrella + "\",\"cluster\":\"" + cluster
                        + "\",\"actor\":\"p/abc\",\"from\":\"2026-01-01T00:00:00Z\",\"to_position\":\"900\"}");
        assertThat(get("umbrella", "/" + id, "umbrella-ci").json().path("state").asString())
                .isEqualTo("waiting");
        assertThat(get("umbrella", "/" + id + "/download", "umbrella-ci").code())
                .isEqualTo("export_not_ready");

        archiver.becomeReady(umbrella, id);

        assertThat(get("umbrella", "", "umbrella-ci").body()).contains("\"items\":[{", id);
        Answer file = get(umbrella, "/" + id + "/download", "umbrella-ci");
        assertThat(file.status()).as(file.body()).isEqualTo(200);
        assertThat(file.body()).isEqualTo(ArchiverDouble.FILE);
        assertThat(file.response().headers().map())
                .containsEntry("content-type", java.util.List.of("application/zip"))
                .containsEntry("cache-control", java.util.List.of("no-store"))
                .containsEntry("aether-content-sha256", java.util.List.of("ab".repeat(32)));
        assertThat(service.stream("export-" + id))
                .as("asked for, there, and fetched, each once")
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("ExportRequested", "ExportCompleted", "ExportDownloaded");
        assertThat(service.send(
                                "DELETE",
                                "/api/v1/organizations/umbrella/audit-exports/" + id,
                                "umbrella-ci",
                                null,
                                null)
                        .status())
                .isEqualTo(204);
        assertThat(get("umbrella", "/" + id, "umbrella-ci").status()).isEqualTo(404);
    }

    @Test
    void theSameKeyIsTheSameExport() {
        String path = "/api/v1/organizations/umbrella/audit-exports";
        Answer first = service.send("POST", path, "admin", "application/json", ROUTINE, "Idempotency-Key", "november");
        Answer again = service.send("POST", path, "admin", "application/json", ROUTINE, "Idempotency-Key", "november");
        Answer another =
                service.send("POST", path, "umbrella-ci", "application/json", ROUTINE, "Idempotency-Key", "november");

        assertThat(again.json().path("id")).isEqualTo(first.json().path("id"));
        assertThat(another.json().path("id")).isNotEqualTo(first.json().path("id"));
    }

    private boolean isEntered(String action) throws InterruptedException {
        Instant bound = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(bound)) {
            boolean entered = service.stream("audit-command-1").stream()
                    .anyMatch(event -> event instanceof AuditEvent.RequestRefused refused
                            && refused.action().endsWith(action));
            if (entered) {
                return true;
            }
            Thread.sleep(PATIENCE.dividedBy(200));
        }
        return false;
    }

    @Test
    void nobodyReachesTheExportOfAnotherOrganization() throws InterruptedException {
        String other = service.organization();
        String id = order(other, "admin", ROUTINE).json().path("id").asString();
        String otherId = service.json("PUT", "/api/v1/organizations/" + other, "admin", "{\"name\":\"Other\"}")
                .json()
                .path("id")
                .asString();
        archiver.exports.keySet().stream()
                .filter(path -> path.endsWith(id))
                .findFirst()
                .ifPresent(path -> archiver.becomeReady(path.split("/", -1)[0], id));

        for (String rest : new String[] {"/" + id, "/" + id + "/download"}) {
            assertThat(get("umbrella", rest, "umbrella-ci").status())
                    .as("under its own name: %s", rest)
                    .isEqualTo(404);
            assertThat(get(other, rest, "umbrella-ci").status())
                    .as("under the other's name: %s", rest)
                    .isEqualTo(403);
            assertThat(isEntered("audit-exports/{export}" + rest.substring(id.length() + 1)))
                    .as("the refusal, which a writer of its own enters afterwards")
                    .isTrue();
        }
        assertThat(get("umbrella", "", "umbrella-ci").body()).doesNotContain(id);
        assertThat(otherId).isNotEqualTo(umbrella);
        assertThat(order(other, "umbrella-ci", ROUTINE).status()).isEqualTo(403);
        assertThat(order("umbrella", "workers", ROUTINE).status()).isEqualTo(403);
        assertThat(order("umbrella", "aether_nobody", ROUTINE).status()).isEqualTo(401);
        service.cluster(other, "theirs");
        assertThat(order("umbrella", "umbrella-ci", "{\"reason\":\"routine\",\"cluster\":\"theirs\"}")
                        .code())
                .isEqualTo("cluster_unknown");
    }

    @Test
    void whatIsWrongWithAnOrderIsSaidAllAtOnce() {
        Answer answer = order(
                "umbrella",
                "admin",
                "{\"reason\":\"curiosity\",\"reference\":\"for Mia\",\"from\":\"noon\",\"to_position\":\"0\",\"size\":3}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body())
                .contains("\"reason\"", "\"reference\"", "\"from\"", "\"to_position\"", "\"size\"", "unknown_field");
        assertThat(get("umbrella", "/not-an-id", "admin").code()).isEqualTo("export_unknown");
        assertThat(get("umbrella", "/" + new UUID(1, 2), "admin").code()).isEqualTo("export_unknown");
    }

    @Test
    void whatTheArchiverRefusesIsPassedOnAndWhatItCannotIsLater() {
        try {
            archiver.refusing = 429;
            Answer many = order("umbrella", "admin", ROUTINE);
            assertThat(many.status()).isEqualTo(429);
            assertThat(many.code()).isEqualTo("too_many_exports");
            archiver.refusing = 500;
            Answer away = order("umbrella", "admin", ROUTINE);
            assertThat(away.status()).isEqualTo(503);
            assertThat(away.code()).isEqualTo("archiver_unavailable");
        } finally {
            archiver.refusing = 0;
        }
        Answer none = RunningService.shared()
                .json(
                        "POST",
                        "/api/v1/organizations/" + RunningService.shared().organization() + "/audit-exports",
                        "admin",
                        ROUTINE);
        assertThat(none.code()).isEqualTo("exports_not_offered");
    }
}
