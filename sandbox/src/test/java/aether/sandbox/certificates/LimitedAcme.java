package aether.sandbox.certificates;

import aether.sandbox.acme.AcmeDirectory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;

/** An ACME server that has had enough: it knows every account and takes no order (RFC 8555 §6.6). */
final class LimitedAcme implements AutoCloseable {
    private final LoopbackIdentity identity = LoopbackIdentity.fresh(Instant.now());
    private final HttpsServer server;
    private final AtomicInteger orders = new AtomicInteger();

    LimitedAcme() throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(identity.context()));
        String base = base();
        server.createContext("/dir", exchange -> answer(exchange, 200, "application/json", """
                {"newNonce":"%1$s/nonce","newAccount":"%1$s/account","newOrder":"%1$s/order"}""".formatted(base)));
        server.createContext("/nonce", exchange -> answer(exchange, 200, "text/plain", ""));
        server.createContext("/account", exchange -> {
            exchange.getResponseHeaders().set("Location", base + "/account/1");
            answer(exchange, 201, "application/json", "{\"status\":\"valid\"}");
        });
        server.createContext("/order", exchange -> {
            orders.incrementAndGet();
            exchange.getResponseHeaders().set("Retry-After", "3600");
            answer(exchange, 429, "application/problem+json", """
                    {"type":"urn:ietf:params:acme:error:rateLimited","detail":"too many certificates already issued"}""");
        });
        server.start();
    }

    private String base() {
        return "https://127.0.0.1:" + server.getAddress().getPort();
    }

    AcmeDirectory directory() {
        return new AcmeDirectory(
                URI.create(base() + "/dir"),
                Base64.getEncoder().encodeToString(identity.certificate().getBytes(StandardCharsets.UTF_8)));
    }

    int orders() {
        return orders.get();
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Replay-Nonce", "nonce-" + System.nanoTime());
        exchange.getResponseHeaders().set("Content-Type", type);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        boolean bodiless = exchange.getRequestMethod().equals("HEAD") || bytes.length == 0;
        exchange.sendResponseHeaders(status, bodiless ? -1 : bytes.length);
        if (!bodiless) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
