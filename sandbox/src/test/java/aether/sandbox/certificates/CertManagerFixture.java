package aether.sandbox.certificates;

import aether.sandbox.Sandbox;
import aether.sandbox.SandboxSettings;
import aether.sandbox.SandboxTimings;
import aether.sandbox.journal.Json;
import aether.sandbox.kubernetes.Deletion;
import aether.sandbox.kubernetes.Patch;
import aether.sandbox.kubernetes.ResourceType;
import aether.sandbox.kubernetes.Types;
import aether.sandbox.kubernetes.WriteOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** A management cluster with a root, a tenant's authority below it, and a clock that tests move. */
abstract class CertManagerFixture {
    static final String NAMESPACE = "tenant-a";
    static final String CERT_MANAGER = "cert-manager";

    @TempDir
    Path directory;

    final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-24T12:00:00Z"));
    Sandbox sandbox;

    /** Overridden by whoever plays an older one. */
    CertManagerVersion version() {
        return CertManagerVersion.CURRENT;
    }

    @BeforeEach
    void start() throws IOException {
        sandbox = Sandbox.start(
                new SandboxSettings(directory, 0, now::get, new Random(3), SandboxTimings.IMMEDIATE).with(version()));
        apply(Types.NAMESPACE, "", NAMESPACE, "{}");
        apply(Types.CLUSTER_ISSUER, "", "bootstrap", "{\"spec\":{\"selfSigned\":{}}}");
        apply(Types.CERTIFICATE, CERT_MANAGER, "root", """
                {"spec":{"isCA":true,"secretName":"root","commonName":"root","duration":"87600h","issuerRef":{"kind":"ClusterIssuer","name":"bootstrap"}}}""");
        apply(Types.CLUSTER_ISSUER, "", "root", "{\"spec\":{\"ca\":{\"secretName\":\"root\"}}}");
        certificate(
                "ca",
                "\"isCA\":true,\"commonName\":\"ca\",\"duration\":\"8760h\",\"privateKey\":{\"rotationPolicy\":\"Always\"},\"issuerRef\":{\"kind\":\"ClusterIssuer\",\"name\":\"root\"}");
        apply(Types.ISSUER, NAMESPACE, "ca", "{\"spec\":{\"ca\":{\"secretName\":\"ca\"}}}");
    }

    @AfterEach
    void stop() throws IOException {
        sandbox.close();
    }

    final ObjectNode apply(ResourceType type, String namespace, String name, String body) {
        WriteOptions force = new WriteOptions("aether", "", true, false, Json.object());
        return sandbox.management().patch(type, namespace, name, new Patch.Apply(Json.parseObject(body)), force);
    }

    /** Asks for a certificate and does not wait. */
    final void ask(String name, String fields) {
        apply(Types.CERTIFICATE, NAMESPACE, name, "{\"spec\":{\"secretName\":\"%s\",%s}}".formatted(name, fields));
    }

    final void certificate(String name, String fields) {
        ask(name, fields);
        await(() -> Conditions.isTrue(stored(name), "Ready") && !Conditions.isTrue(stored(name), "Issuing"));
    }

    final void leaf(String name, String fields) {
        certificate(name, leafFields(fields));
    }

    static String leafFields(String fields) {
        return "\"duration\":\"2160h\",\"issuerRef\":{\"name\":\"ca\"}," + fields;
    }

    final ObjectNode stored(String name) {
        return sandbox.management().find(Types.CERTIFICATE, NAMESPACE, name).orElseThrow();
    }

    final ObjectNode secret(String name) {
        return sandbox.management().find(Types.SECRET, NAMESPACE, name).orElseThrow();
    }

    final void deleteSecret(String name) {
        sandbox.management().delete(Types.SECRET, NAMESPACE, name, Deletion.PLAIN);
    }

    final List<X509Certificate> chain(String name, String entry) {
        return Pem.certificates(Pem.entry(secret(name), entry));
    }

    final X509Certificate first(String name) {
        return chain(name, "tls.crt").getFirst();
    }

    final PublicKey key(String name) {
        return first(name).getPublicKey();
    }

    final long revision(String name) {
        return Json.at(stored(name), "status", "revision").asLong();
    }

    final int failures(String name) {
        return Json.at(stored(name), "status", "failedIssuanceAttempts").asInt();
    }

    final String condition(String name, String type, String field) {
        return Conditions.find(stored(name), type)
                .map(found -> Json.text(found, field))
                .orElse("");
    }

    /** Nothing more happens, however often it is looked at. */
    final void settle() {
        sandbox.recheck();
        await(sandbox::isIdle);
        sandbox.recheck();
        await(sandbox::isIdle);
    }

    final void at(Instant moment) {
        now.set(moment);
        sandbox.recheck();
    }

    /** What {@code cmctl renew} does. */
    final void renew(String name) {
        ObjectNode certificate = stored(name).deepCopy();
        Conditions.set(
                certificate,
                "Issuing",
                true,
                "ManuallyTriggered",
                "by a test",
                now.get().toString());
        Json.child(certificate, "metadata").remove("resourceVersion");
        WriteOptions status = WriteOptions.by("aether").ofStatus();
        sandbox.management().update(Types.CERTIFICATE, NAMESPACE, name, certificate, status);
    }

    static void await(BooleanSupplier condition) {
        await(condition, () -> "");
    }

    static void await(BooleanSupplier condition, Supplier<String> last) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Expected it within 30 s, but it is not so. " + last.get());
            }
            try {
                Thread.sleep(5);
            } catch (InterruptedException stopping) {
                throw new AssertionError(stopping);
            }
        }
    }
}
