package aether.sandbox.processes;

import aether.sandbox.journal.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.function.IntUnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import tools.jackson.databind.JsonNode;

/**
 * A readiness probe, done as a kubelet does it: over TLS without looking at the certificate and without credentials,
 * any answer from 200 to 399 is a yes (Kubernetes: Configure Liveness, Readiness and Startup Probes).
 *
 * @param readiness the container's {@code readinessProbe}
 * @param own the port of this host for a port of the pod
 */
record Probe(JsonNode readiness, IntUnaryOperator own) {

    /** Kubernetes' default timeout of a probe. */
    private static final Duration BOUND = Duration.ofSeconds(1);

    /** Kubernetes' default. */
    private static final int FAILURE_THRESHOLD = 3;

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .connectTimeout(BOUND)
            .sslContext(trustingAnyone())
            .build();

    /** So many misses in a row, and the container no longer serves. */
    int failureThreshold() {
        return readiness.path("failureThreshold").asInt(FAILURE_THRESHOLD);
    }

    /** Whether the container says that it serves; one without a probe serves as soon as it runs. */
    boolean serves() {
        if (readiness.has("httpGet")) {
            return answers(readiness.path("httpGet"));
        }
        return !readiness.has("tcpSocket")
                || isOpen(own.applyAsInt(Json.at(readiness, "tcpSocket", "port").asInt(0)));
    }

    private boolean answers(JsonNode get) {
        String scheme = Json.text(get, "scheme").equals("HTTPS") ? "https" : "http";
        URI uri = URI.create(
                scheme + "://127.0.0.1:" + own.applyAsInt(get.path("port").asInt(0)) + Json.text(get, "path"));
        try {
            int status = HTTP.send(
                            HttpRequest.newBuilder(uri).timeout(BOUND).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            return status >= OK && status < BAD_REQUEST;
        } catch (IOException silent) {
            return false;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean isOpen(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port), Math.toIntExact(BOUND.toMillis()));
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private static SSLContext trustingAnyone() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anyone()}, null);
            return context;
        } catch (GeneralSecurityException unsupported) {
            throw new IllegalStateException("Expected this JDK to speak TLS, but it does not", unsupported);
        }
    }

    /** A kubelet's probe asks whether somebody answers, not who. */
    private static final class Anyone extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // no client here
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {
            // no client here
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            // no client here
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // whoever it is
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {
            // whoever it is
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            // whoever it is
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
