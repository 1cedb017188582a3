package aether.sandbox.certificates;

import aether.sandbox.journal.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What a Certificate's Secret holds now, held against what is asked. */
final class CurrentCertificate {
    /** Why a new certificate is needed. */
    record Flaw(String reason, String message, boolean breaksTrust) {}

    private final JsonNode certificate;
    private final CertificateSpec spec;
    private final JsonNode secret;
    private final Optional<X509Certificate> leaf;
    private final Optional<PrivateKey> key;

    private CurrentCertificate(
            JsonNode certificate,
            CertificateSpec spec,
            JsonNode secret,
            Optional<X509Certificate> leaf,
            Optional<PrivateKey> key) {
        this.certificate = certificate;
        this.spec = spec;
        this.secret = secret;
        this.leaf = leaf;
        this.key = key;
    }

    static CurrentCertificate of(JsonNode certificate, CertificateSpec spec, Optional<? extends JsonNode> stored) {
        JsonNode secret = stored.<JsonNode>map(found -> found).orElseGet(Json::object);
        try {
            List<X509Certificate> chain = Pem.certificates(Pem.entry(secret, "tls.crt"));
            Optional<PrivateKey> key = Pem.privateKey(Pem.entry(secret, "tls.key"));
            return new CurrentCertificate(
                    certificate, spec, secret, chain.stream().findFirst(), key);
        } catch (IllegalArgumentException unreadable) {
            return new CurrentCertificate(certificate, spec, secret, Optional.empty(), Optional.empty());
        }
    }

    /**
     * A hash over everything that, when it changes, asks for a new certificate. The issuing CA's key is not part of it.
     */
    static String request(CertificateSpec spec) {
        String asked = "%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s"
                .formatted(
                        spec.issuerName(),
                        spec.issuerKind(),
                        spec.isCa(),
                        spec.commonName(),
                        sorted(spec.organizations()),
                        sorted(spec.dnsNames()),
                        sorted(spec.ipAddresses()),
                        sorted(spec.uris()),
                        spec.usages(),
                        spec.key().algorithm(),
                        spec.key().size(),
                        spec.duration());
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(asked.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /** Why a new certificate is needed, empty when the present one is good. */
    Optional<Flaw> flaw(Instant now) {
        if (secret.isEmpty()) {
            return flaw("DoesNotExist", "Issuing certificate as Secret does not exist", true);
        }
        if (leaf.isEmpty() || key.isEmpty()) {
            return flaw(
                    "MissingData", "Issuing certificate as Secret does not contain a certificate and its key", true);
        }
        if (!belongTogether(leaf.get().getPublicKey(), key.get())) {
            return flaw("InvalidKeyPair", "Issuing certificate as Secret contains a key that does not fit", true);
        }
        if (!CertificateSecret.isOf(spec, secret)) {
            return flaw("IncorrectIssuer", "Issuing certificate as Secret was previously issued by another", true);
        }
        String owner = CertificateSecret.certificateName(secret);
        if (!owner.equals(Json.text(certificate, "metadata", "name"))) {
            return flaw(
                    "IncorrectCertificate",
                    "Secret was issued for \"" + owner + "\". If this message is not transient, you might have two"
                            + " conflicting Certificates pointing to the same secret.",
                    true);
        }
        if (!isAsSpecified(key.get(), spec.key())) {
            return flaw("SecretMismatch", "Existing private key is not up to date for spec: [spec.privateKey]", true);
        }
        if (!CertificateSecret.request(secret).equals(request(spec))) {
            return flaw("RequestChanged", "Fields on existing CertificateRequest resource not up to date", true);
        }
        if (now.isAfter(notAfter())) {
            return flaw("Expired", "Certificate expired on " + notAfter(), true);
        }
        if (renewal().filter(at -> !now.isBefore(at)).isPresent()) {
            return flaw("Renewing", "Renewing certificate as renewal was scheduled", false);
        }
        boolean asked = Conditions.isTrue(certificate, "Issuing");
        boolean alreadyDone =
                revision() > Json.at(certificate, "status", "revision").asLong(0);
        if (asked && !alreadyDone) {
            return flaw("ManuallyTriggered", "Issuing certificate as it was asked for", false);
        }
        return Optional.empty();
    }

    private static Optional<Flaw> flaw(String reason, String message, boolean breaksTrust) {
        return Optional.of(new Flaw(reason, message, breaksTrust));
    }

    private static boolean belongTogether(PublicKey publicKey, PrivateKey privateKey) {
        try {
            Signature signature = Signature.getInstance(
                    privateKey.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA");
            byte[] probe = "aether".getBytes(StandardCharsets.UTF_8);
            signature.initSign(privateKey);
            signature.update(probe);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(probe);
            return signature.verify(signed);
        } catch (GeneralSecurityException different) {
            return false;
        }
    }

    /** When it is to be renewed, if ever. */
    Optional<Instant> renewal() {
        return spec.renewal().at(notBefore(), notAfter());
    }

    /** Whether a key is of the algorithm and the size that are asked for. */
    static boolean isAsSpecified(PrivateKey key, CertificateSpec.KeySpec spec) {
        return switch (key) {
            case RSAKey rsa ->
                spec.algorithm().equals("RSA") && rsa.getModulus().bitLength() == spec.size();
            case ECKey curve ->
                spec.algorithm().equals("ECDSA") && curve.getParams().getOrder().bitLength() == spec.size();
            default -> false;
        };
    }

    private static List<String> sorted(List<String> texts) {
        return texts.stream().sorted().toList();
    }

    Instant notBefore() {
        return leaf.orElseThrow().getNotBefore().toInstant();
    }

    Instant notAfter() {
        return leaf.orElseThrow().getNotAfter().toInstant();
    }

    long revision() {
        return Math.max(
                CertificateSecret.revision(secret),
                Json.at(certificate, "status", "revision").asLong(0));
    }
}
