package aether.command;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ControlPlaneSettings;
import aether.domain.cluster.ExtraArgs;
import aether.domain.cluster.OidcSettings;
import aether.domain.nodepool.NodePoolEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestTest {

    private final RunningService service = RunningService.shared();

    static String tenant(String slug, String version, int nodes) {
        return """
                apiVersion: aetherplatform.cloud/v1alpha1
                kind: NodePool
                metadata: {name: workers, organization: %1$s, cluster: demo}
                spec: {node_count: %3$d, vcpus: 2, memory_gb: 4, disk_gb: 20}
                ---
                apiVersion: aetherplatform.cloud/v1alpha1
                kind: Cluster
                metadata: {name: demo, organization: %1$s}
                spec: {region: local, k8s_version: "%2$s"}
                ---
                apiVersion: aetherplatform.cloud/v1alpha1
                kind: Organization
                metadata: {name: %1$s}
                spec: {display_name: Some Company}
                """.formatted(slug, version, nodes);
    }

    private static List<String> outcomes(RunningService.Answer answer) {
        return answer.json()
                .get("items")
                .valueStream()
                .map(item ->
                        item.get("kind").asString() + " " + item.get("outcome").asString())
                .toList();
    }

    @Test
    void createsEverythingOnceAndThenFindsItUnchanged() {
        String slug = RunningService.slug("once");

        RunningService.Answer first = service.yaml("admin", tenant(slug, "1.33", 2));
        long after = service.head();
        RunningService.Answer second = service.yaml("admin", tenant(slug, "1.33", 2));

        assertThat(first.status()).as(first.body()).isEqualTo(200);
        assertThat(outcomes(first)).containsExactly("NodePool created", "Cluster created", "Organization created");
        assertThat(outcomes(second))
                .containsExactly("NodePool unchanged", "Cluster unchanged", "Organization unchanged");
        assertThat(first.position()).isEqualTo(after);
        assertThat(first.json().get("position").asString()).isEqualTo(Long.toString(after));
        assertThat(service.head()).isEqualTo(after);
        assertThat(second.json().get("items")).hasSize(3);
    }

    @Test
    void appliesTheExampleForNewcomers() throws IOException {
        RunningService.Answer answer = service.yaml("admin", Files.readString(Path.of("../examples/tenant.yaml")));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().get("items")).hasSize(3);
    }

    @Test
    void takesJsonAsOneDocumentOrAList() {
        String slug = RunningService.slug("json");
        String organization = """
                {"apiVersion":"aetherplatform.cloud/v1alpha1","kind":"Organization","metadata":{"name":"%s"}}""".formatted(slug);

        assertThat(outcomes(service.json("POST", "/api/v1/manifests", "admin", organization)))
                .containsExactly("Organization created");
        assertThat(outcomes(service.json("POST", "/api/v1/manifests", "admin", "[" + organization + "]")))
                .containsExactly("Organization unchanged");
    }

    @Test
    void scalesThePoolAndKeepsTheRest() {
        String slug = RunningService.slug("scale");
        RunningService.Answer first = service.yaml("admin", tenant(slug, "1.33", 2));

        RunningService.Answer second = service.yaml("admin", tenant(slug, "1.33", 3));

        assertThat(outcomes(second)).containsExactly("NodePool changed", "Cluster unchanged", "Organization unchanged");
        String pool = first.json().at("/items/0/id").asString();
        assertThat(service.stream("pool-" + pool))
                .last()
                .isInstanceOfSatisfying(
                        NodePoolEvent.NodePoolScaled.class,
                        scaled -> assertThat(scaled.max()).isEqualTo(3));
    }

    @Test
    void setsTheControlPlaneLeavesItAndTakesItAway() {
        String slug = RunningService.slug("settings");
        String plain = tenant(slug, "1.33", 2);
        String set = plain.replace("k8s_version: \"1.33\"}", """
                k8s_version: "1.33",
                  oidc: {issuer_url: "https://login.example", client_id: kubernetes, groups_claim: groups},
                  extra_args: {api_server: ["--event-ttl=2h"]}}""");
        String id = service.yaml("admin", set).json().at("/items/1/id").asString();
        ClusterEvent configured = new ClusterEvent.ControlPlaneConfigured(
                ClusterId.parse(id),
                new ControlPlaneSettings(
                        new OidcSettings("https://login.example", "kubernetes", "sub", "oidc:", "groups", "oidc:", ""),
                        new ExtraArgs(List.of("--event-ttl=2h"), List.of(), List.of())));
        assertThat(service.stream("cluster-" + id)).contains(configured);

        assertThat(outcomes(service.yaml("admin", set)))
                .containsExactly("NodePool unchanged", "Cluster unchanged", "Organization unchanged");
        assertThat(outcomes(service.yaml("admin", plain)))
                .containsExactly("NodePool unchanged", "Cluster unchanged", "Organization unchanged");
        RunningService.Answer refused =
                service.yaml("admin", set.replace("--event-ttl=2h", "--client-ca-file=/etc/passwd"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.field()).isEqualTo("documents[1].spec.extra_args.api_server");
        assertThat(refused.body()).contains("--client-ca-file may not").doesNotContain("passwd");
        RunningService.Answer http = service.yaml("admin", set.replace("https://login", "http://login"));
        assertThat(http.field()).isEqualTo("documents[1].spec.oidc.issuer_url");

        String none = plain.replace("k8s_version: \"1.33\"}", "k8s_version: \"1.33\", oidc: {}, extra_args: {}}");
        assertThat(outcomes(service.yaml("admin", none)))
                .containsExactly("NodePool unchanged", "Cluster changed", "Organization unchanged");
        assertThat(service.stream("cluster-" + id))
                .endsWith(new ClusterEvent.ControlPlaneConfigured(ClusterId.parse(id), ControlPlaneSettings.NONE));
    }

    @Test
    void theMembersOfEtcdAreChosenOnce() {
        String slug = RunningService.slug("members");
        String three =
                tenant(slug, "1.33", 2).replace("k8s_version: \"1.33\"", "k8s_version: \"1.33\", etcd: {members: 3}");
        RunningService.Answer two = service.yaml("admin", three.replace("members: 3", "members: 2"));
        assertThat(two.status()).isEqualTo(422);
        assertThat(two.field()).isEqualTo("documents[1].spec.etcd.members");

        String id = service.yaml("admin", three).json().at("/items/1/id").asString();
        assertThat(service.stream("cluster-" + id))
                .first()
                .isInstanceOfSatisfying(
                        ClusterEvent.ClusterRequested.class,
                        requested -> assertThat(requested.etcdMembers()).isEqualTo(3));
        assertThat(outcomes(service.yaml("admin", tenant(slug, "1.33", 2))))
                .containsExactly("NodePool unchanged", "Cluster unchanged", "Organization unchanged");
        RunningService.Answer one = service.yaml("admin", three.replace("members: 3", "members: 1"));
        assertThat(one.status()).isEqualTo(422);
        assertThat(one.body()).contains("Expected '3', which the cluster was made with and keeps, but got '1'");
    }

    @Test
    void refusesAnotherNodeSizeWithASentence() {
        String slug = RunningService.slug("shape");
        service.yaml("admin", tenant(slug, "1.33", 2));
        long before = service.head();

        RunningService.Answer answer =
                service.yaml("admin", tenant(slug, "1.33", 2).replace("vcpus: 2", "vcpus: 4"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.field()).isEqualTo("documents[0].spec.vcpus");
        assertThat(answer.body()).contains("another size means another pool");
        assertThat(service.head()).isEqualTo(before);
    }

    @Test
    void refusesToUpgradeWhileProvisioningAndAppendsNothing() {
        String slug = RunningService.slug("early");
        service.yaml("admin", tenant(slug, "1.33", 2));
        long before = service.head();

        RunningService.Answer answer = service.yaml("admin", tenant(slug, "1.34", 5));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("wrong_status");
        assertThat(answer.field()).isEqualTo("documents[1].spec.k8s_version");
        assertThat(service.head()).as("not even the scaling that was fine").isEqualTo(before);
    }

    @Test
    void namesTheOpenRegions() {
        String slug = RunningService.slug("region");
        long before = service.head();

        RunningService.Answer answer =
                service.yaml("admin", tenant(slug, "1.33", 2).replace("region: local", "region: mars"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.field()).isEqualTo("documents[1].spec.region");
        assertThat(answer.body()).contains("[local]").contains("mars");
        assertThat(service.head()).isEqualTo(before);
    }

    @ParameterizedTest(name = "{0} -> {1} at {4}")
    @CsvSource(
            delimiter = '|',
            value = {
                "an unknown field       | 400 | node_count: 2,   | node_count: 2, colour: red,  | documents[0].spec.colour",
                "a wrong type           | 400 | node_count: 2,   | node_count: two,             | documents[0].spec.node_count",
                "a missing field        | 400 | 'vcpus: 2, '     | ''                           | documents[0].spec.vcpus",
                "a number as version    | 400 | '\"1.33\"'       | 1.33                         | documents[1].spec.k8s_version",
                "an unsupported version | 422 | '\"1.33\"'       | '\"1.12\"'                   | documents[1].spec.k8s_version",
                "no version at all      | 422 | '\"1.33\"'       | '\"newest\"'                 | documents[1].spec.k8s_version",
                "too many nodes         | 422 | node_count: 2,   | node_count: 100000,          | documents[0].spec.node_count",
                "a number beyond 32 bit | 422 | node_count: 2,   | node_count: 99999999999999,  | documents[0].spec.node_count",
                "another API version    | 400 | cloud/v1alpha1   | cloud/v9                     | documents[0].apiVersion",
                "another kind           | 400 | kind: Cluster    | kind: Castle                 | documents[1].kind",
                "a bad name             | 422 | name: workers    | name: Work_ers               | documents[0].metadata.name",
                "a repeated key         | 400 | vcpus: 2         | 'vcpus: 2, vcpus: 2'         | body",
                "an alias               | 400 | vcpus: 2         | 'vcpus: &a 2, x: *a'         | body",
                "broken YAML            | 400 | kind: Cluster    | 'kind: [Cluster'             | body",
            })
    void refusesWith4xxAndNamesTheField(String what, int status, String part, String instead, String field) {
        String slug = RunningService.slug("bad");
        long before = service.head();

        RunningService.Answer answer =
                service.yaml("admin", tenant(slug, "1.33", 2).replace(part, instead));

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.field()).as(answer.body()).isEqualTo(field);
        assertThat(answer.body())
                .doesNotContain("Exception")
                .doesNotContain("aether.")
                .doesNotContain("java.");
        assertThat(service.head()).isEqualTo(before);
    }

    @Test
    void refusesNamesThatAreTooLong() {
        RunningService.Answer answer = service.yaml("admin", tenant("a".repeat(64), "1.33", 2));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).contains("64 characters");
    }

    @Test
    void refusesTheSameObjectTwiceInOneFile() {
        String slug = RunningService.slug("twice");
        String manifest = tenant(slug, "1.33", 2);

        RunningService.Answer answer = service.yaml("admin", manifest + "---\n" + manifest);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.field()).isEqualTo("documents[3].metadata.name");
        assertThat(answer.body()).contains("documents[0]");
    }

    @Test
    void refusesBodiesBeyondTheLimitAndBeyondTheDepth() {
        assertThat(service.yaml("admin", "# " + "x".repeat(300_000)).status()).isEqualTo(413);
        assertThat(service.yaml("admin", "a: " + "[".repeat(1_000)).status()).isEqualTo(400);
        assertThat(service.json("POST", "/api/v1/manifests", "admin", "[".repeat(1_000))
                        .status())
                .isEqualTo(400);
        assertThat(service.yaml("admin", "--- {}\n".repeat(200)).status()).isEqualTo(400);
        assertThat(service.yaml("admin", "").status()).isEqualTo(400);
    }

    @Test
    void refusesYamlThatClaimsToBeJsonAndOtherMediaTypes() {
        String slug = RunningService.slug("media");

        assertThat(service.json("POST", "/api/v1/manifests", "admin", tenant(slug, "1.33", 2))
                        .code())
                .isEqualTo("not_json");
        assertThat(service.send("POST", "/api/v1/manifests", "admin", "text/html", "<p>")
                        .status())
                .isEqualTo(415);
        assertThat(service.send("POST", "/api/v1/manifests", "admin", null, "a: b")
                        .status())
                .isEqualTo(415);
    }

    @Test
    void namesAClusterThatIsNotThere() {
        String slug = RunningService.slug("pool");
        service.yaml("admin", tenant(slug, "1.33", 2));

        RunningService.Answer answer = service.yaml("admin", """
                apiVersion: aetherplatform.cloud/v1alpha1
                kind: NodePool
                metadata: {name: more, organization: %s, cluster: elsewhere}
                spec: {min_nodes: 1, max_nodes: 3, vcpus: 2, memory_gb: 4, disk_gb: 20}
                """.formatted(slug));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.field()).isEqualTo("documents[0].metadata.cluster");
    }

    @Test
    void makesEverythingOnceWhenTenApplyTheSameAtOnce() throws Exception {
        String slug = RunningService.slug("race");
        String manifest = tenant(slug, "1.33", 2);
        long before = service.head();
        Callable<RunningService.Answer> apply = () -> service.yaml("admin", manifest);
        List<Future<RunningService.Answer>> answers;
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            answers = executor.invokeAll(
                    IntStream.range(0, 10).mapToObj(ignored -> apply).toList());
        }

        for (Future<RunningService.Answer> answer : answers) {
            assertThat(answer.get().status()).as(answer.get().body()).isEqualTo(200);
        }
        assertThat(service.eventsFrom(before + 1).stream()
                        .map(event -> service.codec().decode(event.type(), event.revision(), event.payload()))
                        .filter(event -> event instanceof ClusterEvent.ClusterRequested
                                || event instanceof NodePoolEvent.NodePoolRequested))
                .hasSize(2);
    }
}
