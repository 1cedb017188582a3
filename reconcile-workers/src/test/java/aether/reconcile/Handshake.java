package aether.reconcile;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * What a server shows to somebody who asks for a name in the TLS handshake (RFC 6066 §3); noted, not judged.
 *
 * @param chain the certificate first; empty when nobody answered
 */
record Handshake(List<X509Certificate> chain) {

    private static final int TIMEOUT_MILLIS = 5_000;

    private static final int DNS_NAME = 2;

    /**
     * A handshake.
     *
     * @param server host and port
     * @param name asked for; empty for none
     */
    static Handshake at(String server, String name) {
        int colon = server.lastIndexOf(':');
        List<X509Certificate> shown = new ArrayList<>();
        try (SSLSocket socket = (SSLSocket) noting(shown).getSocketFactory().createSocket()) {
            if (!name.isEmpty()) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setServerNames(List.of(new SNIHostName(name)));
                socket.setSSLParameters(parameters);
            }
            socket.connect(
                    new InetSocketAddress(server.substring(0, colon), Integer.parseInt(server.substring(colon + 1))),
                    TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.startHandshake();
            return new Handshake(List.copyOf(shown));
        } catch (IOException refused) {
            return new Handshake(List.copyOf(shown));
        }
    }

    String issuer() {
        return chain.isEmpty() ? "" : chain.getFirst().getIssuerX500Principal().getName();
    }

    List<String> names() throws CertificateParsingException {
        Collection<List<?>> names = chain.isEmpty() ? null : chain.getFirst().getSubjectAlternativeNames();
        return names == null
                ? List.of()
                : names.stream()
                        .filter(each -> each.get(0).equals(DNS_NAME))
                        .map(each -> String.valueOf(each.get(1)))
                        .toList();
    }

    private static SSLContext noting(List<X509Certificate> shown) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Noting(shown)}, null);
            return context;
        } catch (GeneralSecurityException unsupported) {
            throw new IllegalStateException(unsupported);
        }
    }

    private record Noting(List<X509Certificate> shown) implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // no client here
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            shown.addAll(List.of(chain));
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
