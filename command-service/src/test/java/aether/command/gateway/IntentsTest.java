package aether.command.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.Channel;
import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterState;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.machine.MachineShape;
import aether.domain.nodepool.NodePoolCommand;
import aether.domain.nodepool.NodePoolEvent;
import aether.domain.nodepool.NodePoolId;
import aether.domain.nodepool.NodePoolState;
import aether.domain.organization.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IntentsTest {

    private static final ClusterId ID = new ClusterId(new UUID(0, 1));

    private static final NodePoolId POOL = new NodePoolId(new UUID(0, 2));

    private static final OrganizationId ORGANIZATION = new OrganizationId(new UUID(0, 3));

    private final ObservedCluster running = observed(Channel.KUBERNETES);

    private final ObservedCluster deleting =
            after(running, new ClusterEvent.ClusterDeletionRequested(ID, ORGANIZATION, "local", List.of()));

    private final ObservedCluster deleted = after(deleting, new ClusterEvent.ClusterDeleted(ID));

    private static ObservedCluster observed(Channel channel) {
        ClusterState state = ClusterState.ABSENT.apply(new ClusterEvent.ClusterRequested(
                ID, ORGANIZATION, "shop", "local", KubernetesVersion.SUPPORTED.getFirst(), false, channel));
        return new ObservedCluster(ID, true, state, List.of());
    }

    private static ObservedCluster after(ObservedCluster before, ClusterEvent event) {
        return new ObservedCluster(ID, true, before.state().apply(event), before.pools());
    }

    private static ObservedCluster with(ObservedCluster cluster, NodePoolEvent... events) {
        NodePoolState state = NodePoolState.ABSENT.apply(new NodePoolEvent.NodePoolRequested(
                POOL, ID, ORGANIZATION, "shop", "local", "web", 1, 1, new MachineShape(1, 1, 10), true));
        for (NodePoolEvent event : events) {
            state = state.apply(event);
        }
        return new ObservedCluster(ID, true, cluster.state(), List.of(new ObservedCluster.Pool("web", POOL, state)));
    }

    private static CustomResource cluster(String namespace, int age, boolean leaving, Map<String, String> annotations) {
        return new CustomResource(
                new ResourceKey(ResourceType.TENANT_CLUSTER, namespace, "shop"),
                namespace + "-uid",
                "1",
                1,
                Instant.ofEpochSecond(100 - age),
                leaving,
                List.of(),
                annotations,
                Map.of("organization", "acme"),
                Map.of());
    }

    private static CustomResource recorded(CustomResource resource, ClusterId id) {
        return new CustomResource(
                resource.key(),
                resource.uid(),
                "1",
                1,
                resource.created(),
                resource.leaving(),
                List.of(),
                resource.annotations(),
                resource.spec(),
                Map.of("clusterId", id.toString()));
    }

    private static CustomResource pool(boolean leaving, Map<String, String> annotations) {
        return new CustomResource(
                new ResourceKey(ResourceType.NODE_POOL, "a", "web"),
                "pool-uid",
                "1",
                1,
                Instant.EPOCH,
                leaving,
                List.of(),
                annotations,
                Map.of("clusterName", "shop"),
                Map.of());
    }

    private static final CustomResource PLAIN = cluster("a", 0, false, Map.of());

    private static final CustomResource LEAVING = cluster("a", 0, true, Map.of());

    private static final CustomResource CONFIRMED = cluster("a", 0, true, Map.of(CustomResource.CONFIRM, "shop"));

    private static Intent cluster(CustomResource resource, ObservedCluster observed) {
        return Intents.ofCluster(resource, observed, List.of(resource));
    }

    private static String reason(Intent intent) {
        return ((Intent.Refuse) intent).reason();
    }

    @Test
    void carriesOutWhatNothingStandsAgainst() {
        assertThat(cluster(PLAIN, ObservedCluster.NONE)).isEqualTo(new Intent.Apply());
        assertThat(cluster(PLAIN, running)).isEqualTo(new Intent.Apply());
        assertThat(cluster(recorded(PLAIN, ID), running)).isEqualTo(new Intent.Apply());
    }

    @Test
    void waitsWhilePaused() {
        CustomResource paused = cluster("a", 0, false, Map.of(CustomResource.PAUSED, "true"));

        assertThat(cluster(paused, running)).isEqualTo(new Intent.Wait());
        assertThat(cluster(cluster("a", 0, false, Map.of(CustomResource.PAUSED, "no")), running))
                .isEqualTo(new Intent.Apply());
        assertThat(cluster(cluster("a", 0, true, Map.of(CustomResource.PAUSED, "true")), running))
                .isEqualTo(new Intent.Wait());
    }

    @Test
    void makesNoClusterTwice() {
        assertThat(reason(cluster(recorded(PLAIN, ID), deleted))).isEqualTo("ClusterDeleted");
        assertThat(reason(cluster(recorded(PLAIN, ID), ObservedCluster.NONE))).isEqualTo("ClusterDeleted");
    }

    @Test
    void keepsTheClusterThatItMadeWhateverItsSpecSaysByNow() {
        ObservedCluster renamed = new ObservedCluster(ID, false, running.state(), List.of());

        assertThat(reason(cluster(recorded(PLAIN, ID), renamed))).isEqualTo("Immutable");
        assertThat(cluster(recorded(CONFIRMED, ID), renamed))
                .isEqualTo(new Intent.End(new ClusterCommand.DeleteCluster(ID)));
    }

    @Test
    void carriesNothingOutForAClusterOfTheOtherChannel() {
        assertThat(reason(cluster(PLAIN, observed(Channel.API)))).isEqualTo("ManagedElsewhere");
        assertThat(reason(cluster(recorded(PLAIN, ID), observed(Channel.API)))).isEqualTo("ManagedElsewhere");
    }

    @Test
    void theOlderOfTwoResourcesHasTheCluster() {
        CustomResource older = cluster("b", 1, false, Map.of());

        assertThat(Intents.ofCluster(PLAIN, running, List.of(PLAIN, older))).isEqualTo(new Intent.Yield(older.key()));
        assertThat(Intents.ofCluster(older, running, List.of(PLAIN, older))).isEqualTo(new Intent.Apply());
        CustomResource having = recorded(PLAIN, ID);
        assertThat(Intents.ofCluster(having, running, List.of(having, older))).isEqualTo(new Intent.Apply());
        assertThat(Intents.ofCluster(older, running, List.of(having, older))).isEqualTo(new Intent.Yield(having.key()));
        assertThat(Intents.ofCluster(CONFIRMED, running, List.of(CONFIRMED, older)))
                .isEqualTo(new Intent.Release());
        CustomResource twin = cluster("b", 0, false, Map.of());
        assertThat(List.of(
                        Intents.ofCluster(PLAIN, running, List.of(PLAIN, twin)),
                        Intents.ofCluster(twin, running, List.of(PLAIN, twin))))
                .as("of the same second: one of them, and always the same")
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo(new Intent.Apply()),
                        second -> assertThat(second).isEqualTo(new Intent.Yield(PLAIN.key())));
    }

    @Test
    void endsAClusterOnlyWhenItsNameWasConfirmed() {
        assertThat(reason(cluster(LEAVING, running))).isEqualTo("DeletionNotConfirmed");
        assertThat(reason(cluster(cluster("a", 0, true, Map.of(CustomResource.CONFIRM, "yes")), running)))
                .isEqualTo("DeletionNotConfirmed");
        assertThat(cluster(CONFIRMED, running)).isEqualTo(new Intent.End(new ClusterCommand.DeleteCluster(ID)));
        assertThat(cluster(CONFIRMED, deleting)).isEqualTo(new Intent.Wait());
        assertThat(cluster(CONFIRMED, deleted)).isEqualTo(new Intent.Release());
        assertThat(cluster(LEAVING, ObservedCluster.NONE)).isEqualTo(new Intent.Release());
    }

    @Test
    void letsGoWhatIsNotItsOwn() {
        assertThat(cluster(CONFIRMED, observed(Channel.API))).isEqualTo(new Intent.Release());
    }

    @Test
    void aPoolNeedsItsCluster() {
        CustomResource pool = pool(false, Map.of());

        assertThat(reason(Intents.ofPool(pool, Optional.empty(), ObservedCluster.NONE)))
                .isEqualTo("ClusterMissing");
        assertThat(reason(Intents.ofPool(pool, Optional.of(PLAIN), ObservedCluster.NONE)))
                .isEqualTo("ClusterNotAccepted");
        assertThat(Intents.ofPool(pool, Optional.of(PLAIN), running)).isEqualTo(new Intent.Apply());
        assertThat(Intents.ofPool(pool, Optional.of(LEAVING), running)).isEqualTo(new Intent.Wait());
        CustomResource paused = cluster("a", 0, false, Map.of(CustomResource.PAUSED, "true"));
        assertThat(Intents.ofPool(pool, Optional.of(paused), running)).isEqualTo(new Intent.Wait());
        assertThat(Intents.ofPool(pool(false, Map.of(CustomResource.PAUSED, "true")), Optional.of(PLAIN), running))
                .isEqualTo(new Intent.Wait());
    }

    @Test
    void aPoolGoesWhenItsMachinesHaveGone() {
        CustomResource pool = pool(true, Map.of());
        NodePoolEvent requested = new NodePoolEvent.NodePoolDeletionRequested(POOL, ID);
        NodePoolEvent gone = new NodePoolEvent.NodePoolDeleted(POOL, ID);
        Optional<CustomResource> cluster = Optional.of(PLAIN);

        assertThat(Intents.ofPool(pool, cluster, with(running)))
                .isEqualTo(new Intent.End(new NodePoolCommand.DeleteNodePool(POOL)));
        assertThat(Intents.ofPool(pool, cluster, with(running, requested))).isEqualTo(new Intent.Wait());
        assertThat(Intents.ofPool(pool, cluster, with(running, requested, gone)))
                .isEqualTo(new Intent.Release());
        assertThat(Intents.ofPool(pool, cluster, running)).isEqualTo(new Intent.Release());
        assertThat(Intents.ofPool(pool, cluster, with(observed(Channel.API)))).isEqualTo(new Intent.Release());
        assertThat(Intents.ofPool(pool, Optional.empty(), ObservedCluster.NONE)).isEqualTo(new Intent.Release());
    }
}
