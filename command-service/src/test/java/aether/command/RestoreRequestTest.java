package aether.command;

import static org.assertj.core.api.Assertions.assertThat;

import aether.command.dispatch.Actor;
import aether.command.dispatch.CommandContext;
import aether.command.dispatch.CommandDispatcher;
import aether.command.dispatch.CommandEnvelope;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterSnapshot;
import aether.domain.kernel.Outcome;
import aether.domain.organization.OrganizationCommand;
import aether.domain.organization.OrganizationId;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cluster that is to begin with a snapshot, asked for by manifest and by REST. */
class RestoreRequestTest {

    private static final String SNAPSHOT = "etcd-snapshot-29412345";

    private final RunningService service = RunningService.shared();

    private static String manifest(String slug, String version, String cluster, String snapshot) {
        return """
                apiVersion: aetherplatform.cloud/v1alpha1
                kind: Cluster
                metadata: {name: again, organization: %s}
                spec:
                  region: local
                  k8s_version: "%s"
                  restore_from: {cluster: "%s", snapshot: "%s"}
                """.formatted(slug, version, cluster, snapshot);
    }

    private static String rest(String version, String cluster, String snapshot) {
        return """
                {"name": "again", "region": "local", "k8s_version": "%s",
                 "restore_from": {"cluster": "%s", "snapshot": "%s"}}
                """.formatted(version, cluster, snapshot);
    }

    private String cluster(String slug, String name) {
        RunningService.Answer made = service.cluster(slug, name);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json().get("id").asString();
    }

    private RunningService.Answer post(String slug, String body) {
        return service.json("POST", "/api/v1/organizations/" + slug + "/clusters", "admin", body);
    }

    private void beginsWith(String id, String source) {
        assertThat(service.stream("cluster-" + id))
                .first()
                .isInstanceOfSatisfying(
                        ClusterEvent.ClusterRequested.class,
                        requested -> assertThat(requested.restoredFrom())
                                .isEqualTo(new ClusterSnapshot(ClusterId.parse(source), SNAPSHOT)));
    }

    /** As the process does when nothing of a cluster is left. */
    private void release(String cluster) {
        OrganizationId organization = ((ClusterEvent.ClusterRequested)
                        service.stream("cluster-" + cluster).getFirst())
                .organizationId();
        var released = service.bean(CommandDispatcher.class)
                .dispatch(new CommandEnvelope(
                        UUID.randomUUID(),
                        new OrganizationCommand.ReleaseClusterName(organization, ClusterId.parse(cluster)),
                        CommandContext.of(new Actor("worker", "workers"))));
        assertThat(released.outcome()).isEqualTo(new Outcome.Accepted(true));
    }

