package aether.sandbox.http;

import aether.embedded.process.Port;
import aether.sandbox.journal.Json;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An HTTP server on 127.0.0.1 with a virtual thread per request. */
public final class LoopbackServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LoopbackServer.class);
    /** Larger than any object a real API server takes (3 MiB). */
    private static final int BODY_BYTES_MAX = 4 * 1024 * 1024;

    static {
        // The JDK's server waits for delayed acknowledgements otherwise: 40 ms per answer.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        // Clients keep connections longer than the default 30 s and would meet a closed one.
        System.setProperty("sun.net.httpserver.idleInterval", "3600");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "2000");
    }

    /** Answers one request; whoever is at the other end of TLS has shown these certificates (none without TLS). */
    public interface Handler {
        /** The answer; anything thrown becomes a 500. */
        Answer handle(Request request, List<Certificate> clientChain);
    }

    private final HttpServer server;
    private final ExecutorService threads;

    private LoopbackServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /** Serves plain HTTP on the port; for 0 on a free one, which it can have again after a restart. */
    public static LoopbackServer plain(int port, Handler handler) throws IOException {
        return start(HttpServer.create(address(port), 0), handler);
    }

    /** Serves HTTPS. */
    public static LoopbackServer tls(int port, HttpsConfigurator tls, Handler handler) throws IOException {
        HttpsServer server = HttpsServer.create(address(port), 0);
        server.setHttpsConfigurator(tls);
        return start(server, handler);
    }

    private static InetSocketAddress address(int wanted) throws IOException {
        int port = wanted == 0 ? Port.unused() : wanted;
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    }

    private static LoopbackServer start(HttpServer server, Handler handler) {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(threads);
        server.createContext("/", exchange -> serve(exchange, handler));
        server.start();
        return new LoopbackServer(server, threads);
    }

    /** The port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    private static void serve(HttpExchange exchange, Handler handler) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(BODY_BYTES_MAX + 1);
            if (body.length > BODY_BYTES_MAX) {
                send(exchange, 413, "text/plain", "Request entity too large".getBytes(StandardCharsets.UTF_8));
                return;
            }
            Request request = Request.of(
                    exchange.getRequestMethod(), exchange.getRequestURI(), exchange.getRequestHeaders(), body);
            write(exchange, answer(handler, request, clientChain(exchange)));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private static Answer answer(Handler handler, Request request, List<Certificate> chain) {
        try {
            return handler.handle(request, chain);
        } catch (RuntimeException broken) { // the edge: a request must end in an answer
            LOG.warn("Expected to answer {} {}, but it failed", request.method(), request.path(), broken);
            return new Answer.Body(500, Json.object().put("message", String.valueOf(broken.getMessage())));
        }
    }

    private static List<Certificate> clientChain(HttpExchange exchange) {
        if (exchange instanceof HttpsExchange tls) {
            try {
                return List.of(tls.getSSLSession().getPeerCertificates());
            } catch (SSLPeerUnverifiedException anonymous) {
                return List.of();
            }
        }
        return List.of();
    }

    private static void write(HttpExchange exchange, Answer answer) throws IOException, InterruptedException {
        switch (answer) {
            case Answer.Body body -> send(exchange, body.status(), "application/json", Json.bytes(body.json()));
            case Answer.Text text ->
                send(
                        exchange,
                        text.status(),
                        "text/plain; charset=utf-8",
                        text.text().getBytes(StandardCharsets.UTF_8));
            case Answer.Stream stream -> {
                exchange.getResponseHeaders().set("Content-Type", stream.contentType());
                exchange.sendResponseHeaders(200, 0);
                try (OutputStream out = exchange.getResponseBody()) {
                    stream.writer().writeTo(out);
                }
            }
            case Answer.Lost lost -> exchange.close();
        }
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        boolean bare = status == 204 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, bare ? -1 : body.length == 0 ? -1 : body.length);
        if (!bare && body.length > 0) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
