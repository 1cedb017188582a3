package aether.sandbox.certificates;

import aether.sandbox.journal.Json;
import aether.sandbox.kubernetes.KubernetesStore;
import aether.sandbox.kubernetes.ObjectKey;
import aether.sandbox.kubernetes.ResourceType;
import aether.sandbox.kubernetes.Types;
import aether.sandbox.kubernetes.World;
import aether.sandbox.kubernetes.WriteOptions;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Says of an issuer whether it can sign, and why not. */
final class IssuerStep {
    private final KubernetesStore store;
    private final World world;

    IssuerStep(KubernetesStore store, World world) {
        this.store = store;
        this.world = world;
    }

    void reconcile(ObjectKey key) {
        ResourceType type = key.type().equals(Types.ISSUER.id()) ? Types.ISSUER : Types.CLUSTER_ISSUER;
        Optional<ObjectNode> found = store.find(type, key.namespace(), key.name());
        if (found.isEmpty()) {
            return;
        }
        ObjectNode issuer = found.get().deepCopy();
        JsonNode spec = issuer.path("spec");
        if (spec.has("selfSigned")) {
            ready(issuer, true, "IsReady", "the issuer signs with the key it certifies");
        } else if (spec.has("ca")) {
            String name = Json.text(spec, "ca", "secretName");
            if (SigningCa.secret(store, issuer).isEmpty()) {
                ready(
                        issuer,
                        false,
                        "ErrGetKeyPair",
                        "Error getting keypair for CA issuer: secrets \"" + name + "\" not found");
            } else if (SigningCa.of(store, issuer).isEmpty()) {
                ready(
                        issuer,
                        false,
                        "ErrInvalidKeyPair",
                        "Expected Secret " + name + " to hold a CA's certificate and its key, but it does not");
            } else {
                ready(issuer, true, "KeyPairVerified", "Signing CA verified");
            }
        } else {
            ready(issuer, false, "NotSimulated", "the sandbox simulates selfSigned and ca issuers only");
        }
        store.update(
                type,
                key.namespace(),
                key.name(),
                issuer,
                WriteOptions.by("cert-manager").ofStatus());
    }

    private void ready(ObjectNode issuer, boolean ready, String reason, String message) {
        Conditions.set(issuer, "Ready", ready, reason, message, world.now());
    }
}
