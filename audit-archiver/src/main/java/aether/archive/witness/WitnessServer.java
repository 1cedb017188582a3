package aether.archive.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import aether.archive.log.Hash;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A witness that is asked over HTTP (C2SP tlog-witness): {@code POST /add-checkpoint} cosigns, and {@code GET /<hex
 * SHA-256 of the origin>/checkpoint} shows to monitors what it has cosigned last. Who may reach it is the network's
 * question; whoever does can only ask for what the log's key has signed.
 */
public final class WitnessServer implements AutoCloseable {

    /** More waiting connections than a log opens. */
    private static final int BACKLOG = 16;

    /** 63 hashes and a checkpoint with many signatures, each of at most a few kilobytes, are smaller. */
    private static final int MAX_BODY_BYTES = 1 << 18;

    private static final String ADD = "/add-checkpoint";

    /** Our own addition: a key statement, so that nobody has to tell the witness the log's next key by hand. */
    static final String ADD_KEY = "/add-key-statement";

    private static final String SIZE = "text/x.tlog.size";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int TOO_LARGE = 413;
    private static final int FAILED = 500;

    private final HttpServer server;
    private final ExecutorService threads;

    private WitnessServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /** Listens on an address, on port 0 for any. */
    public static WitnessServer start(InetSocketAddress address, Witness witness) throws IOException {
        HttpServer server = HttpServer.create(address, BACKLOG);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(threads);
        String shown = "/" + Hash.sha256(witness.origin().getBytes(UTF_8)).hex() + "/checkpoint";
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            if (path.equals(ADD) || path.equals(ADD_KEY)) {
                add(exchange, witness);
            } else if (path.equals(shown)) {
                show(exchange, witness);
            } else {
                answer(exchange, NOT_FOUND, TEXT, "Expected " + ADD + ", " + ADD_KEY + " or " + shown + ".\n");
            }
        });
        server.start();
        return new WitnessServer(server, threads);
    }

    private static void add(HttpExchange exchange, Witness witness) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            answer(exchange, METHOD_NOT_ALLOWED, TEXT, "Expected POST.\n");
            return;
        }
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
        if (body.length > MAX_BODY_BYTES) {
            answer(exchange, TOO_LARGE, TEXT, "Expected at most " + MAX_BODY_BYTES + " bytes.\n");
            return;
        }
        WitnessAnswer said;
        try {
            said = exchange.getRequestURI().getPath().equals(ADD_KEY) ? witness.follow(body) : add(body, witness);
        } catch (IOException | IllegalArgumentException e) { // the memory is not what it was
            answer(exchange, FAILED, TEXT, "The witness cannot remember, and signs nothing. " + e.getMessage() + "\n");
            return;
        }
        switch (said) {
            case WitnessAnswer.Cosigned cosigned -> answer(exchange, cosigned.status(), TEXT, cosigned.line());
            case WitnessAnswer.OtherSize other -> answer(exchange, other.status(), SIZE, other.size() + "\n");
            case WitnessAnswer.Refused refused -> answer(exchange, refused.status(), TEXT, refused.sentence() + "\n");
        }
    }

    private static WitnessAnswer add(byte[] body, Witness witness) throws IOException {
        AddCheckpoint asked;
        try {
            asked = AddCheckpoint.parse(new String(body, UTF_8));
        } catch (IllegalArgumentException e) {
            return new WitnessAnswer.Refused(BAD_REQUEST, String.valueOf(e.getMessage()));
        }
        return witness.add(asked);
    }

    private static void show(HttpExchange exchange, Witness witness) throws IOException {
        if (!exchange.getRequestMethod().equals("GET")) {
            answer(exchange, METHOD_NOT_ALLOWED, TEXT, "Expected GET.\n");
            return;
        }
        Optional<String> newest = witness.newest();
        answer(
                exchange,
                newest.isPresent() ? OK : NOT_FOUND,
                TEXT,
                newest.orElse("Nothing of " + witness.origin() + " was cosigned yet.\n"));
    }

    private static void answer(HttpExchange exchange, int code, String contentType, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", contentType);
            exchange.sendResponseHeaders(code, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
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
