package aether.sandbox.acme;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.connector.NetworkSettings;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.provider.GenericAcmeProvider;

/**
 * An ACME server.
 *
 * @param address of its directory
 * @param caBundle base64 of the PEM that its own certificate is checked against; empty for the system's
 */
public record AcmeDirectory(URI address, String caBundle) {

    Session open() {
        return new Session(address, new Trusting(caBundle));
    }

    /** Whether it is served, by a server that the bundle knows. */
    boolean answers() {
        try {
            open().getMetadata();
            return true;
        } catch (AcmeException notYet) {
            return false;
        }
    }

    /** Checks the server against a bundle of its own, as {@code spec.acme.caBundle} has it. */
    private static final class Trusting extends GenericAcmeProvider {
        private final String caBundle;

        Trusting(String caBundle) {
            this.caBundle = caBundle;
        }

        @Override
        public HttpClient createHttpClient(NetworkSettings settings) {
            HttpClient.Builder builder = HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .connectTimeout(settings.getTimeout());
            return (caBundle.isEmpty() ? builder : builder.sslContext(context())).build();
        }

        private SSLContext context() {
            try {
                KeyStore trusted = KeyStore.getInstance("PKCS12");
                trusted.load(null, null);
                int number = 0;
                var pem = new ByteArrayInputStream(Base64.getDecoder().decode(caBundle));
                for (var authority : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                    trusted.setCertificateEntry("ca-" + number++, authority);
                }
                TrustManagerFactory managers =
                        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                managers.init(trusted);
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(null, managers.getTrustManagers(), null);
                return context;
            } catch (IOException | GeneralSecurityException unreadable) {
                throw new IllegalArgumentException(
                        "Expected a bundle of certificates in PEM, but it is none", unreadable);
            }
        }
    }
}
