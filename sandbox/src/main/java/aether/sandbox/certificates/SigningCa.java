package aether.sandbox.certificates;

import aether.sandbox.journal.Json;
import aether.sandbox.kubernetes.KubernetesStore;
import aether.sandbox.kubernetes.Types;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the key pair that a CA issuer signs with. */
final class SigningCa {
    private SigningCa() {}

    /** Its Secret: in the issuer's own namespace, or where a ClusterIssuer alone looks. */
    static Optional<ObjectNode> secret(KubernetesStore store, JsonNode issuer) {
        String own = Json.text(issuer, "metadata", "namespace");
        String namespace = own.isEmpty() ? CertificateController.CLUSTER_NAMESPACE : own;
        return store.find(Types.SECRET, namespace, Json.text(issuer, "spec", "ca", "secretName"));
    }

    static Optional<X509Issuance.Signer> of(KubernetesStore store, JsonNode issuer) {
        return secret(store, issuer).flatMap(SigningCa::read);
    }

    private static Optional<X509Issuance.Signer> read(JsonNode secret) {
        try {
            List<X509Certificate> chain = Pem.certificates(Pem.entry(secret, "tls.crt"));
            Optional<PrivateKey> key = Pem.privateKey(Pem.entry(secret, "tls.key"));
            boolean isCa = !chain.isEmpty() && chain.getFirst().getBasicConstraints() >= 0;
            return isCa ? key.map(found -> new X509Issuance.Signer(chain, found)) : Optional.empty();
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }
}
