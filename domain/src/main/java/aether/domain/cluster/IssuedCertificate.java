package aether.domain.cluster;

import java.time.Instant;

/**
 * A certificate as it lies in a tenant's namespace.
 *
 * @param name of its Certificate and its Secret
 * @param fingerprint SHA-256 of its DER form in hex
 * @param issuer the name of who signed it, in RFC 2253 form
 * @param notAfter when it ends
 */
public record IssuedCertificate(String name, String fingerprint, String issuer, Instant notAfter) {}
