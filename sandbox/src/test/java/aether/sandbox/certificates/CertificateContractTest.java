package aether.sandbox.certificates;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** The traps of cert-manager, each a test, so that workers are not tested against our wishes. */
class CertificateContractTest {
    private static final String NAMESPACE = "tenant-a";

    @TempDir
    Path directory;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-24T12:00:00Z"));
    private Sandbox sandbox;

    @BeforeEach
    void start() throws IOException {
        sandbox = Sandbox.start(new SandboxSettings(directory, 0, now::get, new Random(3), SandboxTimings.IMMEDIATE));
        apply(Types.NAMESPACE, "", NAMESPACE, "{}");
        apply(Types.CLUSTER_ISSUER, "", "bootstrap", "{\"spec\":{\"selfSigned\":{}}}");
        apply(Types.CERTIFICATE, "cert-manager", "root", """
                {"spec":{"isCA":true,"secretName":"root","commonName":"root","duration":"87600h","issuerRef":{"kind":"ClusterIssuer","name":"bootstrap"}}}""");
        apply(Types.CLUSTER_ISSUER, "", "root", "{\"spec\":{\"ca\":{\"secretName\":\"root\"}}}");
        certificate(
                "ca",
                "\"isCA\":true,\"commonName\":\"ca\",\"duration\":\"8760h\",\"issuerRef\":{\"kind\":\"ClusterIssuer\",\"name\":\"root\"}");
        apply(Types.ISSUER, NAMESPACE, "ca", "{\"spec\":{\"ca\":{\"secretName\":\"ca\"}}}");
    }

    @AfterEach
    void stop() throws IOException {
        sandbox.close();
    }

    private ObjectNode apply(ResourceType type, String namespace, String name, String body) {
        WriteOptions force = new WriteOptions("aether", "", true, false, Json.object());
        return sandbox.management().patch(type, namespace, name, new Patch.Apply(Json.parseObject(body)), force);
    }

    private void certificate(String name, String fields) {
        apply(Types.CERTIFICATE, NAMESPACE, name, "{\"spec\":{\"secretName\":\"%s\",%s}}".formatted(name, fields));
        await(() -> Conditions.isTrue(stored(name), "Ready") && !Conditions.isTrue(stored(name), "Issuing"));
    }

    private void leaf(String name, String fields) {
        certificate(name, "\"duration\":\"2160h\",\"issuerRef\":{\"name\":\"ca\"}," + fields);
    }

    private ObjectNode stored(String name) {
        return sandbox.management().find(Types.CERTIFICATE, NAMESPACE, name).orElseThrow();
    }

    private ObjectNode secret(String name) {
        return sandbox.management().find(Types.SECRET, NAMESPACE, name).orElseThrow();
    }

    private List<X509Certificate> chain(String name, String entry) {
        return Pem.certificates(Pem.entry(secret(name), entry));
    }

