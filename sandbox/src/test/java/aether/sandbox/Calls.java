package aether.sandbox;

import aether.sandbox.journal.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.node.ObjectNode;

/** Speaks to a sandbox as a stranger would: over HTTP, with the token. */
final class Calls {
    /** Far beyond what any step takes, so that only a hang reaches it. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI url;
    private final String token;

    Calls(URI url, String token) {
        this.url = url;
        this.token = token;
    }

    record Reply(int status, ObjectNode body) {}

    Reply call(String method, String path, String contentType, String body) {
        HttpRequest request = HttpRequest.newBuilder(url.resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", contentType)
                .timeout(PATIENCE)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return new Reply(response.statusCode(), Json.parseObject(response.body()));
        } catch (IOException lost) {
            return new Reply(0, Json.object());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return new Reply(0, Json.object());
        }
    }

    Reply get(String path) {
        return call("GET", path, "application/json", "");
    }

    Reply send(String method, String path, String body) {
        return call(method, path, "application/json", body);
    }

    ObjectNode apply(String path, String body) {
        Reply reply = call("PATCH", path + "?fieldManager=aether&force=true", "application/apply-patch+yaml", body);
        if (reply.status() != 200 && reply.status() != 201) {
            throw new AssertionError("Expected to apply " + path + ", but got " + reply);
        }
        return reply.body();
    }

    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Expected " + what + " within " + PATIENCE + ", but it did not come");
            }
            try {
                Thread.sleep(5);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", stopping);
            }
        }
    }
}
