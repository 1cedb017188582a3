package aether.sandbox.certificates;

import aether.sandbox.acme.AcmeClient;
import aether.sandbox.acme.AcmeDirectory;
import aether.sandbox.acme.ChallTestRecords;
import aether.sandbox.acme.ChallengeRecords;
import aether.sandbox.journal.Json;
import aether.sandbox.kubernetes.KubernetesStore;
import aether.sandbox.kubernetes.Types;
import aether.sandbox.kubernetes.WriteOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An issuer of type {@code acme}: its account, whose key lies in a Secret, and how its challenges are solved. */
final class AcmeIssuer {
    private static final String KEY = "tls.key";
    private static final CertificateSpec.KeySpec ACCOUNT_KEY = new CertificateSpec.KeySpec("RSA", 2048, false, true);

    private final KubernetesStore store;
    private final JsonNode issuer;

    AcmeIssuer(KubernetesStore store, JsonNode issuer) {
        this.store = store;
        this.issuer = issuer;
    }

    static boolean isOne(JsonNode issuer) {
        return issuer.path("spec").has("acme");
    }

    /** Its account; a key is made where there is none. */
    AcmeClient client() {
        JsonNode acme = Json.at(issuer, "spec", "acme");
        return new AcmeClient(
                new AcmeDirectory(URI.create(Json.text(acme, "server")), Json.text(acme, "caBundle")),
                accountKey(Json.text(acme, "privateKeySecretRef", "name")),
                Json.text(acme, "email"));
    }

    private KeyPair accountKey(String name) {
        String own = Json.text(issuer, "metadata", "namespace");
        String namespace = own.isEmpty() ? CertificateController.CLUSTER_NAMESPACE : own;
        Optional<PrivateKey> kept =
                store.find(Types.SECRET, namespace, name).flatMap(secret -> Pem.privateKey(Pem.entry(secret, KEY)));
        if (kept.isPresent()) {
            return pair(kept.get());
        }
        KeyPair made = X509Issuance.newKey(ACCOUNT_KEY);
        ObjectNode secret = Json.object();
        secret.putObject("metadata").put("name", name);
        secret.putObject("data")
                .put(
                        KEY,
                        Base64.getEncoder().encodeToString(Pem.text(made, false).getBytes(StandardCharsets.UTF_8)));
        store.create(Types.SECRET, namespace, secret, WriteOptions.by("cert-manager"));
        return made;
    }

    private static KeyPair pair(PrivateKey key) {
        if (!(key instanceof RSAPrivateCrtKey rsa)) {
            throw new IllegalStateException("Expected an RSA key of an ACME account, but it is " + key.getAlgorithm());
        }
        try {
            return new KeyPair(
                    KeyFactory.getInstance("RSA")
                            .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent())),
                    key);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Why its solvers cannot be played here; empty when they can. */
    String problem() {
        return records().isPresent()
                ? ""
                : "the sandbox solves challenges by the webhook " + ChallTestRecords.GROUP + "/" + ChallTestRecords.NAME
                        + " only";
    }

    Optional<ChallengeRecords> records() {
        for (JsonNode solver : Json.at(issuer, "spec", "acme", "solvers")) {
            JsonNode webhook = Json.at(solver, "dns01", "webhook");
            if (Json.text(webhook, "groupName").equals(ChallTestRecords.GROUP)
                    && Json.text(webhook, "solverName").equals(ChallTestRecords.NAME)) {
                return Optional.of(new ChallTestRecords(
                        URI.create(Json.text(webhook, "config", "management")), Json.text(webhook, "config", "dns")));
            }
        }
        return Optional.empty();
    }
}
