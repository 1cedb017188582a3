package aether.command;

import static org.assertj.core.api.Assertions.assertThat;

import aether.command.access.Principal;
import aether.command.audit.ClockSteps;
import aether.command.privacy.Pseudonyms;
import aether.domain.audit.AuditEvent;
import aether.domain.network.NetworkEvent;
import aether.domain.organization.OrganizationEvent;
import aether.format.EventMetadata;
import aether.format.StoredEvent;
import aether.store.log.ClockStep;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ApiTest {

    private final RunningService service = RunningService.shared();

    @Test
    void leadsACustomerFromOrganizationToPoolAndBack() {
        String slug = service.organization();
        RunningService.Answer cluster = service.cluster(slug, "prod");
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
        RunningService.Answer configured = service.json(
                "PUT", path, "admin", "{\"oidc\":{\"issuer_url\":\"https://login.example\",\"client_id\":\"k\"}}");
        assertThat(configured.status()).as(configured.body()).isEqualTo(200);
        assertThat(configured.json().at("/oidc/username_prefix").asString()).isEqualTo("oidc:");
        RunningService.Answer unfit =
                service.json("PUT", path, "admin", "{\"extra_args\":{\"scheduler\":[\"--config=/a\"]}}");
        assertThat(unfit.status()).isEqualTo(422);
        assertThat(unfit.field()).isEqualTo("extra_args.scheduler");
        RunningService.Answer deleted = service.send("DELETE", path, "admin", null, null);
        assertThat(deleted.status()).isEqualTo(202);
        assertThat(deleted.json().get("status").asString()).isEqualTo("deleting");
        assertThat(deleted.position()).isEqualTo(service.head());
    }

    @Test
    void refusesANameThatIsTakenButNotARetryWithTheSameKey() {
        String slug = service.organization();

        RunningService.Answer first = service.cluster(slug, "one", "Idempotency-Key", "k-1");
        RunningService.Answer again = service.cluster(slug, "one", "Idempotency-Key", "k-1");
        RunningService.Answer other = service.cluster(slug, "one");

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.json().get("id")).isEqualTo(first.json().get("id"));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.code()).isEqualTo("name_taken");
        assertThat(other.field()).isEqualTo("name");
    }

    @Test
    void writesOnEveryEventWhoAndWhy() {
        String slug = service.organization();
        long before = service.head();
        UUID requestId = UUID.randomUUID();

        RunningService.Answer answer = service.cluster(
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
        assertThat(service.bean(Pseudonyms.class).shown(metadata.actor())).isEqualTo("admin");
        assertThat(metadata.organization()).isEqualTo(organization);
        assertThat(metadata.tenant()).isEqualTo(id);
        assertThat(metadata.requestId()).isEqualTo(requestId.toString());
        assertThat(service.address(event)).contains("127.0.0.1");
        assertThat(metadata.correlationId()).isEqualTo(requestId);
        assertThat(metadata.commandId()).isNotNull();
        assertThat(metadata.traceparent()).startsWith("00-0af7");
        assertThat(answer.response().headers().firstValue("X-Request-Id")).contains(requestId.toString());
    }

    @Test
    void letsACustomerTouchOnlyItsOwn() {
        String other = service.organization();
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
        assertThat(service.reader().awaitAfter(before, Duration.ofSeconds(10))).isTrue();
        assertThat(service.stream("audit-command-1"))
                .anySatisfy(event -> assertThat(event)
                        .isEqualTo(new AuditEvent.RequestRefused(
                                "command-1",
                                service.bean(Pseudonyms.class).of(Principal.address("127.0.0.1")),
                                "POST /api/v1/manifests",
                                "unauthenticated")))
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
        String slug = service.organization();
        RunningService.Answer unknown =
                service.json("PUT", "/api/v1/organizations/" + slug + "/clusters/none", "admin", "{}");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.code()).isEqualTo("cluster_unknown");
    }

    @Test
    void saysThatThereIsNoManagementCluster() {
        String slug = service.organization();
        service.cluster(slug, "kc");

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
        String slug = service.organization();

        RunningService.Answer answer =
                service.json("PUT", "/api/v1/organizations/" + slug, "admin", "{\"name\":\"New Name\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(service.stream("organization-" + answer.json().get("id").asString()))
                .last()
                .isInstanceOf(OrganizationEvent.OrganizationRenamed.class);
    }

    @Test
    void entersAStepOfTheClockOnce() throws InterruptedException {
        long before = service.head();
        ClockStep step = new ClockStep(before, 1_000_000, 9_000_000, 9_000_000);

        service.bean(ClockSteps.class).accept(step);
        service.bean(ClockSteps.class).accept(step);
        service.bean(ClockSteps.class).accept(new ClockStep(before + 1, 20_000_000, 2_000_000, 20_000_000));

        do {
            assertThat(service.reader().awaitAfter(before++, Duration.ofSeconds(10)))
                    .isTrue();
        } while (!service.stream("audit-command-1").contains(new AuditEvent.ClockStepped("command-1", 18_000_000)));
        assertThat(service.stream("audit-command-1"))
                .containsOnlyOnce(new AuditEvent.ClockStepped("command-1", -8_000_000));
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
}
