package aether.archive.stamp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whose time is believed.
 *
 * @param certificates those of authorities, or of those that vouch for them
 */
public record TrustedAuthorities(List<X509Certificate> certificates) {

    /** Nobody's: then only what a timestamp says of itself can be checked. */
    public static final TrustedAuthorities NONE = new TrustedAuthorities(List.of());

    /** Keeps its own list. */
    public TrustedAuthorities {
        certificates = List.copyOf(certificates);
    }

    /**
     * Those in a file.
     *
     * @param pem one certificate (PEM) after the other
     * @throws IOException when it cannot be read
     * @throws IllegalArgumentException when there is no certificate in it, or something else
     */
    public static TrustedAuthorities read(Path pem) throws IOException {
        try (InputStream in = Files.newInputStream(pem)) {
            List<X509Certificate> found = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (found.isEmpty()) {
                throw new IllegalArgumentException(
                        "Expected certificates (PEM) of time-stamping authorities in " + pem + ", but there are none.");
            }
            return new TrustedAuthorities(found);
        } catch (CertificateException e) {
            throw new IllegalArgumentException(
                    "Expected certificates (PEM) of time-stamping authorities in " + pem + ", but got something else.",
                    e);
        }
    }

    /** Whether there is nobody. */
    public boolean isEmpty() {
        return certificates.isEmpty();
    }

    /**
     * Why nobody here vouches for a certificate; nothing when somebody does. Whether it was revoked is not asked: that
     * would need the network, and a token must be checked years later without.
     *
     * @param enclosed certificates that may stand between it and one of these
     * @param at when it has to have been valid
     */
    Optional<String> fault(X509Certificate certificate, Collection<X509Certificate> enclosed, Instant at) {
        if (certificates.contains(certificate)) {
            return Optional.empty();
        }
        try {
            X509CertSelector target = new X509CertSelector();
            target.setCertificate(certificate);
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(
                    certificates.stream()
                            .map(each -> new TrustAnchor(each, null))
                            .collect(Collectors.toSet()),
                    target);
            parameters.setDate(Date.from(at));
            parameters.setRevocationEnabled(false);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(enclosed)));
            return CertPathBuilder.getInstance("PKIX").build(parameters).getCertPath() == null
                    ? Optional.of("there is no path to them")
                    : Optional.empty();
        } catch (CertPathBuilderException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Expected a JDK that builds certificate paths, but it does not.", e);
        }
    }
}
