package aether.reconcile.render;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads what Secrets hold. */
public final class Pem {

    private Pem() {}

    /** An entry of a Secret as text; empty when there is none. */
    public static String text(JsonNode secret, String entry) {
        String data = secret.path("data").path(entry).asString("");
        return new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8);
    }

    /** The first certificate of an entry of a Secret; empty when there is none that can be read. */
    public static Optional<X509Certificate> certificate(JsonNode secret, String entry) {
        String pem = text(secret, entry);
        if (pem.isEmpty()) {
            return Optional.empty();
        }
        try {
            return CertificateFactory.getInstance("X.509")
                                    .generateCertificate(
                                            new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
                            instanceof X509Certificate certificate
                    ? Optional.of(certificate)
                    : Optional.empty();
        } catch (CertificateException unreadable) {
            return Optional.empty();
        }
    }

    /** The SHA-256 of a certificate's DER form in hex. */
    public static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException("Expected a certificate with a SHA-256, but " + e.getMessage(), e);
        }
    }
}
