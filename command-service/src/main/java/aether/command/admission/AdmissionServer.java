package aether.command.admission;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The admission webhook over TLS, which API servers demand. It keeps nothing and knows nothing: whoever else asks
 * learns what they said themselves.
 */
public final class AdmissionServer implements AutoCloseable {

    /** Where the webhook answers. */
    public static final String PATH = "/stamp";

    /** An object of etcd's 1.5 MiB twice, old and new, with room for what stands around them. */
    private static final int MAX_BODY = 4 << 20;

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int NO_SUCH_METHOD = 405;
    private static final int TOO_LARGE = 413;

    private static final Logger LOG = LoggerFactory.getLogger(AdmissionServer.class);

    private final HttpsServer server;

    private final ExecutorService threads;

    private AdmissionServer(HttpsServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Starts.
     *
     * @throws IllegalArgumentException when certificate and key cannot be read
     */
    public static AdmissionServer start(AdmissionSettings settings) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    new KeyManager[] {new PemIdentity(settings.certificateFile(), settings.keyFile())}, null, null);
            HttpsServer server = HttpsServer.create(new InetSocketAddress(settings.port()), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(context));
            ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
            server.setExecutor(threads);
            server.createContext(PATH, AdmissionServer::handle);
            server.start();
            AdmissionServer started = new AdmissionServer(server, threads);
            LOG.info("The admission webhook listens on port {}.", started.port());
            return started;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Expected every Java platform to serve TLS, but this one does not.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Expected to listen on port " + settings.port() + " (aether.command.gateway.admission.port), but "
                            + e.getMessage(),
                    e);
        }
    }

    private static void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("POST")) {
                say(exchange, NO_SUCH_METHOD, "Expected POST.");
                return;
            }
            byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
            if (body.length > MAX_BODY) {
                say(exchange, TOO_LARGE, "Expected at most " + MAX_BODY + " bytes.");
                return;
            }
            try {
                byte[] answer = StampingReview.answer(body);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(OK, answer.length);
                exchange.getResponseBody().write(answer);
            } catch (IllegalArgumentException e) {
                say(exchange, BAD_REQUEST, String.valueOf(e.getMessage()));
            }
        }
    }

    private static void say(HttpExchange exchange, int status, String sentence) throws IOException {
        byte[] text = (sentence + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(status, text.length);
        exchange.getResponseBody().write(text);
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
