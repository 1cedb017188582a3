package aether.sandbox.certificates;

import aether.sandbox.acme.AcmeClient;
import aether.sandbox.acme.ChallengeRecords;
import aether.sandbox.journal.Json;
import aether.sandbox.journal.Ledger;
import aether.sandbox.kubernetes.KubernetesStore;
import aether.sandbox.kubernetes.Patch;
import aether.sandbox.kubernetes.ResourceType;
import aether.sandbox.kubernetes.Types;
import aether.sandbox.kubernetes.World;
import aether.sandbox.kubernetes.WriteOptions;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Signs one certificate and writes its Secret: one journal record, which is also the line in the ledger. */
final class Issuing {
    sealed interface Outcome {}

    record Signed(long revision) implements Outcome {}

    /** For an issuer. */
    record Waiting() implements Outcome {}

    /** Somebody refused; it is tried again, later and later. */
    record Failed(String message) implements Outcome {}

    /** Until a person helps. */
    record Stuck() implements Outcome {}

    private final KubernetesStore store;
    private final World world;
    private final Ledger ledger;
    private final SigningCas signing;

    Issuing(KubernetesStore store, World world, Ledger ledger, SigningCas signing) {
        this.signing = signing;
        this.store = store;
        this.world = world;
        this.ledger = ledger;
    }

    Outcome sign(ObjectNode certificate, CertificateSpec spec, Optional<ObjectNode> secret) {
        String namespace = Json.text(certificate, "metadata", "namespace");
        ResourceType issuerType = spec.issuerKind().equals("ClusterIssuer") ? Types.CLUSTER_ISSUER : Types.ISSUER;
        Optional<ObjectNode> issuer = store.find(issuerType, namespace, spec.issuerName());
        if (issuer.isEmpty()) {
            return new Waiting();
        }
        if (!Conditions.isTrue(issuer.get(), "Ready")) {
            return new Waiting();
        }
        if (AcmeIssuer.isOne(issuer.get())) {
            return order(certificate, spec, secret, new AcmeIssuer(store, issuer.get()));
        }
        boolean selfSigned = issuer.get().path("spec").has("selfSigned");
        Optional<X509Issuance.Signer> signer = signing.of(issuer.get());
        if (!selfSigned && signer.isEmpty()) {
            return new Waiting();
        }
        KeyPair kept = spec.key().rotate() ? null : kept(secret);
        if (kept != null && !CurrentCertificate.isAsSpecified(kept.getPrivate(), spec.key())) {
            return new Stuck(); // the real one says CannotRegenerateKey in an Event
        }
        KeyPair pair = kept == null ? X509Issuance.newKey(spec.key()) : kept;
        Instant now = world.clock().instant();
        List<X509Certificate> bundle = new ArrayList<>();
        bundle.add(
                selfSigned
                        ? X509Issuance.selfSign(spec, pair, now)
                        : X509Issuance.sign(spec, pair.getPublic(), signer.orElseThrow(), now));
        if (!selfSigned) {
            bundle.addAll(signer.orElseThrow().chain());
        }
        long revision = lastRevision(certificate, secret) + 1;
        write(certificate, spec, revision, pair, bundle, secret, true);
        return new Signed(revision);
    }

    /** A public authority decides for how long, and tells nobody whom to trust: there is no {@code ca.crt}. */
    private Outcome order(
            ObjectNode certificate, CertificateSpec spec, Optional<ObjectNode> secret, AcmeIssuer issuer) {
        Optional<ChallengeRecords> records = issuer.records();
        if (records.isEmpty()) {
            return new Waiting();
        }
        KeyPair kept = spec.key().rotate() ? null : kept(secret);
        KeyPair pair = kept == null ? X509Issuance.newKey(spec.key()) : kept;
        long revision = lastRevision(certificate, secret) + 1;
        return switch (issuer.client().order(spec.dnsNames(), pair, records.get())) {
            case AcmeClient.Issued issued -> {
                write(certificate, spec, revision, pair, issued.chain(), secret, false);
                yield new Signed(revision);
            }
            case AcmeClient.Failed failed ->
                new Failed("Failed to wait for order resource \"%s-%d\" to become ready: order is in \"%s\" state: %s"
                        .formatted(
                                Json.text(certificate, "metadata", "name"), revision, failed.state(), failed.reason()));
            case AcmeClient.Away ignored -> new Waiting();
        };
    }

    /** The newest revision ever issued, also when the status or the Secret that told of it has been lost meanwhile. */
    private long lastRevision(ObjectNode certificate, Optional<ObjectNode> secret) {
        String uid = Json.text(certificate, "metadata", "uid");
        long issued = ledger.effects("certificate-issued").stream()
                .filter(effect -> Json.text(effect, "uid").equals(uid))
                .mapToLong(effect -> effect.path("revision").asLong())
                .max()
                .orElse(0);
        long kept = secret.map(CertificateSecret::revision).orElse(0L);
        return Math.max(
                issued,
                Math.max(kept, Json.at(certificate, "status", "revision").asLong(0)));
    }

    /** The key of the Secret, as long as there is a Secret with a key. */
    private static @Nullable KeyPair kept(Optional<ObjectNode> secret) {
        if (secret.isEmpty()) {
            return null;
        }
        try {
            Optional<PrivateKey> key = Pem.privateKey(Pem.entry(secret.get(), "tls.key"));
            Optional<PublicKey> known = Pem.certificates(Pem.entry(secret.get(), "tls.crt")).stream()
                    .findFirst()
                    .map(X509Certificate::getPublicKey);
            return key.isPresent() && known.isPresent() ? new KeyPair(known.get(), key.get()) : null;
        } catch (IllegalArgumentException unreadable) {
            return null;
        }
    }

    private void write(
            ObjectNode certificate,
            CertificateSpec spec,
            long revision,
            KeyPair pair,
            List<X509Certificate> bundle,
            Optional<ObjectNode> before,
            boolean saysWhomToTrust) {
        ObjectNode secret = CertificateSecret.render(
                certificate, spec, revision, CurrentCertificate.request(spec), pair, bundle, saysWhomToTrust);
        before.ifPresent(old -> secret.put("type", Json.text(old, "type")));
        JsonNode metadata = certificate.path("metadata");
        ObjectNode effect = Json.object()
                .put("effect", "certificate-issued")
                .put("namespace", Json.text(metadata, "namespace"))
                .put("name", Json.text(metadata, "name"))
                .put("uid", Json.text(metadata, "uid"))
                .put("revision", revision)
                .put("serial", bundle.getFirst().getSerialNumber().toString(16));
        WriteOptions options = new WriteOptions("cert-manager", "", true, false, effect);
        store.patch(
                Types.SECRET, Json.text(metadata, "namespace"), spec.secretName(), new Patch.Apply(secret), options);
    }
}
