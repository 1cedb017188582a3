package aether.command;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.audit.AuditEvent;
import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.network.NetworkCommand;
import aether.domain.network.NetworkEvent;
import aether.domain.organization.OrganizationEvent;
import aether.format.EventMetadata;
import aether.format.JsonCommandCodec;
import aether.format.StoredEvent;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiTest {

    private static final JsonCommandCodec COMMANDS = new JsonCommandCodec();

    private final RunningService service = RunningService.shared();

    private String organization() {
        String slug = RunningService.slug("org");
        RunningService.Answer answer =
                service.json("POST", "/api/v1/organizations", "admin", "{\"slug\":\"" + slug + "\"}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return slug;
    }

    private RunningService.Answer cluster(String organization, String name, String... headers) {
        return service.send(
                "POST",
                "/api/v1/organizations/" + organization + "/clusters",
                "admin",
                "application/json",
                "{\"name\":\"" + name + "\",\"region\":\"local\",\"k8s_version\":\"1.33.2\"}",
                headers);
    }

    private RunningService.Answer internal(String token, UUID commandId, aether.domain.kernel.Command command) {
        return service.json(
                "POST",
                "/internal/v1/commands",
                token,
                "{\"command_id\":\"" + commandId + "\",\"type\":\"" + COMMANDS.nameOf(command) + "\",\"command\":"
                        + COMMANDS.tree(command) + "}");
    }

    @Test
    void leadsACustomerFromOrganizationToPoolAndBack() {
        String slug = organization();
        RunningService.Answer cluster = cluster(slug, "prod");
        assertThat(cluster.status()).as(cluster.body()).isEqualTo(201);
        assertThat(cluster.json().get("status").asString()).isEqualTo("provisioning");
        assertThat(cluster.response().headers().firstValue("Location")).isPresent();
        String path = "/api/v1/organizations/" + slug + "/clusters/prod";

        RunningService.Answer pool = service.json(
                "POST",
                path + "/node-pools",
                "admin",
                "{\"name\":\"a\",\"min_nodes\":1,\"max_nodes\":3,\"vcpus\":2,\"memory_gb\":4,\"disk_gb\":20}");
        assertThat(pool.status()).as(pool.body()).isEqualTo(201);
        RunningService.Answer scaled =
                service.json("PUT", path + "/node-pools/a", "admin", "{\"node_count\":2,\"vcpus\":2}");
        assertThat(scaled.status()).as(scaled.body()).isEqualTo(200);
        assertThat(scaled.json().get("max_nodes").asInt()).isEqualTo(2);
        RunningService.Answer reshaped =
                service.json("PUT", path + "/node-pools/a", "admin", "{\"node_count\":2,\"vcpus\":8}");
        assertThat(reshaped.status()).isEqualTo(422);
        assertThat(reshaped.field()).isEqualTo("vcpus");
        assertThat(service.send("DELETE", path + "/node-pools/a", "admin", null, null)
                        .status())
                .isEqualTo(202);

        RunningService.Answer upgrade =
                service.json("POST", path + "/upgrade", "admin", "{\"target_version\":\"1.34\"}");
        assertThat(upgrade.status()).isEqualTo(409);
        assertThat(upgrade.field()).isEqualTo("target_version");
        RunningService.Answer renamed = service.json("PUT", path, "admin", "{\"name\":\"other\"}");
        assertThat(renamed.status()).isEqualTo(422);
        assertThat(service.json("PUT", path, "admin", "{\"k8s_version\":\"1.33.2\"}")
                        .status())
                .isEqualTo(200);
        RunningService.Answer deleted = service.send("DELETE", path, "admin", null, null);
        assertThat(deleted.status()).isEqualTo(202);
        assertThat(deleted.json().get("status").asString()).isEqualTo("deleting");
        assertThat(deleted.position()).isEqualTo(service.head());
    }

    @Test
    void refusesANameThatIsTakenButNotARetryWithTheSameKey() {
        String slug = organization();

        RunningService.Answer first = cluster(slug, "one", "Idempotency-Key", "k-1");
        RunningService.Answer again = cluster(slug, "one", "Idempotency-Key", "k-1");
        RunningService.Answer other = cluster(slug, "one");

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.json().get("id")).isEqualTo(first.json().get("id"));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.code()).isEqualTo("name_taken");
        assertThat(other.field()).isEqualTo("name");
    }

    @Test
    void writesOnEveryEventWhoAndWhy() {
        String slug = organization();
        long before = service.head();
        UUID requestId = UUID.randomUUID();

        RunningService.Answer answer = cluster(
                slug,
                "meta",
                "X-Request-Id",
                requestId.toString(),
                "traceparent",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        String id = answer.json().get("id").asString();
        String organization = answer.json().get("org_id").asString();
        StoredEvent event = service.eventsFrom(before + 1).stream()
                .filter(stored -> stored.stream().equals("cluster-" + id))
                .findFirst()
                .orElseThrow();
        EventMetadata metadata = service.codec().decodeMetadata(event.metadata());
        assertThat(metadata.actorType()).isEqualTo("platform");
        assertThat(metadata.actor()).isEqualTo("admin");
        assertThat(metadata.organization()).isEqualTo(organization);
        assertThat(metadata.tenant()).isEqualTo(id);
        assertThat(metadata.requestId()).isEqualTo(requestId.toString());
        assertThat(metadata.sourceAddress()).isEqualTo("127.0.0.1");
        assertThat(metadata.correlationId()).isEqualTo(requestId);
        assertThat(metadata.commandId()).isNotNull();
        assertThat(metadata.traceparent()).startsWith("00-0af7");
        assertThat(answer.response().headers().firstValue("X-Request-Id")).contains(requestId.toString());
    }

    @Test
    void takesAWorkersReportsAndDropsRepeats() {
        String slug = organization();
        ClusterId id = ClusterId.parse(cluster(slug, "w").json().get("id").asString());
        UUID commandId = UUID.randomUUID();
        var allocate = new NetworkCommand.AllocateNetwork("local", id);

        RunningService.Answer first = internal("workers", commandId, allocate);
        long after = service.head();
        RunningService.Answer repeat = internal("workers", commandId, allocate);

        assertThat(first.status()).as(first.body()).isEqualTo(200);
        assertThat(first.json().get("outcome").asString()).isEqualTo("accepted");
        assertThat(first.json().get("position").asString()).isEqualTo(Long.toString(after));
        assertThat(repeat.json().get("outcome").asString()).isEqualTo("accepted");
        assertThat(service.head()).isEqualTo(after);
        StoredEvent allocated = service.eventsFrom(after).getFirst();
        EventMetadata metadata = service.codec().decodeMetadata(allocated.metadata());
        assertThat(metadata.actorType()).isEqualTo("worker");
        assertThat(metadata.tenant()).isEqualTo(id.toString());
        assertThat(metadata.organization()).as("found in the log").isNotNull();
        assertThat(service.stream("region-local"))
                .anyMatch(event -> event instanceof NetworkEvent.NetworkAllocated network
                        && network.clusterId().equals(id));
    }

    @Test
    void answersAWorkerWhatTheDomainRefuses() {
        ClusterId nobody = new ClusterId(UUID.randomUUID());

        RunningService.Answer answer = internal("workers", UUID.randomUUID(), new ClusterCommand.MarkRunning(nobody));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("outcome").asString()).isEqualTo("refused");
        assertThat(answer.json().get("code").asString()).isEqualTo("cluster_unknown");
    }

    @Test
    void refusesAWorkerTheCommandOfACustomer() {
        ClusterId id = new ClusterId(UUID.randomUUID());

        for (var command : List.of(
                new ClusterCommand.DeleteCluster(id),
                new ClusterCommand.UpgradeCluster(id, KubernetesVersion.SUPPORTED.getLast()))) {
            RunningService.Answer answer = internal("workers", UUID.randomUUID(), command);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.code()).isEqualTo("forbidden");
        }
        assertThat(internal("archiver", UUID.randomUUID(), new ClusterCommand.MarkRunning(id))
                        .status())
                .isEqualTo(403);
        assertThat(internal("admin", UUID.randomUUID(), new ClusterCommand.MarkRunning(id))
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "no JSON             | {                                                              | body",
                "no object           | [1]                                                            | body",
                "no id               | {\"type\":\"cluster.delete\",\"command\":{}}                    | command_id",
                "an unknown type     | {\"command_id\":\"ID\",\"type\":\"x\",\"command\":{}}          | type",
                "a missing part      | {\"command_id\":\"ID\",\"type\":\"cluster.mark-running\",\"command\":{}} | command.cluster_id",
                "an unknown part     | {\"command_id\":\"ID\",\"type\":\"cluster.mark-running\",\"command\":{\"cluster_id\":\"ID\",\"a\":1}} | command.a",
                "an unknown field    | {\"command_id\":\"ID\",\"type\":\"cluster.mark-running\",\"command\":{\"cluster_id\":\"ID\"},\"b\":1} | b",
            })
    void namesWhatIsWrongWithAServiceCommand(String what, String body, String field) {
        RunningService.Answer answer = service.json(
                "POST", "/internal/v1/commands", "workers", body.replace("ID", "5b0c3c5e-0f5f-4a0e-9f7e-0d3a3e6b8f10"));

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.field()).as(answer.body()).isEqualTo(field);
    }

    @Test
    void letsACustomerTouchOnlyItsOwn() {
        String other = organization();
        service.yaml("admin", ManifestTest.tenant("umbrella", "1.33", 1));

        assertThat(service.json("PUT", "/api/v1/organizations/umbrella/clusters/demo", "umbrella-ci", "{}")
                        .status())
                .isEqualTo(200);
        RunningService.Answer foreign =
                service.json("PUT", "/api/v1/organizations/" + other + "/clusters/demo", "umbrella-ci", "{}");
        RunningService.Answer manifest = service.yaml("umbrella-ci", ManifestTest.tenant(other, "1.33", 1));
        RunningService.Answer registration =
                service.json("POST", "/api/v1/organizations", "umbrella-ci", "{\"slug\":\"mine\"}");

        assertThat(foreign.status()).isEqualTo(403);
        assertThat(manifest.status()).isEqualTo(403);
        assertThat(manifest.field()).isEqualTo("documents[0].metadata.organization");
        assertThat(registration.status()).isEqualTo(403);
        assertThat(service.yaml("workers", "a: b").status()).isEqualTo(403);
    }

    @Test
    void refusesStrangersAndEntersItIntoTheTrailWithoutWhatTheySent() throws InterruptedException {
        long before = service.head();

        RunningService.Answer without = service.send("POST", "/api/v1/manifests", null, "application/yaml", "a: b");
        RunningService.Answer wrong = service.yaml("aether_" + "0".repeat(64), "secret: input");

        assertThat(without.status()).isEqualTo(401);
        assertThat(without.code()).isEqualTo("unauthenticated");
        assertThat(without.response().headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(service.reader().awaitAfter(before, java.time.Duration.ofSeconds(10)))
                .isTrue();
        assertThat(service.stream("audit-command-1"))
                .anySatisfy(event -> assertThat(event)
                        .isEqualTo(new AuditEvent.RequestRefused(
                                "command-1", "127.0.0.1", "POST /api/v1/manifests", "unauthenticated")))
                .noneMatch(event -> event.toString().contains("secret"));
    }

    @Test
    void limitsTheRateOfACustomerButNotOfThePlatform() {
        int[] statuses = new int[30];
        for (int i = 0; i < statuses.length; i++) {
            statuses[i] = service.json("PUT", "/api/v1/organizations/nowhere/clusters/x", "hasty", "{}")
                    .status();
            assertThat(service.json("PUT", "/api/v1/organizations/nowhere/clusters/x", "admin", "{}")
                            .status())
                    .isEqualTo(404);
        }

        assertThat(statuses[0]).isEqualTo(403);
        assertThat(statuses).contains(429);
    }

    @Test
    void answersUnknownRoutesMethodsAndPathsWithTheErrorBody() {
        assertThat(service.get("/nothing/here", "admin").code()).isEqualTo("route_unknown");
        RunningService.Answer method = service.send("PATCH", "/api/v1/manifests", "admin", null, null);
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.code()).isEqualTo("method_not_allowed");
        assertThat(service.get("/api/v1/organizations/none/clusters/x/kubeconfig", "admin")
                        .code())
                .isEqualTo("organization_unknown");
        String slug = organization();
        RunningService.Answer unknown =
                service.json("PUT", "/api/v1/organizations/" + slug + "/clusters/none", "admin", "{}");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.code()).isEqualTo("cluster_unknown");
    }

    @Test
    void saysThatThereIsNoManagementCluster() {
        String slug = organization();
        cluster(slug, "kc");

        RunningService.Answer answer =
                service.get("/api/v1/organizations/" + slug + "/clusters/kc/kubeconfig", "admin");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("management_cluster_unavailable");
    }

    @Test
    void letsTheDomainRefuseTheFirstCommandOfAStream() {
        long before = service.head();
        String slug = RunningService.slug("blank");

        RunningService.Answer answer =
                service.json("POST", "/api/v1/organizations", "admin", "{\"slug\":\"" + slug + "\",\"name\":\" \"}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("invalid_display_name");
        assertThat(answer.field()).isEqualTo("name");
        assertThat(service.eventsFrom(before + 1))
                .noneMatch(event -> event.stream().startsWith("slug-" + slug));
        assertThat(service.json("POST", "/api/v1/organizations", "admin", "{\"slug\":\"" + slug + "\"}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void renamesAnOrganization() {
        String slug = organization();

        RunningService.Answer answer =
                service.json("PUT", "/api/v1/organizations/" + slug, "admin", "{\"name\":\"New Name\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(service.stream("organization-" + answer.json().get("id").asString()))
                .last()
                .isInstanceOf(OrganizationEvent.OrganizationRenamed.class);
    }

    @Test
    void opensTheConfiguredRegionOnce() {
        assertThat(service.stream("region-local").stream().filter(event -> event instanceof NetworkEvent.RegionOpened))
                .hasSize(1);
    }

    @Test
    void saysThatItIsWell() {
        RunningService.Answer answer = service.send("GET", "/healthz", null, null, null);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/status").asString()).isEqualTo("ok");
        assertThat(answer.json().at("/door").isObject()).isTrue();
    }

    @Test
    void decidesRefusalsOnWhatTheLogSaysNowEvenWhenAnotherProcessWroteIt() {
        String slug = organization();
        ClusterId id = ClusterId.parse(cluster(slug, "two").json().get("id").asString());
        assertThat(internal("workers", UUID.randomUUID(), new ClusterCommand.MarkRunning(id))
                        .json()
                        .get("code")
                        .asString())
                .isEqualTo("stage_not_reached");
        try (RunningService second = RunningService.on(
                service.database.url(),
                aether.embedded.postgres.TestPostgres.server().owner().user(),
                aether.embedded.postgres.TestPostgres.server().owner().password(),
                java.util.Map.of("aether.command.instance", "command-2"))) {
            second.json("DELETE", "/api/v1/organizations/" + slug + "/clusters/two", "admin", "");
            assertThat(second.stream(id.stream())).last().isInstanceOf(ClusterEvent.ClusterDeletionRequested.class);
        }

        RunningService.Answer answer = service.json(
                "POST",
                "/api/v1/organizations/" + slug + "/clusters/two/upgrade",
                "admin",
                "{\"target_version\":\"1.33.5\"}");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body()).contains("deleting");
    }
}
