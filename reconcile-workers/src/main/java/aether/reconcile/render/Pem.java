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

    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String END = "-----END CERTIFICATE-----";

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
        int begin = pem.indexOf(BEGIN);
        int end = pem.indexOf(END, begin);
        if (begin < 0 || end < 0) {
            return Optional.empty();
        }
        try {
            // A factory reads PEM too, byte by byte, and every look at a tenant reads thirty.
            byte[] der = Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end));
            return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der))
                            instanceof X509Certificate certificate
                    ? Optional.of(certificate)
                    : Optional.empty();
        } catch (CertificateException | IllegalArgumentException unreadable) {
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
