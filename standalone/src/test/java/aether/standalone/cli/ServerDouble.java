package aether.standalone.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A server that answers what it was told to, and remembers what it was asked. */
final class ServerDouble implements AutoCloseable {

    /** A request as it came. */
    record Asked(String method, String path, Map<String, String> headers, String body) {}

    private record Answer(int status, Map<String, String> headers, String body) {}

    private final HttpServer server;
    private final Map<String, Deque<Answer>> answers = new HashMap<>();
    private final List<Asked> asked = new ArrayList<>();

    ServerDouble() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Answers that request with this; the last answer to a request is given again and again. */
    ServerDouble on(String request, int status, String body) {
        return on(request, status, Map.of(), body);
    }

    synchronized ServerDouble on(String request, int status, Map<String, String> headers, String body) {
        answers.computeIfAbsent(request, unused -> new ArrayDeque<>()).add(new Answer(status, headers, body));
        return this;
    }

    synchronized List<Asked> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().toString();
        Answer answer;
        synchronized (this) {
            asked.add(new Asked(exchange.getRequestMethod(), path, headers, body));
            Deque<Answer> planned = answers.getOrDefault(exchange.getRequestMethod() + " " + path, new ArrayDeque<>());
            answer = planned.size() > 1 ? planned.remove() : planned.peek();
        }
        if (answer == null) {
            answer = new Answer(
                    404,
                    Map.of(),
                    "{\"error\":{\"code\":\"x\",\"message\":\"Expected a plan, but " + path + " has none.\"}}");
        }
        answer.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
