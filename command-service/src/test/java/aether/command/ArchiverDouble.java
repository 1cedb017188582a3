package aether.command;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An archiver that keeps what is ordered under its path; a test says when it is ready. */
final class ArchiverDouble implements AutoCloseable {

    static final String TOKEN = "what-command-service-and-archiver-know";

    static final String FILE = "PK, and so on";

    final Map<String, String> exports = new ConcurrentHashMap<>();
    final List<String> orders = new ArrayList<>();
    private final HttpServer server;

    /** What the archiver refuses with; 0 for nothing. */
    volatile int refusing;

    ArchiverDouble() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/exports/v1/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void becomeReady(String organization, String id) {
        exports.put(
                organization + "/" + id,
                "{\"id\":\"" + id + "\",\"state\":\"ready\",\"sha256\":\"" + "ab".repeat(32)
                        + "\",\"events\":\"7\",\"log_size\":\"100\"}");
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring("/exports/v1/".length());
        String method = exchange.getRequestMethod();
        String organization = path.split("/", -1)[0];
        if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            say(exchange, 401, "{\"code\":\"unauthenticated\",\"message\":\"\"}");
        } else if (refusing != 0) {
            say(
                    exchange,
                    refusing,
                    "{\"code\":\"too_many_exports\",\"message\":\"Expected fewer, but there are many.\"}");
        } else if (method.equals("PUT")) {
            synchronized (orders) {
                orders.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            }
            String id = path.split("/", -1)[1];
            exports.putIfAbsent(path, "{\"id\":\"" + id + "\",\"state\":\"waiting\"}");
            say(exchange, 202, exports.getOrDefault(path, ""));
        } else if (!path.contains("/")) {
            say(
                    exchange,
                    200,
                    "{\"items\":["
                            + String.join(
                                    ",",
                                    exports.entrySet().stream()
                                            .filter(each -> each.getKey().startsWith(organization))
                                            .map(Map.Entry::getValue)
                                            .toList())
                            + "]}");
        } else if (!exports.containsKey(path.replace("/file", ""))) {
            say(exchange, 404, "{\"code\":\"export_unknown\",\"message\":\"Expected an export, but there is none.\"}");
        } else if (method.equals("DELETE")) {
            exports.remove(path);
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        } else if (path.endsWith("/file")) {
            boolean ready = exports.getOrDefault(path.replace("/file", ""), "").contains("ready");
            say(
                    exchange,
                    ready ? 200 : 409,
                    ready ? FILE : "{\"code\":\"export_not_ready\",\"message\":\"Expected one that is ready.\"}");
        } else {
            say(exchange, 200, exports.getOrDefault(path, ""));
        }
    }

    private static void say(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
