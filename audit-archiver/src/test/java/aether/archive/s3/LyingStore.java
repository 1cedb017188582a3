package aether.archive.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * Speaks S3 and takes every lock header with a friendly 200, as stores do that were made for tests, and keeps nothing:
 * no lock, no hold, no version but the newest.
 */
final class LyingStore implements AutoCloseable {

    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int NOT_FOUND = 404;

    private final Map<String, byte[]> objects = new HashMap<>();
    private final HttpServer server;

    LyingStore() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            String path = exchange.getRequestURI().getPath();
            boolean ofTheBytes =
                    !query.contains("retention") && !query.contains("legal-hold") && !query.contains("versioning");
            exchange.getResponseHeaders().set("x-amz-version-id", "v1");
            switch (exchange.getRequestMethod()) {
                case "PUT" -> {
                    if (ofTheBytes) {
                        objects.put(path, body);
                    }
                    send(exchange, OK, new byte[0]);
                }
                case "DELETE" -> {
                    objects.remove(path);
                    send(exchange, NO_CONTENT, new byte[0]);
                }
                case "POST" -> {
                    objects.clear();
                    send(exchange, OK, "<DeleteResult/>".getBytes(UTF_8));
                }
                default -> {
                    byte[] found = query.contains("versions")
                            ? "<ListVersionsResult/>".getBytes(UTF_8)
                            : objects.getOrDefault(path, new byte[0]);
                    send(exchange, found.length == 0 ? NOT_FOUND : OK, found);
                }
            }
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
