package aether.reconcile.http;

import aether.domain.cluster.Fault;
import aether.reconcile.loop.OutsideFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks one service, with one identity, and says in our words how that went. */
public final class HttpCalls {

    private static final Duration CONNECT = Duration.ofSeconds(3);
    /** Longer than any answer of a healthy service; the worker loop is what tries again. */
    private static final Duration REQUEST = Duration.ofSeconds(10);

    private static final int OK = 200;
    private static final int MULTIPLE_CHOICES = 300;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY = 429;
    private static final int SERVER = 500;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final String service;
    private final String word;
    private final URI base;
    private final String token;
    private final HttpClient client;

    /**
     * Calls to a service.
     *
     * @param service how sentences name it, for example {@code the hypervisor}
     * @param word how reasons of conditions name it, for example {@code Hypervisor}
     * @param base what every path is appended to
     */
    public HttpCalls(String service, String word, URI base, String token) {
        this.service = service;
        this.word = word;
        this.base = base;
        this.token = token;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build();
    }

    /** What is at a path; empty when there is nothing. */
    public Optional<JsonNode> find(String path) {
        HttpResponse<String> response = exchange(request(path).GET().build());
        return response.statusCode() == NOT_FOUND ? Optional.empty() : Optional.of(answer("GET", path, response));
    }

    /** Sends a body and answers what came back; null-like ({@code isMissingNode}) when nothing did. */
    public JsonNode send(String method, String path, JsonNode body) {
        HttpRequest request = request(path)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        return answer(method, path, exchange(request));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(REQUEST)
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new OutsideFailure(
                    OutsideFailure.Kind.AWAY,
                    Fault.INFRASTRUCTURE,
                    word + "Away",
                    "Expected an answer of " + service + ", but got " + e,
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OutsideFailure(OutsideFailure.Kind.AWAY, "interrupted while asking " + service, e);
        }
    }

    private JsonNode answer(String method, String path, HttpResponse<String> response) {
        int status = response.statusCode();
        if (status < OK || status >= MULTIPLE_CHOICES) {
            throw new OutsideFailure(
                    kind(status),
                    Fault.INFRASTRUCTURE,
                    word + (kind(status) == OutsideFailure.Kind.DENIED ? "Refused" : "Failed"),
                    "Expected " + service + " to do " + method + " " + path + ", but it answered " + status + ": "
                            + message(response.body()));
        }
        return tree(response.body());
    }

    private static OutsideFailure.Kind kind(int status) {
        if (status == CONFLICT) {
            return OutsideFailure.Kind.CONFLICT;
        }
        return status == TOO_MANY || status >= SERVER ? OutsideFailure.Kind.AWAY : OutsideFailure.Kind.DENIED;
    }

    private static String message(String body) {
        return tree(body).path("error").path("message").asString("no reason given");
    }

    private static JsonNode tree(String body) {
        try {
            return body.isBlank() ? MAPPER.missingNode() : MAPPER.readTree(body);
        } catch (JacksonException notJson) {
            return MAPPER.missingNode();
        }
    }
}
