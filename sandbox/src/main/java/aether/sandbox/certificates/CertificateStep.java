package aether.sandbox.certificates;

import aether.sandbox.journal.Json;
import aether.sandbox.journal.Ledger;
import aether.sandbox.kubernetes.KubernetesStore;
import aether.sandbox.kubernetes.ObjectKey;
import aether.sandbox.kubernetes.Patch;
import aether.sandbox.kubernetes.Selection;
import aether.sandbox.kubernetes.Types;
import aether.sandbox.kubernetes.World;
import aether.sandbox.kubernetes.WriteOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
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
    /** A test's way to play a signer that cannot: the annotation's value says why. */
    static final String FAIL = "sandbox.aetherplatform.cloud/fail";
    /** A test's way to play an approver that says nothing, as one does that is not there. */
    static final String UNDECIDED = "sandbox.aetherplatform.cloud/undecided";

    private static final Duration FIRST_BACKOFF = Duration.ofHours(1);
    private static final int BACKOFF_DOUBLINGS_MAX = 5;
    /** As in {@code trigger_controller.go}. */
    private static final Duration DUPLICATE_RECHECK = Duration.ofMinutes(3);
    /** What the failed request asked for; the real one keeps the CertificateRequest itself. */
    private static final String FAILED_REQUEST = "sandboxFailedRequest";

    private final KubernetesStore store;
    private final World world;
    private final Duration retry;
    private final CertManagerVersion version;
    private final Issuing issuing;

    CertificateStep(
            KubernetesStore store,
            World world,
            Ledger ledger,
            Duration retry,
            CertManagerVersion version,
            SigningCas signing) {
        this.version = version;
        this.store = store;
        this.world = world;
        this.retry = retry;
        this.issuing = new Issuing(store, world, ledger, signing);
    }

    Optional<Duration> reconcile(ObjectKey key) {
        Optional<ObjectNode> found = store.find(Types.CERTIFICATE, key.namespace(), key.name());
        if (found.isEmpty() || found.get().path("metadata").has("deletionTimestamp")) {
            return Optional.empty();
        }
        ObjectNode certificate = found.get().deepCopy();
        CertificateSpec spec = CertificateSpec.of(certificate, version);
        Optional<ObjectNode> secret = store.find(Types.SECRET, key.namespace(), spec.secretName());
        CurrentCertificate current = CurrentCertificate.of(certificate, spec, secret);
        Optional<CurrentCertificate.Flaw> flaw = current.flaw(world.clock().instant());
        if (flaw.isEmpty()) {
            return finish(certificate, secret.orElseThrow(), current);
        }
        if (!owner(certificate, spec, secret).equals(key.name())) {
            Conditions.set(
                    certificate, "Ready", false, flaw.get().reason(), flaw.get().message(), world.now());
            write(certificate);
            return Optional.of(DUPLICATE_RECHECK);
        }
        return issue(certificate, spec, secret, flaw.get());
    }

    /** Of several Certificates for one Secret: whom its annotation names, or else the oldest. */
    private String owner(ObjectNode certificate, CertificateSpec spec, Optional<ObjectNode> secret) {
        String namespace = Json.text(certificate, "metadata", "namespace");
        List<ObjectNode> rivals = store.list(Types.CERTIFICATE, namespace, Selection.ALL).items().stream()
                .filter(other -> Json.text(other, "spec", "secretName").equals(spec.secretName()))
                .sorted(Comparator.comparing((ObjectNode other) -> Json.text(other, "metadata", "creationTimestamp"))
                        .thenComparing(other -> Json.text(other, "metadata", "name")))
                .toList();
        String named = secret.map(CertificateSecret::certificateName).orElse("");
        return rivals.stream()
                .map(other -> Json.text(other, "metadata", "name"))
                .filter(named::equals)
                .findFirst()
                .orElseGet(() -> Json.text(rivals.getFirst(), "metadata", "name"));
    }

    private Optional<Duration> issue(
            ObjectNode certificate, CertificateSpec spec, Optional<ObjectNode> secret, CurrentCertificate.Flaw flaw) {
        boolean unready = flaw.breaksTrust() && !saysUnready(certificate, flaw);
        if (unready) { // whatever becomes of the issuance
            Conditions.set(certificate, "Ready", false, flaw.reason(), flaw.message(), world.now());
        }
        Optional<Duration> wait = backoffLeft(certificate, spec);
        if (wait.isPresent()) {
            if (unready) {
                write(certificate);
            }
            return wait;
        }
        if (!Conditions.isTrue(certificate, "Issuing")) {
            Conditions.set(certificate, "Issuing", true, flaw.reason(), flaw.message(), world.now());
            write(certificate); // dying here: the next look finds the condition and signs
            return Optional.of(Duration.ZERO);
        }
        String denied = Json.text(certificate, "metadata", "annotations", DENY);
        if (!denied.isEmpty()) {
            return fail(certificate, spec, "Denied", denied);
        }
        if (!Json.text(certificate, "metadata", "annotations", UNDECIDED).isEmpty()) {
            return Optional.empty(); // until somebody touches the object
        }
        String unable = Json.text(certificate, "metadata", "annotations", FAIL);
        if (!unable.isEmpty()) {
            return fail(certificate, spec, "Failed", unable);
        }
        return switch (issuing.sign(certificate, spec, secret)) {
            // Why is told by the CertificateRequest and by the issuer; the Certificate keeps what it said before.
            case Issuing.Waiting ignored -> Optional.of(retry);
            case Issuing.Stuck ignored -> Optional.empty();
            case Issuing.Failed failed -> fail(certificate, spec, "Failed", failed.message());
            // Dying here: the next look finds the new Secret and writes the status.
            case Issuing.Signed ignored -> Optional.of(Duration.ZERO);
        };
    }

    private static boolean saysUnready(ObjectNode certificate, CurrentCertificate.Flaw flaw) {
        return Conditions.find(certificate, "Ready")
                .filter(ready -> Json.text(ready, "reason").equals(flaw.reason()))
                .isPresent();
    }

    private Optional<Duration> finish(ObjectNode certificate, ObjectNode secret, CurrentCertificate current) {
        if (!CertificateSecret.isAsTemplated(certificate, secret)) {
            store.patch(
                    Types.SECRET,
                    Json.text(secret, "metadata", "namespace"),
                    Json.text(secret, "metadata", "name"),
                    new Patch.Apply(CertificateSecret.retemplated(certificate, secret)),
                    new WriteOptions("cert-manager", "", true, false, Json.object()));
        }
        Optional<Instant> renewal = current.renewal();
        ObjectNode status = Json.child(certificate, "status");
        status.put("notBefore", current.notBefore().toString())
                .put("notAfter", current.notAfter().toString())
                .put("revision", current.revision());
        renewal.ifPresentOrElse(at -> status.put("renewalTime", at.toString()), () -> status.remove("renewalTime"));
        status.remove(List.of("failedIssuanceAttempts", "lastFailureTime", FAILED_REQUEST));
        Conditions.remove(certificate, "Issuing");
        Conditions.set(
                certificate, "Ready", true, "Ready", "Certificate is up to date and has not expired", world.now());
        write(certificate);
        return renewal.map(at -> Duration.between(world.clock().instant(), at));
    }

    /** Ready stays as it was: what is in the Secret may be good for a long time yet. */
    private Optional<Duration> fail(ObjectNode certificate, CertificateSpec spec, String reason, String message) {
        ObjectNode status = Json.child(certificate, "status");
        int attempts = status.path("failedIssuanceAttempts").asInt(0) + 1;
        status.put("failedIssuanceAttempts", attempts)
                .put("lastFailureTime", world.now())
                .put(FAILED_REQUEST, CurrentCertificate.request(spec));
        Conditions.set(
                certificate,
                "Issuing",
                false,
                reason,
                "The certificate request has failed to complete and will be retried: " + message,
                world.now());
        write(certificate);
        return Optional.of(backoff(attempts));
    }

    private static Duration backoff(int attempts) {
        return FIRST_BACKOFF.multipliedBy(1L << Math.min(attempts - 1, BACKOFF_DOUBLINGS_MAX));
    }

    /** After a failure cert-manager waits; another request is tried at once, and so is one that is asked for. */
    private Optional<Duration> backoffLeft(ObjectNode certificate, CertificateSpec spec) {
        String failed = Json.text(certificate, "status", "lastFailureTime");
        boolean same = Json.text(certificate, "status", FAILED_REQUEST).equals(CurrentCertificate.request(spec));
        if (failed.isEmpty() || !same || Conditions.isTrue(certificate, "Issuing")) {
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