    private long revision(String name) {
        return Json.at(stored(name), "status", "revision").asLong();
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("30 s have not passed").isLessThan(end);
            Thread.onSpinWait();
            try {
                Thread.sleep(5);
            } catch (InterruptedException stopping) {
                throw new AssertionError(stopping);
            }
        }
    }

    private void askForIssuing(String name) {
        ObjectNode certificate = stored(name).deepCopy();
        Conditions.set(
                certificate,
                "Issuing",
                true,
                "ManuallyTriggered",
                "by a test",
                now.get().toString());
        Json.child(certificate, "metadata").remove("resourceVersion");
        sandbox.management()
                .update(
                        Types.CERTIFICATE,
                        NAMESPACE,
                        name,
                        certificate,
                        WriteOptions.by("aether").ofStatus());
    }

    @Test
    void theCasOwnCaCrtIsTheRootAboveIt() {
        leaf("leaf", "\"dnsNames\":[\"a.example\"]");

        assertThat(chain("ca", "tls.crt"))
                .singleElement()
                .satisfies(
                        ca -> assertThat(ca.getSubjectX500Principal().getName()).isEqualTo("CN=ca"));
        assertThat(chain("ca", "ca.crt").getFirst().getSubjectX500Principal().getName())
                .isEqualTo("CN=root");
        assertThat(chain("leaf", "tls.crt"))
                .hasSize(2)
                .last()
                .isEqualTo(chain("ca", "tls.crt").getFirst());
        assertThat(chain("leaf", "ca.crt"))
                .containsExactly(chain("ca", "tls.crt").getFirst());
        assertThat(Json.text(secret("leaf"), "type")).isEqualTo("kubernetes.io/tls");
    }

    @Test
    void renewingTheCaDoesNotReissueTheLeavesButIssuingDoes() throws Exception {
        leaf("leaf", "\"dnsNames\":[\"a.example\"]");
        X509Certificate before = chain("leaf", "tls.crt").getFirst();

        askForIssuing("ca");
        await(() -> revision("ca") == 2);
        await(sandbox::isIdle);
        assertThat(chain("leaf", "tls.crt").getFirst()).isEqualTo(before);
        assertThat(before.getIssuerX500Principal())
                .isEqualTo(chain("ca", "tls.crt").getFirst().getSubjectX500Principal());

        askForIssuing("leaf");
        await(() -> revision("leaf") == 2);
        chain("leaf", "tls.crt")
                .getFirst()
                .verify(chain("ca", "tls.crt").getFirst().getPublicKey());
    }

    @Test
    void rotatesTheKeyUnlessToldNever() {
        leaf("always", "\"dnsNames\":[\"a.example\"]");
        leaf("never", "\"dnsNames\":[\"a.example\"],\"privateKey\":{\"rotationPolicy\":\"Never\"}");
        var always = chain("always", "tls.crt").getFirst().getPublicKey();
        var never = chain("never", "tls.crt").getFirst().getPublicKey();

        askForIssuing("always");
        askForIssuing("never");
        await(() -> revision("always") == 2 && revision("never") == 2);

        assertThat(chain("always", "tls.crt").getFirst().getPublicKey()).isNotEqualTo(always);
        assertThat(chain("never", "tls.crt").getFirst().getPublicKey()).isEqualTo(never);
    }

    @Test
    void renewsWhenItIsTime() {
        leaf("leaf", "\"dnsNames\":[\"a.example\"],\"renewBefore\":\"240h\"");
        assertThat(Json.text(stored("leaf"), "status", "renewalTime")).isEqualTo("2027-02-12T12:00:00Z");

        now.set(Instant.parse("2027-02-12T12:00:01Z"));
        sandbox.recheck();

        await(() -> revision("leaf") == 2);
        assertThat(chain("leaf", "tls.crt").getFirst().getNotBefore().toInstant())
                .isEqualTo("2027-02-12T12:00:01Z");
    }

    @Test
    void reissuesWhenTheSecretVanishesOrTheSpecChanges() {
        leaf("leaf", "\"dnsNames\":[\"a.example\"]");
        sandbox.management().delete(Types.SECRET, NAMESPACE, "leaf", Deletion.PLAIN);
        await(() -> revision("leaf") == 2);

        leaf("leaf", "\"dnsNames\":[\"a.example\",\"b.example\"]");
        await(() -> revision("leaf") == 3);

        assertThat(sandbox.inventory().path("doubles")).isEmpty();
    }

    @Test
    void aDeniedRequestBacksOffForAnHourAndAChangedSpecIsTriedAtOnce() {
        String denied = "{\"metadata\":{\"annotations\":{\"sandbox.aetherplatform.cloud/deny\":\"policy\"}},"
                + "\"spec\":{\"secretName\":\"no\",\"issuerRef\":{\"name\":\"ca\"},\"dnsNames\":[\"%s\"]}}";
        apply(Types.CERTIFICATE, NAMESPACE, "no", denied.formatted("a.example"));
        await(() -> Json.at(stored("no"), "status", "failedIssuanceAttempts").asInt() == 1);
        apply(Types.CERTIFICATE, NAMESPACE, "no", denied.formatted("b.example"));
        await(() -> Json.at(stored("no"), "status", "failedIssuanceAttempts").asInt() == 2);
        sandbox.recheck();
        await(sandbox::isIdle);

        assertThat(Json.at(stored("no"), "status", "failedIssuanceAttempts").asInt())
                .isEqualTo(2);
        assertThat(sandbox.management().find(Types.SECRET, NAMESPACE, "no")).isEmpty();
    }

    @Test
    void waitsForItsIssuerAndSaysSo() {
        apply(
                Types.CERTIFICATE,
                NAMESPACE,
                "early",
                "{\"spec\":{\"secretName\":\"early\",\"issuerRef\":{\"name\":\"late\"},\"dnsNames\":[\"a.example\"]}}");
        await(() -> Conditions.find(stored("early"), "Ready")
                .filter(condition -> Json.text(condition, "reason").equals("IssuerNotFound"))
                .isPresent());

        apply(Types.ISSUER, NAMESPACE, "late", "{\"spec\":{\"ca\":{\"secretName\":\"ca\"}}}");

        await(() -> revision("early") == 1);
    }

    @Test
    void refusesTwoCertificatesForOneSecret() {
        leaf("leaf", "\"dnsNames\":[\"a.example\"]");
        apply(
                Types.CERTIFICATE,
                NAMESPACE,
                "thief",
                "{\"spec\":{\"secretName\":\"leaf\",\"issuerRef\":{\"name\":\"ca\"},\"dnsNames\":[\"b.example\"]}}");

        await(() -> Conditions.find(stored("thief"), "Ready")
                .filter(condition -> Json.text(condition, "reason").equals("DuplicateSecretName"))
                .isPresent());
        assertThat(revision("leaf")).isEqualTo(1);
    }

    @Test
    void makesRsaKeysAndIdentities() {
        leaf(
                "rsa",
                "\"commonName\":\"system:kube-scheduler\",\"subject\":{\"organizations\":[\"group\"]},\"usages\":[\"client auth\"],\"privateKey\":{\"algorithm\":\"RSA\",\"encoding\":\"PKCS8\"}");

        X509Certificate certificate = chain("rsa", "tls.crt").getFirst();
        assertThat(certificate.getPublicKey().getAlgorithm()).isEqualTo("RSA");
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=system:kube-scheduler,O=group");
        assertThat(Pem.entry(secret("rsa"), "tls.key")).startsWith("-----BEGIN PRIVATE KEY-----");
    }
}
