package aether.reconcile;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * A client that asks over a new connection again and again, tries anew for a while when it got no answer, and notes who
 * answered. It asks without a name, so what it gets is a refusal; that is an answer too.
 */
final class PatientClient implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 5_000;
    private static final Duration PAUSE = Duration.ofMillis(20);
    /** Between two tries, as client libraries wait. */
    private static final Duration RETRY = Duration.ofMillis(500);

    /** How long a client is without an answer that tries anew: less than an API server needs to begin. */
    private static final Duration SHORT = Duration.ofSeconds(4);

    private final InetSocketAddress address;
    private final int tries;
    private final Set<String> serials = ConcurrentHashMap.newKeySet();
    private final AtomicInteger answered = new AtomicInteger();
    private final List<String> failed = new CopyOnWriteArrayList<>();
    private final Thread thread = Thread.ofVirtual().name("patient-client").unstarted(this::ask);
    private volatile boolean stopped;

    private PatientClient(InetSocketAddress address, Duration patience) {
        this.address = address;
        this.tries = 1 + Math.toIntExact(patience.dividedBy(RETRY));
    }

    static PatientClient of(String hostAndPort) {
        return of(hostAndPort, SHORT);
    }

    /**
     * Begins to ask.
     *
     * @param patience for how long a request is tried anew before it counts as failed; a try itself may take longer
     */
    static PatientClient of(String hostAndPort, Duration patience) {
        int colon = hostAndPort.lastIndexOf(':');
        PatientClient client = new PatientClient(
                new InetSocketAddress(
                        hostAndPort.substring(0, colon), Integer.parseInt(hostAndPort.substring(colon + 1))),
                patience);
        client.thread.start();
        return client;
    }

    int answered() {
        return answered.get();
    }

    /** For each request that got no answer however often it was tried, why the last try failed. */
    List<String> failed() {
        return List.copyOf(failed);
    }

    /** The serial numbers of the certificates that were shown. */
    Set<String> serials() {
        return Set.copyOf(serials);
    }

    private void ask() {
        try {
            while (!stopped) {
                askOne();
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void askOne() throws InterruptedException {
        String trouble = trouble();
        for (int tried = 1; !trouble.isEmpty() && tried < tries && !stopped; tried++) {
            Thread.sleep(RETRY);
            trouble = trouble();
        }
        if (!trouble.isEmpty() && !stopped) {
            failed.add(trouble);
        }
    }

    /** Why a question got no answer; empty when it got one. */
    private String trouble() {
        try (SSLSocket socket = (SSLSocket) anybody().getSocketFactory().createSocket()) {
            socket.connect(address, TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.startHandshake();
            socket.getOutputStream()
                    .write("GET /version HTTP/1.1\r\nHost: tenant\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] line = socket.getInputStream().readNBytes("HTTP/1.1 ".length());
            Optional<X509Certificate> shown =
                    socket.getSession().getPeerCertificates()[0] instanceof X509Certificate leaf
                            ? Optional.of(leaf)
                            : Optional.empty();
            shown.ifPresent(leaf -> serials.add(leaf.getSerialNumber().toString()));
            String said = new String(line, StandardCharsets.US_ASCII);
            if (!said.equals("HTTP/1.1 ")) {
                return "it said \"" + said + "\"";
            }
            answered.incrementAndGet();
            return "";
        } catch (IOException refused) {
            return refused.toString();
        }
    }

    private static SSLContext anybody() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anybody()}, null);
            return context;
        } catch (GeneralSecurityException unsupported) {
            throw new IllegalStateException(unsupported);
        }
    }

    /** Who answers is noted, not judged. */
    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // no client here
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // noted by the caller
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    @Override
    public void close() {
        stopped = true; // what it asks just then no longer counts
    }
}
