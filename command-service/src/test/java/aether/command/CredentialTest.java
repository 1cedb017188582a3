package aether.command;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.CredentialReason;
import aether.domain.kernel.Command;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.network.NetworkCommand;
import aether.format.JsonCommandCodec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Short-lived kubeconfigs, from a cert-manager that signs, refuses, or says nothing. */
class CredentialTest {

    private static final JsonCommandCodec COMMANDS = new JsonCommandCodec();
    private static final String ADMINISTRATORS = """
            apiVersion: v1
            clusters:
            - name: demo
              cluster:
                server: https://10.2.0.2:6443
                certificate-authority-data: QVVUSE9SSVRZ
            users:
            - name: demo-admin
              user:
                client-certificate-data: QURNSU4=
                client-key-data: QURNSU4tS0VZ
            """;
    private static final String WANTED =
            "{\"groups\":[\"web:developers\"],\"hours\":2,\"reason\":\"incident\",\"reference\":\"INC-17\"}";

    private final SigningCluster cluster = new SigningCluster();

    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    void start() throws IOException {
        cluster.start();
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private RunningService service(String... more) throws IOException {
        Path token = Files.writeString(directory.resolve("token"), "mgmt\n");
        Map<String, String> settings = new HashMap<>(Map.of(
                "aether.command.management-cluster.url",
                cluster.url(),
                "aether.command.management-cluster.token-file",
                token.toString()));
        for (int next = 0; next < more.length; next += 2) {
            settings.put(more[next], more[next + 1]);
        }
        return RunningService.start(settings);
    }

    private ClusterId serving(RunningService service, String slug) {
        RunningService.Answer applied = service.yaml("admin", ManifestTest.tenant(slug, "1.33", 1));
        ClusterId id = ClusterId.parse(applied.json().at("/items/1/id").asString());
        for (Command report : List.of(
                new NetworkCommand.AllocateNetwork("local", id),
                new ClusterCommand.PublishEndpoint(id, "10.2.0.2", 6443),
                new ClusterCommand.RequestCertificates(id),
                new ClusterCommand.RecordCertificatesIssued(id, 1, "ab", Instant.EPOCH),
                new ClusterCommand.RequestControlPlane(id),
                new ClusterCommand.RecordControlPlaneReady(
                        id, 1, KubernetesVersion.parse("1.33").orElseThrow()))) {
            assertThat(service.json(
                                    "POST",
                                    "/internal/v1/commands",
                                    "workers",
                                    "{\"command_id\":\"" + UUID.randomUUID() + "\",\"type\":\""
                                            + COMMANDS.nameOf(report) + "\",\"command\":" + COMMANDS.tree(report) + "}")
                            .status())
                    .isEqualTo(200);
        }
        cluster.kubeconfig("tenant-" + id, ADMINISTRATORS);
        return id;
    }

    private static String path(String slug) {
        return "/api/v1/organizations/" + slug + "/clusters/demo/kubeconfigs";
    }

    private static byte[] entry(String kubeconfig, String name) {
        Matcher found = Pattern.compile(name + ": (\\S+)").matcher(kubeconfig);
        assertThat(found.find()).isTrue();
        return Base64.getDecoder().decode(found.group(1));
    }

    @Test
    void isSignedForWhatWasAskedAndEnteredBeforeItLeaves() throws Exception {
        try (RunningService service = service()) {
            ClusterId id = serving(service, "signed");

            RunningService.Answer answer = service.json("POST", path("signed"), "admin", WANTED);

            assertThat(answer.status()).as(answer.body()).isEqualTo(201);
            assertThat(answer.response().headers().firstValue("Cache-Control")).contains("no-store");
            X509Certificate leaf = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(entry(answer.body(), "client-certificate-data")));
            String credential =
                    answer.response().headers().firstValue("Aether-Credential").orElseThrow();
            assertThat(leaf.getSubjectX500Principal().getName())
                    .isEqualTo("CN=aether:" + credential + ",O=web:developers");
            assertThat(Duration.between(
                            leaf.getNotBefore().toInstant(), leaf.getNotAfter().toInstant()))
                    .isEqualTo(Duration.ofHours(2));
            assertThat(new String(entry(answer.body(), "client-key-data"), StandardCharsets.US_ASCII))
                    .startsWith("-----BEGIN PRIVATE KEY-----");
            assertThat(answer.body())
                    .contains("server: https://10.2.0.2:6443", "certificate-authority-data: QVVUSE9SSVRZ")
                    .doesNotContain("QURNSU4");
            assertThat(cluster.asked()).containsExactly("cluster-ca 2h [digital signature, client auth]");
            assertThat(cluster.left()).as("requests that were not taken away").isZero();
            assertThat(service.stream(id.stream()))
                    .last()
                    .isInstanceOfSatisfying(ClusterEvent.CredentialIssued.class, issued -> {
                        assertThat(issued.credentialId()).hasToString(credential);
                        assertThat(issued.groups()).containsExactly("web:developers");
                        assertThat(issued.notAfter())
                                .isEqualTo(leaf.getNotAfter().toInstant());
                        assertThat(issued.reason()).isEqualTo(CredentialReason.INCIDENT);
                        assertThat(issued.reference()).isEqualTo("INC-17");
                    });
            assertThat(answer.position()).isEqualTo(service.head());
        }
    }

