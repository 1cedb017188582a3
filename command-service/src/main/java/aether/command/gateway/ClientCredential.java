package aether.command.gateway;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;

/**
 * A client certificate and its key.
 *
 * @param certificate in PEM, with what is between it and the CA
 * @param key in PEM
 */
public record ClientCredential(String user, X509Certificate leaf, String certificate, String key) {

    /** SHA-256 of the certificate's DER form, in hex. */
    public String fingerprint() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(leaf.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Expected SHA-256 of a certificate, but it cannot be made", e);
        }
    }

    /** When it ends. */
    public Instant notAfter() {
        return leaf.getNotAfter().toInstant();
    }

    byte[] certificateBytes() {
        return certificate.getBytes(StandardCharsets.US_ASCII);
    }

    byte[] keyBytes() {
        return key.getBytes(StandardCharsets.US_ASCII);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "ClientCredential[user=" + user + ", notAfter=" + notAfter() + ", key=[hidden]]";
    }
}
