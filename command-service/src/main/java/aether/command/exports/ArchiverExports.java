package aether.command.exports;

import aether.command.request.RequestRefused;
import aether.domain.organization.OrganizationId;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The archiver's exports, over HTTP. */
public final class ArchiverExports implements AuditExports, AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(2);

    /** The archiver answers from memory; only a file takes longer, and its first byte does not. */
    private static final Duration ANSWER = Duration.ofSeconds(10);

    /** An answer is a list of a dozen small objects; whatever is longer is none. */
    private static final int MAX_ANSWER_BYTES = 1 << 20;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ArchiverLink link;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();

    /** The archiver at the other end of a link. */
    public ArchiverExports(ArchiverLink link) {
        this.link = link;
    }

    @Override
    public ArchivedExport ask(UUID id, ExportOrder order) {
        byte[] body = JSON.writeValueAsBytes(order.scope());
        return new ArchivedExport(json(request(order.organization(), "/" + id)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(body))
                .build()));
    }

    @Override
    public ArchivedExport find(OrganizationId organization, UUID id) {
        return new ArchivedExport(json(request(organization, "/" + id).GET().build()));
    }

    @Override
    public List<ArchivedExport> of(OrganizationId organization) {
        List<ArchivedExport> exports = new ArrayList<>();
        json(request(organization, "").GET().build())
                .path("items")
                .forEach(item -> exports.add(new ArchivedExport(item)));
        return exports;
    }

    @Override
    public Download fetch(OrganizationId organization, UUID id) {
        HttpResponse<InputStream> answer =
                send(request(organization, "/" + id + "/file").GET().build());
        return new Download(
                answer.body(),
                answer.headers().firstValueAsLong("Content-Length").orElse(-1));
    }

    @Override
    public void remove(OrganizationId organization, UUID id) {
        try (InputStream nothing =
                send(request(organization, "/" + id).DELETE().build()).body()) {
            nothing.skipNBytes(0);
        } catch (IOException e) {
            throw away(e);
        }
    }

    private HttpRequest.Builder request(OrganizationId organization, String rest) {
        String url = link.url();
        Path tokenFile = link.tokenFile();
        if (url == null || tokenFile == null) {
            throw new RequestRefused(
                    404, "exports_not_offered", "Expected an installation that makes exports, but this one does not.");
        }
        return HttpRequest.newBuilder(URI.create(url).resolve("/exports/v1/" + organization + rest))
                .timeout(ANSWER)
                .header("Authorization", "Bearer " + token(tokenFile));
    }

    private static String token(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new ArchiverUnavailable("Expected to read the archiver's token in " + file + ", but could not.", e);
        }
    }

    private JsonNode json(HttpRequest request) {
        try (InputStream body = send(request).body()) {
            return JSON.readTree(body.readNBytes(MAX_ANSWER_BYTES));
        } catch (JacksonException | IOException e) {
            throw away(e);
        }
    }

    private HttpResponse<InputStream> send(HttpRequest request) {
        try {
            HttpResponse<InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            if (answer.statusCode() / 100 != 2) {
                throw refusal(answer);
            }
            return answer;
        } catch (IOException e) {
            throw away(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw away(e);
        }
    }

    /** What a caller may be told; that the archiver does not know us is our own trouble. */
    private static RuntimeException refusal(HttpResponse<InputStream> answer) throws IOException {
        try (InputStream body = answer.body()) {
            JsonNode said = JSON.readTree(body.readNBytes(MAX_ANSWER_BYTES));
            return switch (answer.statusCode()) {
                case 404, 409, 410, 429 ->
                    new RequestRefused(
                            answer.statusCode(),
                            said.path("code").asString("export_refused"),
                            said.path("message").asString("Expected an export, but there is none."));
                default ->
                    new ArchiverUnavailable(
                            "Expected the archiver to take a request, but it answered " + answer.statusCode() + ": "
                                    + said.path("message").asString("") + ".",
                            null);
            };
        } catch (JacksonException e) {
            return away(e);
        }
    }

    private static ArchiverUnavailable away(@Nullable Exception cause) {
        return new ArchiverUnavailable("Expected the archiver to answer, but it does not just now.", cause);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
