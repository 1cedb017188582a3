package aether.reconcile;

import aether.reconcile.render.Pem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Collection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import tools.jackson.databind.JsonNode;

/** One question over TLS as the bearer of a certificate, to a server that has to be of one of these authorities. */
final class TlsQuestion {

    /** What stands for no answer: one side did not accept the other. */
    static final int REFUSED = 0;

    private static final Duration BOUND = Duration.ofSeconds(10);
    private static final char[] NO_PASSWORD = {};

    private TlsQuestion() {}

    /**
     * The status of the answer.
     *
     * @param client a Secret with {@code tls.crt} and {@code tls.key}
     * @param user whom the bearer speaks for, in the header of a front proxy; empty for none
     */
    static int status(String url, String trusted, JsonNode client, String user) throws Exception {
        try (HttpClient http = HttpClient.newBuilder()
                .connectTimeout(BOUND)
                .sslContext(context(trusted, client))
                .build()) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(url)).timeout(BOUND);
            if (!user.isEmpty()) {
                request.header("X-Remote-User", user).header("X-Remote-Group", "system:masters");
            }
            return http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException unacceptable) {
            return REFUSED;
        }
    }

    private static SSLContext context(String trusted, JsonNode client) throws GeneralSecurityException, IOException {
        KeyStore own = KeyStore.getInstance(KeyStore.getDefaultType());
        own.load(null, NO_PASSWORD);
        own.setKeyEntry(
                "own",
                aether.sandbox.certificates.Pem.privateKey(Pem.text(client, "tls.key"))
                        .orElseThrow(),
                NO_PASSWORD,
                certificates(Pem.text(client, "tls.crt")).toArray(Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, NO_PASSWORD);
        KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
        authorities.load(null, NO_PASSWORD);
        for (Certificate authority : certificates(trusted)) {
            authorities.setCertificateEntry("authority-" + authorities.size(), authority);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authorities);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static Collection<? extends Certificate> certificates(String pem) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }
}
