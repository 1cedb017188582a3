package aether.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.archive.export.CustomerLog;
import aether.archive.jobs.ExportJobSettings;
import aether.archive.jobs.ExportJobs;
import aether.archive.jobs.ExportSource;
import aether.archive.log.Ed25519Signer;
import aether.archive.seal.SealWorld;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportRoutesTest {

    private static final String TOKEN = "a-token-of-no-less-than-thirty-two-characters";

    private static final String ONE = CustomerLog.organization(1);

    private static final UUID ID = new UUID(7, 1);

    @TempDir
    private Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private Instant now = Instant.parse("2026-11-30T12:00:00Z");
    private ExportJobs jobs;
    private StatusServer server;

    @BeforeEach
    void start() throws IOException {
        CustomerLog log = new CustomerLog().append(30, 3);
        Ed25519Signer signer = Ed25519Signer.fromSeed("audit.test/log/export", new byte[32]);
        jobs = ExportJobs.open(
                new ExportJobSettings(directory, Duration.ofDays(7), 2, 2),
                () -> new ExportSource.Opened(log.reader(), SealWorld.SIGNER.verifierKey(), signer, () -> {}),
                () -> now);
        server = StatusServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                () -> {
                    throw new IllegalStateException("Nobody asks for the status here.");
                },
                (position, limit) -> Optional.empty(),
                new ExportRoutes(jobs, TOKEN));
    }

    @AfterEach
    void stop() {
        server.close();
        jobs.close();
        http.close();
    }

    private HttpResponse<String> send(String method, String path, String token, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + ExportRoutes.PATH + path))
                        .header("Authorization", "Bearer " + token)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String order(int customer) {
        return "{\"organization\":\"" + CustomerLog.organization(customer) + "\"}";
    }

    @Test
    void nobodyWithoutTheTokenIsAnswered() throws Exception {
        assertThat(send("GET", ONE, TOKEN + "x", "").statusCode()).isEqualTo(401);
        assertThat(send("PUT", ONE + "/" + ID, "", order(1)).statusCode()).isEqualTo(401);
        assertThat(jobs.of(ONE)).isEmpty();
        assertThatThrownBy(() -> new ExportRoutes(jobs, "short")).hasMessageContaining("at least 32");
    }

    @Test
    void anExportIsAskedForFollowedFetchedAndRemoved() throws Exception {
        String path = ONE + "/" + ID;
        HttpResponse<String> asked = send("PUT", path, TOKEN, order(1));
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(202);
        assertThat(asked.body()).contains("\"state\":\"waiting\"");
        assertThat(send("GET", path + "/file", TOKEN, "").statusCode()).isEqualTo(409);

        jobs.step();

        assertThat(send("GET", path, TOKEN, "").body())
                .contains("\"state\":\"ready\"", "\"events\":\"10\"", "\"manifest_sha256\":\"");
        assertThat(send("GET", ONE, TOKEN, "").body()).startsWith("{\"items\":[{\"id\":\"" + ID);
        HttpResponse<String> file = send("GET", path + "/file", TOKEN, "");
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("Content-Type")).contains("application/zip");
        assertThat(file.body()).startsWith("PK");
        assertThat(send("DELETE", path, TOKEN, "").statusCode()).isEqualTo(204);
        assertThat(send("GET", path, TOKEN, "").statusCode()).isEqualTo(404);
    }

    @Test
    void anotherOrganizationsExportIsNotThere() throws Exception {
        send("PUT", ONE + "/" + ID, TOKEN, order(1));
        jobs.step();
        String other = CustomerLog.organization(2) + "/" + ID;

        assertThat(send("GET", other, TOKEN, "").statusCode()).isEqualTo(404);
        assertThat(send("GET", other + "/file", TOKEN, "").statusCode()).isEqualTo(404);
        assertThat(send("DELETE", other, TOKEN, "").statusCode()).isEqualTo(404);
        assertThat(send("PUT", other, TOKEN, order(1)).body()).contains("Expected an order of the organization");
        assertThat(send("PUT", other, TOKEN, order(2)).statusCode())
                .as("its id stands for another's")
                .isEqualTo(400);
        assertThat(jobs.file(ONE, ID)).isPresent();
    }

    @Test
    void whatIsTooLateTooMuchOrMalformedIsSaid() throws Exception {
        assertThat(send("PUT", ONE + "/" + ID, TOKEN, "{").statusCode()).isEqualTo(400);
        assertThat(send("PUT", ONE + "/" + ID, TOKEN, order(1).replace("}", ",\"from\":\"noon\"}"))
                        .body())
                .contains("Expected a time such as");
        send("PUT", ONE + "/" + ID, TOKEN, order(1));
        send("PUT", ONE + "/" + new UUID(7, 2), TOKEN, order(1));
        assertThat(send("PUT", ONE + "/" + new UUID(7, 3), TOKEN, order(1)).statusCode())
                .isEqualTo(429);
        jobs.step();
        now = now.plus(Duration.ofDays(7));
        assertThat(send("GET", ONE + "/" + ID + "/file", TOKEN, "").statusCode())
                .isEqualTo(410);
        assertThat(send("GET", "nowhere", TOKEN, "").statusCode()).isEqualTo(404);
    }
}