    @Test
    void nothingLeavesThatWasRefusedOrIsAgainstARule() throws Exception {
        try (RunningService service = service()) {
            serving(service, "refusing");
            long before = service.head();

            RunningService.Answer masters =
                    service.json("POST", path("refusing"), "admin", WANTED.replace("web:developers", "system:masters"));
            assertThat(masters.status()).as(masters.body()).isEqualTo(422);
            assertThat(masters.code()).isEqualTo("invalid_groups");
            RunningService.Answer forEver =
                    service.json("POST", path("refusing"), "admin", WANTED.replace(":2,", ":25,"));
            assertThat(forEver.field()).isEqualTo("hours");
            RunningService.Answer aName =
                    service.json("POST", path("refusing"), "admin", WANTED.replace("INC-17", "Anna asked me"));
            assertThat(aName.code()).isEqualTo("invalid_reference");
            assertThat(cluster.asked()).isEmpty();

            cluster.deny("not in this namespace");
            RunningService.Answer denied = service.json("POST", path("refusing"), "admin", WANTED);
            assertThat(denied.status()).isEqualTo(502);
            assertThat(denied.code()).isEqualTo("signing_refused");
            assertThat(denied.body()).contains("not in this namespace");
            cluster.close();
            assertThat(service.json("POST", path("refusing"), "admin", WANTED).status())
                    .isEqualTo(503);
            assertThat(service.head()).isEqualTo(before);
        }
    }

    @Test
    void noneLeavesBeforeItIsSealedWhereSecretsAreStrict() throws Exception {
        try (RunningService service = service(
                "aether.command.strict.classes", "secret-reads",
                "aether.command.strict.time-limit", "500ms",
                "aether.command.strict.archivers", "http://127.0.0.1:1")) {
            ClusterId id = serving(service, "strict");

            RunningService.Answer pending = service.json("POST", path("strict"), "admin", WANTED);

            assertThat(pending.status()).as(pending.body()).isEqualTo(202);
            assertThat(pending.body()).contains("\"accepted\":true").doesNotContain("client-key-data");
            assertThat(service.stream(id.stream())).last().isInstanceOf(ClusterEvent.CredentialIssued.class);
        }
    }

    @Test
    void aClusterThatDoesNotServeLetsNobodyIn() throws Exception {
        try (RunningService service = service()) {
            service.yaml("admin", ManifestTest.tenant("early", "1.33", 1));

            RunningService.Answer early = service.json("POST", path("early"), "admin", WANTED);

            assertThat(early.status()).isEqualTo(409);
            assertThat(early.code()).isEqualTo("wrong_status");
        }
    }
}
