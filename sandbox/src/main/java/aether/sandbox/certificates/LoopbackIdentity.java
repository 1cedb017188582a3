package aether.sandbox.certificates;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate for this machine's own address that trusts nobody above it; whoever is to trust it is told so.
 *
 * @param context serves with it
 * @param certificate in PEM
 * @param key its key in PEM
 */
public record LoopbackIdentity(SSLContext context, String certificate, String key) {

    private static final Duration LIFE = Duration.ofDays(365);

    /** A machine's clock may step back after it. */
    private static final Duration BEFORE = Duration.ofHours(1);

    private static final int EC_BITS = 256;

    private static final char[] NO_PASSWORD = {};

    /** A new one, of a key that is kept nowhere. */
    public static LoopbackIdentity fresh(Instant now) {
        CertificateSpec spec = new CertificateSpec(
                "",
                "",
                "",
                false,
                "aether-sandbox",
                List.of(),
                List.of("localhost"),
                List.of("127.0.0.1"),
                List.of(),
                List.of("digital signature", "server auth"),
                new CertificateSpec.KeySpec("ECDSA", EC_BITS, true, true),
                LIFE,
                new Renewal(Duration.ZERO, 0, true));
        KeyPair pair = X509Issuance.newKey(spec.key());
        X509Certificate certificate = X509Issuance.selfSign(spec, pair, now.minus(BEFORE));
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, NO_PASSWORD);
            keys.setKeyEntry("serving", pair.getPrivate(), NO_PASSWORD, new Certificate[] {certificate});
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, NO_PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return new LoopbackIdentity(context, Pem.text(certificate), Pem.text(pair, true));
        } catch (IOException | GeneralSecurityException unsupported) {
            throw new IllegalStateException("Expected this JDK to serve TLS, but it does not", unsupported);
        }
    }

    @Override
    public String toString() {
        return "LoopbackIdentity[key=[hidden]]";
    }
}
