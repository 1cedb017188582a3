package aether.archive.report;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The command service over HTTP, under the archiver's own identity. */
public final class HttpCommandService implements CommandService {

    private static final Duration CONNECT_BOUND = Duration.ofSeconds(5);

    /** One part of the log is read within seconds; a service that hangs is not waited for. */
    private static final Duration ANSWER_BOUND = Duration.ofSeconds(60);

    private static final int OK = 200;

    /** These say that the request itself is wrong; everything else may be better the next time. */
    private static final int BAD_REQUEST = 400;

    private static final int FORBIDDEN = 403;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT_BOUND).build();
    private final URI base;
    private final Path tokenFile;

    /**
     * A service that may be away.
     *
     * @param base its address, without a slash at the end
     * @param tokenFile holds the archiver's token; read each time, so that it may be exchanged
     */
    public HttpCommandService(URI base, Path tokenFile) {
        this.base = base;
        this.tokenFile = tokenFile;
    }

    @Override
    public void send(Report report) throws IOException, RefusedReport {
        ObjectNode body = JSON.createObjectNode();
        body.put("command_id", report.id().toString());
        body.put("type", report.type());
        body.set("command", JSON.readTree(report.command()));
        HttpResponse<String> answer = ask(request("/internal/v1/commands")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
        if (answer.statusCode() == BAD_REQUEST || answer.statusCode() == FORBIDDEN) {
            throw new RefusedReport(answer.body());
        }
        if (read(answer).path("outcome").asString("").equals("refused")) {
            throw new RefusedReport(read(answer).path("message").asString(""));
        }
    }

    @Override
    public Holding holding(long size, boolean anew) throws IOException {
        JsonNode answer = read(ask(request("/internal/v1/log?size=" + size + "&anew=" + anew)));
        while (!answer.path("complete").asBoolean(true)) { // each time it has read further
            answer = read(ask(request("/internal/v1/log?size=" + size + "&anew=false")));
        }
        return new Holding(
                Long.parseLong(answer.path("head").asString("-1")),
                Long.parseLong(answer.path("count").asString("0")),
                answer.path("root").asString(""),
                Long.parseLong(answer.path("read_from").asString("0")));
    }

    private HttpRequest.Builder request(String path) throws IOException {
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(ANSWER_BOUND)
                .header(
                        "Authorization",
                        "Bearer "
                                + Files.readString(tokenFile, StandardCharsets.UTF_8)
                                        .strip());
    }

    private HttpResponse<String> ask(HttpRequest.Builder request) throws IOException {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Expected an answer of the command service, but was interrupted before.", e);
        }
    }

    private static JsonNode read(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() != OK) {
            throw new IOException("Expected the command service to answer " + answer.uri() + " with 200, but it was "
                    + answer.statusCode() + ": " + answer.body());
        }
        try {
            return JSON.readTree(answer.body());
        } catch (JacksonException e) {
            throw new IOException("Expected JSON from the command service, but got something else.", e);
        }
    }
}
