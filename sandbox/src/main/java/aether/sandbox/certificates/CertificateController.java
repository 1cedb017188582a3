package aether.sandbox.certificates;

import aether.sandbox.control.KeyedLoop;
import aether.sandbox.journal.Json;
import aether.sandbox.journal.Ledger;
import aether.sandbox.kubernetes.Change;
import aether.sandbox.kubernetes.KubernetesStore;
import aether.sandbox.kubernetes.ObjectKey;
import aether.sandbox.kubernetes.Selection;
import aether.sandbox.kubernetes.Types;
import aether.sandbox.kubernetes.World;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import tools.jackson.databind.node.ObjectNode;

/**
 * The simulated cert-manager: looks at issuers, certificates and the Secrets they name, whenever one of them changes.
 * Everything it needs to go on after a crash stands in those objects.
 */
public final class CertificateController implements AutoCloseable {
    /** Where a ClusterIssuer looks for its CA Secret, as in cert-manager's default installation. */
    public static final String CLUSTER_NAMESPACE = "cert-manager";

    private final KubernetesStore store;
    private final KeyedLoop<ObjectKey> loop;
    private final SigningCas signing;
    private volatile boolean absent;

    /** A controller on this store. */
    public CertificateController(
            KubernetesStore store,
            World world,
            Ledger ledger,
            ScheduledExecutorService timer,
            Duration retry,
            CertManagerVersion version) {
        this.store = store;
        this.signing = new SigningCas(store);
        IssuerStep issuers = new IssuerStep(store, world, signing);
        CertificateStep certificates = new CertificateStep(store, world, ledger, retry, version, signing);
        RequestStep requests = new RequestStep(store, world, version, signing);
        this.loop = new KeyedLoop<>("cert-manager", timer, retry, key -> {
            if (absent) {
                return Optional.empty();
            }
            if (key.type().equals(Types.CERTIFICATE.id())) {
                return certificates.reconcile(key);
            }
            if (key.type().equals(Types.CERTIFICATE_REQUEST.id())) {
                requests.reconcile(key);
                return Optional.empty();
            }
            return issuers.reconcile(key);
        });
    }

    /** Looks at everything once, then at whatever changes. */
    public void start() {
        store.subscribe(this::note);
        recheck();
        loop.start();
    }

    /** Looks at everything again, as after a step of the clock. */
    public void recheck() {
        store.everything().forEach(object -> {
            switch (Json.text(object, "kind")) {
                case "Issuer" -> loop.enqueue(ObjectKey.of(Types.ISSUER, object));
                case "ClusterIssuer" -> loop.enqueue(ObjectKey.of(Types.CLUSTER_ISSUER, object));
                case "CertificateRequest" -> loop.enqueue(ObjectKey.of(Types.CERTIFICATE_REQUEST, object));
                case "Certificate" -> loop.enqueue(ObjectKey.of(Types.CERTIFICATE, object));
                default -> {
                    // not ours
                }
            }
        });
    }

    /** Its kinds are served and nobody looks at them, as when its pods are gone; when it is back it looks at all. */
    public void absent(boolean gone) {
        absent = gone;
        if (!gone) {
            recheck();
        }
    }

    /** Where ClusterIssuers look for their Secrets from now on, as after a change of cert-manager's arguments. */
    public void clusterResourceNamespace(String namespace) {
        signing.lookIn(namespace);
        recheck();
    }

    private void note(Change change) {
        String type = change.key().type();
        if (type.equals(Types.CERTIFICATE.id()) || type.equals(Types.CERTIFICATE_REQUEST.id())) {
            loop.enqueue(change.key());
        } else if (type.equals(Types.ISSUER.id()) || type.equals(Types.CLUSTER_ISSUER.id())) {
            loop.enqueue(change.key());
            for (ObjectNode request : store.list(
                            Types.CERTIFICATE_REQUEST, change.key().namespace(), Selection.ALL)
                    .items()) {
                loop.enqueue(ObjectKey.of(Types.CERTIFICATE_REQUEST, request));
            }
            for (ObjectNode certificate : store.list(
                            Types.CERTIFICATE, change.key().namespace(), Selection.ALL)
                    .items()) {
                if (Json.text(certificate, "spec", "issuerRef", "name")
                        .equals(change.key().name())) {
                    loop.enqueue(ObjectKey.of(Types.CERTIFICATE, certificate));
                }
            }
        } else if (type.equals(Types.SECRET.id())) {
            noteSecret(change.key());
        }
    }

    private void noteSecret(ObjectKey secret) {
        for (ObjectNode request : store.list(Types.CERTIFICATE_REQUEST, secret.namespace(), Selection.ALL)
                .items()) {
            loop.enqueue(ObjectKey.of(Types.CERTIFICATE_REQUEST, request)); // its issuer may have got its key
        }
        for (ObjectNode certificate :
                store.list(Types.CERTIFICATE, secret.namespace(), Selection.ALL).items()) {
            if (Json.text(certificate, "spec", "secretName").equals(secret.name())) {
                loop.enqueue(ObjectKey.of(Types.CERTIFICATE, certificate));
            }
        }
        for (ObjectNode issuer :
                store.list(Types.ISSUER, secret.namespace(), Selection.ALL).items()) {
            if (Json.text(issuer, "spec", "ca", "secretName").equals(secret.name())) {
                loop.enqueue(ObjectKey.of(Types.ISSUER, issuer));
            }
        }
        if (secret.namespace().equals(CLUSTER_NAMESPACE)) {
            for (ObjectNode issuer :
                    store.list(Types.CLUSTER_ISSUER, "", Selection.ALL).items()) {
                loop.enqueue(ObjectKey.of(Types.CLUSTER_ISSUER, issuer));
            }
        }
    }

    /** Whether nothing is left to look at. */
    public boolean isIdle() {
        return loop.isIdle();
    }

    @Override
    public void close() {
        loop.close();
    }
}
