package aether.sandbox.certificates;

import aether.sandbox.journal.Json;
import aether.sandbox.kubernetes.KubernetesStore;
import aether.sandbox.kubernetes.ObjectKey;
import aether.sandbox.kubernetes.ResourceType;
import aether.sandbox.kubernetes.Types;
import aether.sandbox.kubernetes.World;
import aether.sandbox.kubernetes.WriteOptions;
import java.time.Duration;
import java.util.Optional;
import org.shredzone.acme4j.exception.AcmeException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Says of an issuer whether it can sign, and why not. */
final class IssuerStep {
    /** The real one waits longer every time. */
    private static final Duration ACCOUNT_RETRY = Duration.ofSeconds(1);

    private final KubernetesStore store;
    private final World world;
    private final SigningCas signing;

    IssuerStep(KubernetesStore store, World world, SigningCas signing) {
        this.store = store;
        this.world = world;
        this.signing = signing;
    }

    Optional<Duration> reconcile(ObjectKey key) {
        ResourceType type = key.type().equals(Types.ISSUER.id()) ? Types.ISSUER : Types.CLUSTER_ISSUER;
        Optional<ObjectNode> found = store.find(type, key.namespace(), key.name());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode issuer = found.get().deepCopy();
        JsonNode spec = issuer.path("spec");
        if (spec.has("selfSigned")) {
            ready(issuer, true, "IsReady", "the issuer signs with the key it certifies");
        } else if (spec.has("ca")) {
            String name = Json.text(spec, "ca", "secretName");
            if (signing.secret(issuer).isEmpty()) {
                ready(
                        issuer,
                        false,
                        "ErrGetKeyPair",
                        "Error getting keypair for CA issuer: secrets \"" + name + "\" not found");
            } else if (signing.of(issuer).isEmpty()) {
                ready(
                        issuer,
                        false,
                        "ErrInvalidKeyPair",
                        "Expected Secret " + name + " to hold a CA's certificate and its key, but it does not");
            } else {
                ready(issuer, true, "KeyPairVerified", "Signing CA verified");
            }
        } else if (AcmeIssuer.isOne(issuer)) {
            register(issuer);
        } else {
            ready(issuer, false, "NotSimulated", "the sandbox simulates selfSigned, ca and acme issuers only");
        }
        store.update(
                type,
                key.namespace(),
                key.name(),
                issuer,
                WriteOptions.by("cert-manager").ofStatus());
        return AcmeIssuer.isOne(issuer) && !Conditions.isTrue(issuer, "Ready")
                ? Optional.of(ACCOUNT_RETRY)
                : Optional.empty();
    }

    /** Once for each change of the spec, as the account's address in the status shows. */
    private void register(ObjectNode issuer) {
        boolean registered = Conditions.find(issuer, "Ready")
                .filter(ready -> Json.text(ready, "status").equals("True"))
                .filter(ready -> ready.path("observedGeneration").equals(Json.at(issuer, "metadata", "generation")))
                .isPresent();
        if (registered) {
            return;
        }
        AcmeIssuer acme = new AcmeIssuer(store, issuer);
        if (!acme.problem().isEmpty()) {
            ready(issuer, false, "NotSimulated", acme.problem());
            return;
        }
        try {
            Json.child(Json.child(issuer, "status"), "acme")
                    .put("uri", acme.client().register());
            ready(issuer, true, "ACMEAccountRegistered", "The ACME account was registered with the ACME server");
        } catch (AcmeException refused) {
            ready(issuer, false, "ErrRegisterACMEAccount", "Failed to register ACME account: " + refused.getMessage());
        }
    }

    private void ready(ObjectNode issuer, boolean ready, String reason, String message) {
        Conditions.set(issuer, "Ready", ready, reason, message, world.now());
    }
}
