package aether.reconcile.certificates;

import aether.domain.cluster.IssuedCertificate;
import aether.reconcile.render.Pem;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads from Secrets what cert-manager has issued, and whether it is of the authority that is wanted. */
public final class IssuedCertificates {

    private IssuedCertificates() {}

    /** The certificate in each Secret that has one, by the Secret's name. */
    public static Map<String, X509Certificate> in(Map<String, JsonNode> secrets) {
        Map<String, X509Certificate> issued = new HashMap<>();
        secrets.forEach((name, secret) ->
                Pem.certificate(secret, "tls.crt").ifPresent(certificate -> issued.put(name, certificate)));
        return issued;
    }

    /**
     * Why a row of the PKI is not there yet; empty when it is. Renewing or exchanging an authority reissues no leaf
     * (cert-manager compares a Secret with the issuer's name, never with its key), so the signature is what counts.
     */
    public static String missing(TenantCertificate row, Map<String, X509Certificate> issued) {
        X509Certificate certificate = issued.get(row.name());
        if (certificate == null) {
            return "its Secret is not there";
        }
        if (row.issuer().isEmpty()) {
            return "";
        }
        X509Certificate authority = issued.get(row.issuer());
        if (authority == null) {
            return "its issuer " + row.issuer() + " is not there";
        }
        return isSignedBy(certificate, authority) ? "" : "it is not signed by " + row.issuer() + " as it is now";
    }

    static IssuedCertificate described(String name, @Nullable X509Certificate certificate) {
        if (certificate == null) {
            throw new IllegalArgumentException("Expected a certificate of " + name + ", but there is none.");
        }
        return new IssuedCertificate(
                name,
                Pem.fingerprint(certificate),
                certificate.getIssuerX500Principal().getName(),
                certificate.getNotAfter().toInstant());
    }

    private static boolean isSignedBy(X509Certificate certificate, X509Certificate authority) {
        try {
            certificate.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException another) {
            return false;
        }
    }
}
