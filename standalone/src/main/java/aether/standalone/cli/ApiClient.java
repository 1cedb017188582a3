package aether.standalone.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls the API of a server; whatever is not an answer becomes a sentence and an exit code. */
final class ApiClient implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** A query may wait 5 s for the views, a command for the log. */
    private static final Duration ANSWER = Duration.ofSeconds(60);

    /** Pages of a list: more than this many things are not read by a person. */
    private static final int MOST_PAGES = 1_000;

    private static final int ACCEPTED = 202;

    private final URI server;
    private final String token;
    private final PositionMemory memory;
    private final @Nullable ProofFolder proofs; // null when nobody wants them
    private final HttpClient http;

    /**
     * A client.
     *
     * @param ca whom to trust; absent for whom the JDK trusts
     * @param proofs where proofs go; absent where nobody keeps them
     */
    ApiClient(URI server, String token, @Nullable SSLContext ca, PositionMemory memory, @Nullable ProofFolder proofs) {
        this.server = server;
        this.token = token;
        this.memory = memory;
        this.proofs = proofs;
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(CONNECT);
        if (ca != null) {
            builder.sslContext(ca);
        }
        this.http = builder.build();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    /** The answer to a query. */
    JsonNode get(String path) {
        return json(text(path));
    }

    /** The answer to a query, as it came. */
    String text(String path) {
        HttpResponse<String> answer = query(path, memory.of(server.toString()));
        if (answer.statusCode() == 503 && answer.body().contains("\"view_behind\"")) {
            memory.forget();
            answer = query(path, Optional.empty());
        }
        String text = whole(answer);
        keepProof(answer);
        return text;
    }

    /** Strict mode: nothing of what was asked comes without its proof, but a sentence that says so. */
    private static String whole(HttpResponse<String> answer) {
        String text = body(answer);
        if (answer.statusCode() == ACCEPTED) {
            throw CliFailure.failed(json(text).path("message").asString(text));
        }
        return text;
    }

    /** Every item of a list. */
    List<JsonNode> list(String path) {
        List<JsonNode> items = new ArrayList<>();
        String separator = path.contains("?") ? "&" : "?";
        String cursor = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            JsonNode answer = get(path + separator + "limit=100" + cursor);
            answer.path("items").forEach(items::add);
            JsonNode next = answer.path("next_cursor");
            if (!next.isString()) {
                break;
            }
            cursor = "&cursor=" + next.stringValue();
        }
        return items;
    }

    /** The answer to a command with a body. */
    JsonNode post(String path, String contentType, byte[] body) {
        HttpRequest request = request(path)
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return command(request);
    }

    /** The answer to a command that says how something is to be from now on. */
    JsonNode put(String path, String contentType, byte[] body) {
        return command(request(path)
                .header("Content-Type", contentType)
                .PUT(HttpRequest.BodyPublishers.ofByteArray(body))
                .build());
    }

    /** The answer to a command whose answer is no JSON, as it came. */
    String postForText(String path, byte[] json) {
        HttpRequest request = request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json))
                .build();
        return commandText(request, ApiClient::whole);
    }

    /** The answer to a command that ends something. */
    JsonNode delete(String path) {
        return command(request(path).DELETE().build());
    }

    /**
     * Fetches a file into place, whole or not at all.
     *
     * @return the hexadecimal SHA-256 of what was written
     * @throws IOException when it cannot be written, or the connection broke
     */
    String download(String path, Path file) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        HttpResponse<InputStream> answer = send(request(path).GET().build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            if (answer.statusCode() != 200) {
                throw failure(answer.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (OutputStream out = new DigestOutputStream(Files.newOutputStream(unfinished), digest)) {
                body.transferTo(out);
            }
            String sha256 = HexFormat.of().formatHex(digest.digest());
            String promised =
                    answer.headers().firstValue("Aether-Content-Sha256").orElse(sha256);
            if (!promised.equals(sha256)) {
                throw CliFailure.failed("Expected a file with SHA-256 %s, but what came has %s; nothing was kept."
                        .formatted(promised, sha256));
            }
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return sha256;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Expected SHA-256, which every Java platform has, but it is missing.", e);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** A stream of server-sent events; the caller closes it. */
    InputStream stream(String path, String lastEventId) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "text/event-stream");
        if (!lastEventId.isEmpty()) {
            request.header("Last-Event-ID", lastEventId);
        }
        HttpResponse<InputStream> answer = send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200) {
            try (InputStream body = answer.body()) {
                throw failure(answer.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw failure(answer.statusCode(), "");
            }
        }
        return answer.body();
    }

    private JsonNode command(HttpRequest request) {
        String text = commandText(request, ApiClient::body);
        JsonNode answer = text.isBlank() ? JSON.createObjectNode() : json(text);
        if (answer.path("accepted").asBoolean(false) && answer.has("proof")) {
            throw CliFailure.failed(answer.path("message").asString(text)); // strict mode, and the proof is late
        }
        return answer;
    }

    private String commandText(HttpRequest request, Function<HttpResponse<String>, String> read) {
        HttpResponse<String> answer = send(request, HttpResponse.BodyHandlers.ofString());
        String text = read.apply(answer);
        answer.headers()
                .firstValue("Aether-Position")
                .ifPresent(position -> memory.remember(server.toString(), position));
        keepProof(answer);
        return text;
    }

    private void keepProof(HttpResponse<String> answer) {
        if (proofs != null) {
            proofs.keep(answer.headers(), path -> body(query(path, Optional.empty())));
        }
    }

    private HttpResponse<String> query(String path, Optional<String> minPosition) {
        HttpRequest.Builder request = request(path).GET();
        minPosition.ifPresent(position -> request.header("Aether-Min-Position", position));
        return send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve(path)).timeout(ANSWER).header("Authorization", "Bearer " + token);
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request, handler);
        } catch (HttpTimeoutException e) {
            throw unreachable("it does not answer in time");
        } catch (ConnectException e) {
            throw unreachable("nothing listens there; is \"aether up\" running?");
        } catch (IOException e) {
            String message = e.getMessage();
            throw unreachable(message == null ? "the connection broke" : message);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CliFailure.failed("Expected an answer, but was told to stop.");
        }
    }

    private CliFailure unreachable(String why) {
        return new CliFailure(
                ExitCodes.UNREACHABLE, "Expected to reach the server at %s, but %s.".formatted(server, why));
    }

    private static String body(HttpResponse<String> answer) {
        if (answer.statusCode() / 100 != 2) {
            throw failure(answer.statusCode(), answer.body());
        }
        return answer.body();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            throw CliFailure.failed("Expected JSON from the server, but got something else.");
        }
    }

    /** What the error body says, one line for the whole and one for each field. */
    private static CliFailure failure(int status, String body) {
        StringBuilder sentence = new StringBuilder();
        try {
            JsonNode error = JSON.readTree(body).path("error");
            sentence.append(error.path("message").asString(""));
            for (JsonNode detail : error.path("details")) {
                String message = detail.path("message").asString("");
                if (sentence.indexOf(message) < 0 || error.path("details").size() > 1) {
                    sentence.append("\n  ")
                            .append(detail.path("field").asString("?"))
                            .append(": ")
                            .append(message);
                } else if (sentence.indexOf(detail.path("field").asString("")) < 0) {
                    sentence.append(" (")
                            .append(detail.path("field").asString(""))
                            .append(')');
                }
            }
        } catch (JacksonException e) {
            sentence.setLength(0);
        }
        if (sentence.isEmpty()) {
            sentence.append("Expected an answer of the API, but got status ")
                    .append(status)
                    .append('.');
        }
        if (status == 401) {
            sentence.append(" Check --token-file, or the token_file of the context.");
        }
        return new CliFailure(status == 404 ? ExitCodes.NOT_FOUND : ExitCodes.FAILED, sentence.toString());
    }
}
