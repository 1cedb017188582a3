package aether.sandbox.certificates;

import aether.sandbox.journal.Json;
import aether.sandbox.journal.Ledger;
import aether.sandbox.kubernetes.KubernetesStore;
import aether.sandbox.kubernetes.ObjectKey;
import aether.sandbox.kubernetes.Types;
import aether.sandbox.kubernetes.World;
import aether.sandbox.kubernetes.WriteOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * One look at one Certificate. An issuance is three writes: the condition {@code Issuing}, the Secret with its
 * revision, the status with the same revision. After a crash between any two of them, the next look goes on where it
 * stopped: the Secret's revision says whether the signing has been done.
 */
final class CertificateStep {
    private static final WriteOptions OURS = WriteOptions.by("cert-manager");
    /** A test's way to play an approver who says no: the annotation's value is the reason. */
    static final String DENY = "sandbox.aetherplatform.cloud/deny";

    private static final Duration FIRST_BACKOFF = Duration.ofHours(1);
    private static final int BACKOFF_DOUBLINGS_MAX = 5;

    private final KubernetesStore store;
    private final World world;
    private final Duration retry;
    private final Issuing issuing;

    CertificateStep(KubernetesStore store, World world, Ledger ledger, Duration retry) {
        this.store = store;
        this.world = world;
        this.retry = retry;
        this.issuing = new Issuing(store, world, ledger);
    }

    Optional<Duration> reconcile(ObjectKey key) {
        Optional<ObjectNode> found = store.find(Types.CERTIFICATE, key.namespace(), key.name());
        if (found.isEmpty() || found.get().path("metadata").has("deletionTimestamp")) {
            return Optional.empty();
        }
        ObjectNode certificate = found.get().deepCopy();
        CertificateSpec spec;
        try {
            spec = CertificateSpec.of(certificate);
        } catch (IllegalArgumentException unreadable) {
            return notReady(certificate, "InvalidSpec", String.valueOf(unreadable.getMessage()));
        }
        if (!spec.problem().isEmpty()) {
            return notReady(certificate, "InvalidSpec", spec.problem());
        }
        Optional<ObjectNode> secret = store.find(Types.SECRET, key.namespace(), spec.secretName());
        if (secret.isPresent() && belongsToAnother(key, spec, secret.get())) {
            return notReady(
                    certificate,
                    "DuplicateSecretName",
                    "Secret " + spec.secretName() + " belongs to another Certificate");
        }
        CurrentCertificate current = CurrentCertificate.of(certificate, spec, secret);
        Optional<CurrentCertificate.Flaw> flaw = current.flaw(world.clock().instant());
        if (flaw.isEmpty()) {
            return Optional.of(finish(certificate, spec, current));
        }
        return issue(certificate, spec, secret, flaw.get());
    }

    private boolean belongsToAnother(ObjectKey key, CertificateSpec spec, ObjectNode secret) {
        String owner = CertificateSecret.certificateName(secret);
        return !owner.isEmpty()
                && !owner.equals(key.name())
                && store.find(Types.CERTIFICATE, key.namespace(), owner)
                        .filter(other -> Json.text(other, "spec", "secretName").equals(spec.secretName()))
                        .isPresent();
    }

    private Optional<Duration> issue(
            ObjectNode certificate, CertificateSpec spec, Optional<ObjectNode> secret, CurrentCertificate.Flaw flaw) {
        Optional<Duration> wait = backoffLeft(certificate);
        if (wait.isPresent()) {
            return wait;
        }
        if (!Conditions.isTrue(certificate, "Issuing")) {
            Conditions.set(certificate, "Issuing", true, flaw.reason(), flaw.message(), world.now());
            if (flaw.breaksTrust()) {
                Conditions.set(certificate, "Ready", false, flaw.reason(), flaw.message(), world.now());
            }
            write(certificate); // dying here: the next look finds the condition and signs
            return Optional.of(Duration.ZERO);
        }
        String denied = Json.text(certificate, "metadata", "annotations", DENY);
        if (!denied.isEmpty()) {
            return fail(certificate, "Denied", denied);
        }
        Issuing.Outcome outcome = issuing.sign(certificate, spec, secret);
        if (outcome instanceof Issuing.Waiting waiting) {
            Conditions.set(certificate, "Ready", false, waiting.reason(), waiting.message(), world.now());
            write(certificate);
            return Optional.of(retry);
        }
        return Optional.of(Duration.ZERO); // dying here: the next look finds the new Secret and writes the status
    }

    private Duration finish(ObjectNode certificate, CertificateSpec spec, CurrentCertificate current) {
        Instant renewal = current.notAfter().minus(spec.renewBefore());
        ObjectNode status = Json.child(certificate, "status");
        status.put("notBefore", current.notBefore().toString())
                .put("notAfter", current.notAfter().toString())
                .put("renewalTime", renewal.truncatedTo(ChronoUnit.SECONDS).toString())
                .put("revision", current.revision());
        status.remove("failedIssuanceAttempts");
        status.remove("lastFailureTime");
        Conditions.remove(certificate, "Issuing");
        Conditions.set(
                certificate, "Ready", true, "Ready", "Certificate is up to date and has not expired", world.now());
        write(certificate);
        return Duration.between(world.clock().instant(), renewal);
    }

    private Optional<Duration> notReady(ObjectNode certificate, String reason, String message) {
        Conditions.set(certificate, "Ready", false, reason, message, world.now());
        write(certificate);
        return Optional.empty();
    }

    private Optional<Duration> fail(ObjectNode certificate, String reason, String message) {
        ObjectNode status = Json.child(certificate, "status");
        int attempts = status.path("failedIssuanceAttempts").asInt(0) + 1;
        status.put("failedIssuanceAttempts", attempts).put("lastFailureTime", world.now());
        Conditions.set(certificate, "Issuing", false, reason, message, world.now());
        if (Conditions.find(certificate, "Ready").isEmpty()) {
            Conditions.set(certificate, "Ready", false, reason, message, world.now());
        }
        write(certificate);
        return Optional.of(backoff(attempts));
    }

    private static Duration backoff(int attempts) {
        return FIRST_BACKOFF.multipliedBy(1L << Math.min(attempts - 1, BACKOFF_DOUBLINGS_MAX));
    }

    /** After a failure cert-manager waits; a changed spec is tried at once. */
    private Optional<Duration> backoffLeft(ObjectNode certificate) {
        String failed = Json.text(certificate, "status", "lastFailureTime");
        boolean sameSpec = Conditions.find(certificate, "Issuing")
                .filter(condition ->
                        condition.path("observedGeneration").equals(Json.at(certificate, "metadata", "generation")))
                .filter(condition -> Json.text(condition, "status").equals("False"))
                .isPresent();
        if (failed.isEmpty() || !sameSpec) {
            return Optional.empty();
        }
        int attempts = Json.at(certificate, "status", "failedIssuanceAttempts").asInt(1);
        Instant next = Instant.parse(failed).plus(backoff(attempts));
        return Optional.of(Duration.between(world.clock().instant(), next)).filter(Duration::isPositive);
    }

    private void write(ObjectNode certificate) {
        ObjectKey key = ObjectKey.of(Types.CERTIFICATE, certificate);
        store.update(Types.CERTIFICATE, key.namespace(), key.name(), certificate, OURS.ofStatus());
    }
}
