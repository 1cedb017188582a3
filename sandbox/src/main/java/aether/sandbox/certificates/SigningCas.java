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

/** Reads the key pairs that CA issuers sign with. */
final class SigningCas {
    private final KubernetesStore store;
    private volatile String clusterNamespace = CertificateController.CLUSTER_NAMESPACE;

    SigningCas(KubernetesStore store) {
        this.store = store;
    }

    /** Has ClusterIssuers look in another namespace, as cert-manager's {@code --cluster-resource-namespace} does. */
    void lookIn(String namespace) {
        clusterNamespace = namespace;
    }

    /** An issuer's Secret: in the issuer's own namespace, or where a ClusterIssuer alone looks. */
    Optional<ObjectNode> secret(JsonNode issuer) {
        String own = Json.text(issuer, "metadata", "namespace");
        String namespace = own.isEmpty() ? clusterNamespace : own;
        return store.find(Types.SECRET, namespace, Json.text(issuer, "spec", "ca", "secretName"));
    }

    Optional<X509Issuance.Signer> of(JsonNode issuer) {
        return secret(issuer).flatMap(SigningCas::read);
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