    @Test
    void aManifestNamesTheClusterAndTheSnapshotOnce() {
        String slug = service.organization();
        String source = cluster(slug, "shop");

        RunningService.Answer made = service.yaml("admin", manifest(slug, "1.33", "shop", SNAPSHOT));

        assertThat(made.status()).as(made.body()).isEqualTo(200);
        String id = made.json().at("/items/0/id").asString();
        beginsWith(id, source);
        for (String same : new String[] {"shop", source}) {
            RunningService.Answer again = service.yaml("admin", manifest(slug, "1.33", same, SNAPSHOT));
            assertThat(again.json().at("/items/0/outcome").asString())
                    .as(again.body())
                    .isEqualTo("unchanged");
        }
        RunningService.Answer other = service.yaml("admin", manifest(slug, "1.33", "shop", "etcd-snapshot-1"));
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.field()).isEqualTo("documents[0].spec.restore_from");
        assertThat(other.body())
                .contains("Expected '" + source + "/" + SNAPSHOT + "', which the cluster began with, but got"
                        + " 'shop/etcd-snapshot-1'; another snapshot means another cluster.");
    }

    @Test
    void aManifestMeansTheSameWhenTheNameHasGoneToAnotherCluster() {
        String slug = service.organization();
        String source = cluster(slug, "shop");
        String asked = manifest(slug, "1.33", "shop", SNAPSHOT);
        assertThat(service.yaml("admin", asked).status()).isEqualTo(200);

        release(source);
        assertThat(service.yaml("admin", asked).json().at("/items/0/outcome").asString())
                .isEqualTo("unchanged");
        String other = cluster(slug, "shop");

        assertThat(other).isNotEqualTo(source);
        assertThat(service.yaml("admin", asked).json().at("/items/0/outcome").asString())
                .isEqualTo("unchanged");
        assertThat(service.yaml("admin", asked.replace("\"shop\"", "\"" + other + "\""))
                        .field())
                .isEqualTo("documents[0].spec.restore_from");
    }

    @Test
    void aClusterThatBeganEmptyDoesNotBeginAnew() {
        String slug = service.organization();
        cluster(slug, "shop");
        cluster(slug, "again");

        RunningService.Answer late = service.yaml("admin", manifest(slug, "1.33.2", "shop", SNAPSHOT));

        assertThat(late.status()).isEqualTo(422);
        assertThat(late.body()).contains("Expected none, for the cluster began empty, but got 'shop/" + SNAPSHOT + "'");
    }

    @Test
    void aDeletedClusterIsNamedByItsId() {
        String slug = service.organization();
        String source = cluster(slug, "shop");
        release(source);

        RunningService.Answer byName = post(slug, rest("1.33", "shop", SNAPSHOT));
        RunningService.Answer byId = post(slug, rest("1.33", source, SNAPSHOT));

        assertThat(byName.status()).isEqualTo(422);
        assertThat(byName.field()).isEqualTo("restore_from.cluster");
        assertThat(byId.status()).as(byId.body()).isEqualTo(201);
        assertThat(byId.json().at("/restore_from/cluster").asString()).isEqualTo(source);
        assertThat(byId.json().at("/restore_from/snapshot").asString()).isEqualTo(SNAPSHOT);
        beginsWith(byId.json().get("id").asString(), source);
    }

    @Test
    void whatIsAnothersAndWhatNeverWasAreToldInTheSameWords() {
        String slug = service.organization();
        String theirs = cluster(service.organization(), "shop");
        String never = UUID.randomUUID().toString();
        long before = service.head();

        for (String version : new String[] {"1.32", "1.33"}) { // nor which version it runs
            RunningService.Answer another = post(slug, rest(version, theirs, SNAPSHOT));
            RunningService.Answer none = post(slug, rest(version, never, SNAPSHOT));
            assertThat(another.status()).isEqualTo(422);
            assertThat(another.field()).isEqualTo("restore_from.cluster");
            assertThat(another.body().replace(theirs, never)).isEqualTo(none.body());
        }
        RunningService.Answer applied = service.yaml("admin", manifest(slug, "1.33", theirs, SNAPSHOT));
        assertThat(applied.field()).isEqualTo("documents[0].spec.restore_from.cluster");
        assertThat(service.eventsFrom(before + 1).stream().map(event -> event.type()))
                .noneMatch(type -> type.contains("cluster."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/b", "etcd-snapshot-1.db", "$(id)", "-v", "", "A"})
    void aSnapshotIsAName(String snapshot) {
        String slug = service.organization();
        cluster(slug, "shop");

        assertThat(post(slug, rest("1.33", "shop", snapshot)).field()).isEqualTo("restore_from.snapshot");
        assertThat(service.yaml("admin", manifest(slug, "1.33", "shop", snapshot))
                        .field())
                .isEqualTo("documents[0].spec.restore_from.snapshot");
    }

    @Test
    void anOlderKubernetesDoesNotTakeIt() {
        String slug = service.organization();
        cluster(slug, "shop");

        RunningService.Answer older = service.yaml("admin", manifest(slug, "1.32", "shop", SNAPSHOT));

        assertThat(older.status()).isEqualTo(422);
        assertThat(older.field()).isEqualTo("documents[0].spec.k8s_version");
        assertThat(older.body()).contains("Expected Kubernetes 1.33.2 or newer");
        assertThat(post(slug, rest("1.33.1", "shop", SNAPSHOT)).field()).isEqualTo("k8s_version");
        assertThat(post(slug, rest("1.34", "shop", SNAPSHOT)).status()).isEqualTo(201);
    }

    @Test
    void whoAsksAgainWithTheSameKeyIsAnsweredAlthoughTheSourceWentOn() {
        String slug = service.organization();
        String source = cluster(slug, "shop");
        String path = "/api/v1/organizations/" + slug + "/clusters";
        String body = rest("1.33", "shop", SNAPSHOT);
        RunningService.Answer first =
                service.send("POST", path, "admin", "application/json", body, "Idempotency-Key", "once");
        release(source);

        RunningService.Answer second =
                service.send("POST", path, "admin", "application/json", body, "Idempotency-Key", "once");

        assertThat(second.status()).as(second.body()).isEqualTo(first.status());
        assertThat(second.json().get("id")).isEqualTo(first.json().get("id"));
    }
}
