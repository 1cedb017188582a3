package aether.sandbox.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import aether.sandbox.Sandbox;
import aether.sandbox.SandboxSettings;
import aether.sandbox.SandboxTimings;
import aether.sandbox.journal.Json;
import aether.sandbox.kubernetes.Patch;
import aether.sandbox.kubernetes.ResourceType;
import aether.sandbox.kubernetes.Types;
import aether.sandbox.kubernetes.WriteOptions;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** A CertificateRequest that somebody makes by hand, as cert-manager's CA issuer treats it. */
class CertificateRequestTest {

    private static final String NAMESPACE = "tenant-a";
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir
    Path directory;

    private static void apply(Sandbox sandbox, ResourceType type, String namespace, String name, String body) {
        WriteOptions force = new WriteOptions("aether", "", true, false, Json.object());
        var unused = sandbox.management().patch(type, namespace, name, new Patch.Apply(Json.parseObject(body)), force);
    }

    private static String request(KeyPair subject, KeyPair signer) throws Exception {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(new JcaPKCS10CertificationRequestBuilder(
                            new X500Name("O=web:developers,O=others,CN=aether:1"), subject.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
        }
        return Base64.getEncoder().encodeToString(text.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static void ask(Sandbox sandbox, String name, String request) {
        apply(sandbox, Types.CERTIFICATE_REQUEST, NAMESPACE, name, """
                {"spec":{"request":"%s","duration":"2h","usages":["digital signature","client auth"],
                "issuerRef":{"group":"cert-manager.io","kind":"Issuer","name":"ca"}}}""".formatted(request));
    }

    private static ObjectNode ended(Sandbox sandbox, String name) {
        Instant bound = Instant.now().plus(Duration.ofSeconds(30));
        while (Instant.now().isBefore(bound)) {
            ObjectNode request = sandbox.management()
                    .find(Types.CERTIFICATE_REQUEST, NAMESPACE, name)
                    .orElseThrow();
            boolean over = Json.at(request, "status", "conditions")
                    .valueStream()
                    .anyMatch(condition -> List.of("Issued", "Failed").contains(Json.text(condition, "reason")));
            if (over) {
                return request;
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
        throw new AssertionError("Expected " + name + " to be signed or refused, but it waits");
    }

    private static X509Certificate certificate(ObjectNode request, String entry) {
        List<X509Certificate> chain = Pem.certificates(
                new String(Base64.getDecoder().decode(Json.text(request, "status", entry)), StandardCharsets.US_ASCII));
        assertThat(chain).as(entry).hasSize(1);
        return chain.getFirst();
    }

    @Test
    void isSignedOnceAsItAsksAndOnlyForWhoHasTheKey() throws Exception {
        KeyPair key = KeyPairGenerator.getInstance("EC").generateKeyPair();
        KeyPair another = KeyPairGenerator.getInstance("EC").generateKeyPair();
        try (Sandbox sandbox =
                Sandbox.start(new SandboxSettings(directory, 0, () -> NOW, new Random(3), SandboxTimings.IMMEDIATE))) {
            apply(sandbox, Types.NAMESPACE, "", NAMESPACE, "{}");
            ask(sandbox, "before-its-issuer", request(key, key));
            apply(sandbox, Types.ISSUER, NAMESPACE, "self", "{\"spec\":{\"selfSigned\":{}}}");
            apply(sandbox, Types.CERTIFICATE, NAMESPACE, "ca", """
                    {"spec":{"isCA":true,"secretName":"ca","commonName":"ca","duration":"8760h","issuerRef":{"name":"self"}}}""");
            apply(sandbox, Types.ISSUER, NAMESPACE, "ca", "{\"spec\":{\"ca\":{\"secretName\":\"ca\"}}}");

            ObjectNode signed = ended(sandbox, "before-its-issuer");
            X509Certificate leaf = certificate(signed, "certificate");
            leaf.verify(certificate(signed, "ca").getPublicKey());
            assertThat(leaf.getPublicKey()).isEqualTo(key.getPublic());
            assertThat(leaf.getSubjectX500Principal().getName())
                    .contains("CN=aether:1", "O=web:developers", "O=others");
            assertThat(leaf.getNotAfter().toInstant()).isEqualTo(NOW.plus(Duration.ofHours(2)));
            assertThat(leaf.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");

            ask(sandbox, "of-another-key", request(key, another));
            assertThat(Json.text(ended(sandbox, "of-another-key"), "status", "certificate"))
                    .isEmpty();
            ask(sandbox, "no-request", "bm9uZQ==");
            assertThat(Json.text(ended(sandbox, "no-request"), "status", "certificate"))
                    .isEmpty();
        }
    }
}
