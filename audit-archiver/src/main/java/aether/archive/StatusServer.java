package aether.archive;

import aether.archive.log.TlogProof;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers {@code /healthz} for probes, {@code /status} for people, {@code /proof} for who waits for a seal, and the
 * command service about exports.
 */
public final class StatusServer implements AutoCloseable {

    /** More waiting connections than two probes ever open. */
    private static final int BACKLOG = 16;

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;

    /** Whoever waits for longer asks again. */
    private static final long MAX_WAIT_MILLIS = 10_000;

    private static final Pattern PROOF = Pattern.compile("position=(\\d{1,18})&wait_ms=(\\d{1,6})");
    private static final int UNAVAILABLE = 503;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServer server;
    private final ExecutorService threads;

    private StatusServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /** Hands out proofs. */
    public interface Proofs {
        /** The proof of an entry, when it is sealed in time. */
        Optional<TlogProof> await(long position, Duration limit) throws IOException, InterruptedException;
    }

    /** Listens on the port, 0 for any, and proves nothing. */
    public static StatusServer start(int port, Supplier<ArchiverStatus> status) throws IOException {
        return start(new InetSocketAddress(port), status, (position, limit) -> Optional.empty(), null);
    }

    /**
     * Listens on an address.
     *
     * @param exports what answers for exports; null when this archiver makes none
     */
    public static StatusServer start(
            InetSocketAddress address, Supplier<ArchiverStatus> status, Proofs proofs, @Nullable ExportRoutes exports)
            throws IOException {
        HttpServer server = HttpServer.create(address, BACKLOG);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(threads);
        server.createContext("/healthz", exchange -> {
            ArchiverStatus now = status.get();
            answer(
                    exchange,
                    now.isAlarmed() ? UNAVAILABLE : OK,
                    Stream.concat(Stream.of(now.message()), now.witnessAlarms().stream())
                            .collect(Collectors.joining("\n", "", "\n")),
                    "text/plain; charset=utf-8");
        });
        server.createContext("/status", exchange -> answer(exchange, OK, json(status.get()), "application/json"));
        server.createContext("/proof", exchange -> prove(exchange, proofs));
        if (exports != null) {
            server.createContext(ExportRoutes.PATH, exports::answer);
        }
        server.start();
        return new StatusServer(server, threads);
    }

    private static void prove(HttpExchange exchange, Proofs proofs) throws IOException {
        Matcher asked = PROOF.matcher(String.valueOf(exchange.getRequestURI().getQuery()));
        if (!asked.matches()) {
            answer(exchange, BAD_REQUEST, "Expected position=N&wait_ms=N.\n", "text/plain; charset=utf-8");
            return;
        }
        try {
            Duration wait = Duration.ofMillis(Math.min(MAX_WAIT_MILLIS, Long.parseLong(asked.group(2))));
            Optional<TlogProof> proof = proofs.await(Long.parseLong(asked.group(1)), wait);
            answer(
                    exchange,
                    proof.isPresent() ? OK : NOT_FOUND,
                    proof.map(TlogProof::format).orElse("Not sealed yet, or not by this archiver.\n"),
                    "text/plain; charset=utf-8");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.close();
        }
    }

    private static void answer(HttpExchange exchange, int code, String body, String contentType) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(METHOD_NOT_ALLOWED, -1);
                return;
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", contentType);
            exchange.sendResponseHeaders(code, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String json(ArchiverStatus status) {
        ObjectNode json = JSON.createObjectNode();
        json.put("state", status.state().name().toLowerCase(java.util.Locale.ROOT));
        json.put("message", status.message());
        json.put("size", status.size());
        json.put("root", status.root());
        json.put("next_wanted", status.nextWanted());
        json.put("sealed_size", status.sealedSize());
        json.put("foreign_records", status.foreignRecords());
        json.put("worm", status.worm());
        json.put("timestamps", status.timestamps());
        json.put("witnesses", status.witnesses());
        ArrayNode alarms = json.putArray("witness_alarms");
        status.witnessAlarms().forEach(alarms::add);
        json.put("verified", status.verified());
        json.put("reports", status.reports());
        ArrayNode equivocations = json.putArray("equivocations");
        status.equivocations().forEach(equivocations::add);
        return JSON.writeValueAsString(json);
    }

    /** The port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
