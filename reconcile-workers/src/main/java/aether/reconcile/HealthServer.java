package aether.reconcile;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers where the workers are a process of their own: {@code GET /healthz} with 200 once the log is known, else 503,
 * and {@code GET /metrics}.
 */
final class HealthServer implements SmartLifecycle {

    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final int port;
    private final WorkersHealth health;
    private final CertificateMetrics metrics;
    private @Nullable HttpServer server;

    HealthServer(int port, WorkersHealth health, CertificateMetrics metrics) {
        this.metrics = metrics;
        this.port = port;
        this.health = health;
    }

    @Override
    public synchronized void start() {
        try {
            HttpServer opened = HttpServer.create(new InetSocketAddress(port), 0);
            opened.createContext("/healthz", exchange -> {
                WorkersHealth.Report report = health.report();
                byte[] body = MAPPER.writeValueAsBytes(new TreeMap<>(Map.of(
                        "ready", report.ready(),
                        "sagas_running", report.sagasRunning(),
                        "stopped", report.stopped(),
                        "troubles", report.troubles())));
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(report.ready() ? OK : UNAVAILABLE, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            opened.createContext("/metrics", exchange -> {
                byte[] body = metrics.text().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
                exchange.sendResponseHeaders(OK, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            opened.start();
            server = opened;
        } catch (IOException e) {
            throw new IllegalStateException("Expected to listen on port " + port + ", but " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void stop() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return server != null;
    }

    /** The port it listens on. */
    synchronized int port() {
        return server == null ? port : server.getAddress().getPort();
    }
}
