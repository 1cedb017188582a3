package aether.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.Channel;
import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterSnapshot;
import aether.domain.cluster.ClusterState;
import aether.domain.cluster.ClusterStatus;
import aether.domain.cluster.EtcdMembers;
import aether.domain.cluster.Fault;
import aether.domain.organization.OrganizationCommand;
import aether.reconcile.doubles.Breaker;
import aether.reconcile.loop.Hindrance;
import aether.reconcile.render.NamespaceRendering;
import aether.reconcile.render.ObjectRef;
import aether.reconcile.render.Pem;
import aether.reconcile.render.Rendered;
import aether.reconcile.render.ResourceKind;
import aether.reconcile.render.TenantNames;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What a cluster that begins with another one's snapshot waits for; that the snapshot is read, EtcdUpkeepTest shows.
 */
@Tag("slow")
class RestoreTest {

    private static final ClusterId OTHER = new ClusterId(new UUID(0x0b0b_0b0b_0000_0000L, 5));
    private static final String FILE = "encryption.yaml";
    private static final ObjectRef KEPT =
            new ObjectRef(ResourceKind.SECRET, TenantNames.namespace(Tenant.CLUSTER), "secrets-encryption");
    private static final ObjectRef INHERITED =
            new ObjectRef(ResourceKind.SECRET, TenantNames.namespace(OTHER), "secrets-encryption-inherited");
    private static final ObjectRef ETCD =
            new ObjectRef(ResourceKind.STATEFUL_SET, TenantNames.namespace(OTHER), TenantNames.ETCD);

    @TempDir
    Path directory;

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private @Nullable SandboxWorld opened;

    private SandboxWorld open() throws Exception {
        SandboxWorld world = new SandboxWorld(directory, () -> Instant.now().plus(ahead.get()));
        opened = world;
        return world;
    }

    @AfterEach
    void end() throws Exception {
        if (opened != null) {
            opened.close();
        }
    }

    private static Landscape running(SandboxWorld world, boolean store) throws Exception {
        Landscape landscape = new Landscape(world.outside(SandboxWorld.upkeep(store)), Breaker.nowhere());
        Tenant.request(landscape, 0);
        landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.RUNNING)
                && landscape.troubles().isEmpty());
        return landscape;
    }

    /** The credential of the store is an operator's to put there. */
    private static void restore(SandboxWorld world, Landscape landscape) {
        world.cluster().apply(NamespaceRendering.of(Tenant.ORGANIZATION, OTHER));
        keep(world, "snapshot-store", "AWS_ACCESS_KEY_ID", "unused");
        landscape.ask(new OrganizationCommand.RequestCluster(
                Tenant.ORGANIZATION,
                OTHER,
                "again",
                "north",
                Tenant.VERSION,
                false,
                EtcdMembers.DEFAULT,
                new ClusterSnapshot(Tenant.CLUSTER, "etcd-snapshot-29412345"),
                Channel.API));
    }

    private static ClusterState other(Landscape landscape) {
        return landscape.log().cluster(OTHER.stream());
    }

    private static void runsWith(Landscape landscape, SandboxWorld world, String key) throws Exception {
        landscape.runUntil(() -> other(landscape).status() == ClusterStatus.RUNNING
                && landscape.troubles().isEmpty());
        JsonNode both = world.cluster()
                .find(new ObjectRef(ResourceKind.SECRET, TenantNames.namespace(OTHER), "secrets-encryption-rotation"))
                .orElseThrow();
        assertThat(Pem.text(both, FILE))
                .as("writes with its own key, and reads with the other's")
                .containsSubsequence("- name: key-1-0b0b0b0b\n", "- name: key-1\n", key);
        long then = landscape.log().events().size();
        landscape.restart();
        landscape.runUntil(() -> landscape.troubles().isEmpty());
        assertThat(landscape.log().events()).as("a steady tenant says nothing").hasSize((int) then);
    }

    private static String secretOf(String configuration) {
        return configuration
                .lines()
                .filter(line -> line.contains("secret:"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theKeysOfTheOtherComeOverAndItsAuthoritiesDoNot() throws Exception {
        SandboxWorld world = open();
        Landscape landscape = running(world, true);
        String key = secretOf(Pem.text(world.cluster().find(KEPT).orElseThrow(), FILE));
        restore(world, landscape);

        runsWith(landscape, world, key);

        for (String own : List.of("service-account", "cluster-ca", "etcd-ca")) {
            ObjectRef mine = new ObjectRef(ResourceKind.SECRET, TenantNames.namespace(OTHER), own);
            ObjectRef others = new ObjectRef(ResourceKind.SECRET, TenantNames.namespace(Tenant.CLUSTER), own);
            assertThat(world.cluster().find(mine).orElseThrow().at("/data/tls.key"))
                    .as(own)
                    .isNotEqualTo(world.cluster().find(others).orElseThrow().at("/data/tls.key"));
        }
        assertThat(Tenant.state(landscape).stalls()).isEmpty();
    }

    @Test
    void withoutTheKeysItDoesNotBeginUntilSomebodyGivesThem() throws Exception {
        SandboxWorld world = open();
        Landscape landscape = running(world, true);
        String kept = Pem.text(world.cluster().find(KEPT).orElseThrow(), FILE);
        landscape.ask(new ClusterCommand.DeleteCluster(Tenant.CLUSTER));
        landscape.runUntil(() -> Tenant.is(landscape, ClusterStatus.DELETED));
        restore(world, landscape);

        stands(landscape, "RestoreKeysMissing");

        assertThat(stalled(landscape).message())
                .isEqualTo("Expected Secret/secrets-encryption in namespace tenant-" + Tenant.CLUSTER
                        + ", which opens the Secrets in the snapshot, but it is gone; put a copy of it into"
                        + " Secret/secrets-encryption-inherited of namespace tenant-" + OTHER);
        assertThat(world.cluster().find(ETCD)).isEmpty();
        keep(world, INHERITED.name(), FILE, kept);
        runsWith(landscape, world, secretOf(kept));
        assertThat(other(landscape).stalls()).isEmpty();
    }

    @Test
    void withoutAStoreItDoesNotBeginEmpty() throws Exception {
        SandboxWorld world = open();
        Landscape landscape = running(world, false);
        restore(world, landscape);

        stands(landscape, "NoSnapshotStore");

        assertThat(world.cluster().find(ETCD)).isEmpty();
    }

    private void stands(Landscape landscape, String reason) throws Exception {
        landscape.runUntil(() -> landscape.troubles().values().stream().anyMatch(why -> why.startsWith("Expected")));
        landscape.pass(Hindrance.LATER);
        landscape.runUntil(() -> other(landscape).stalls().containsKey("control-plane"));
        ClusterEvent.WorkStalled stalled = stalled(landscape);
        assertThat(stalled.reason()).isEqualTo(reason);
        assertThat(stalled.fault()).isEqualTo(Fault.INFRASTRUCTURE);
    }

    private static ClusterEvent.WorkStalled stalled(Landscape landscape) {
        return Objects.requireNonNull(other(landscape).stalls().get("control-plane"));
    }

    private static void keep(SandboxWorld world, String name, String file, String text) {
        assertThat(world.cluster()
                        .create(Rendered.of(new SecretBuilder()
                                .withNewMetadata()
                                .withNamespace(TenantNames.namespace(OTHER))
                                .withName(name)
                                .endMetadata()
                                .addToData(
                                        file, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)))
                                .build())))
                .isTrue();
    }
}
