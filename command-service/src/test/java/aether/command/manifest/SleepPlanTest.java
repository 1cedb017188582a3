package aether.command.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.Channel;
import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterState;
import aether.domain.cluster.HibernationReason;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.organization.OrganizationId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What {@code hibernated} of a document leads to. */
class SleepPlanTest {

    private static final ClusterId ID = new ClusterId(new UUID(0, 1));
    private static final ClusterEvent.ClusterHibernationStarted STARTED =
            new ClusterEvent.ClusterHibernationStarted(ID, HibernationReason.UNUSED, "");

    private static final ClusterState NEW = ClusterState.ABSENT.apply(new ClusterEvent.ClusterRequested(
            ID,
            new OrganizationId(new UUID(0, 3)),
            "shop",
            "local",
            KubernetesVersion.SUPPORTED.getFirst(),
            false,
            Channel.KUBERNETES));
    private static final ClusterState RUNNING = NEW.apply(new ClusterEvent.ClusterRunning(ID));
    private static final ClusterState HIBERNATING = RUNNING.apply(STARTED);
    private static final ClusterState OBSTRUCTED =
            HIBERNATING.apply(new ClusterEvent.HibernationObstructed(ID, 1, 1, "etcd has no volume"));
    private static final ClusterState WAKING = HIBERNATING.apply(new ClusterEvent.ClusterWakeStarted(ID));

    private static Document.Cluster saying(@Nullable Boolean hibernated) {
        return new Document.Cluster(
                0,
                "acme",
                "shop",
                "local",
                KubernetesVersion.SUPPORTED.getFirst(),
                false,
                null,
                null,
                null,
                null,
                null,
                hibernated);
    }

    private static String plan(@Nullable Boolean hibernated, ClusterState state, Channel channel) {
        SleepPlan plan = SleepPlan.of(saying(hibernated), ID, state, channel);
        return plan.command()
                .map(command -> command.getClass().getSimpleName())
                .or(() -> plan.refused().map(why -> why.field() + " " + why.code()))
                .orElse("");
    }

    @Test
    void whatIsLeftOutIsLeftAsItIs() {
        for (ClusterState state : new ClusterState[] {NEW, RUNNING, HIBERNATING, OBSTRUCTED, WAKING}) {
            assertThat(plan(null, state, Channel.API)).isEmpty();
        }
    }

    @Test
    void aWishThatIsTrueAlreadyAsksForNothing() {
        for (Channel channel : Channel.values()) {
            assertThat(plan(true, HIBERNATING, channel)).isEmpty();
            assertThat(plan(false, RUNNING, channel)).isEmpty();
            assertThat(plan(false, NEW, channel)).isEmpty();
            assertThat(plan(false, WAKING, channel)).isEmpty();
            assertThat(plan(true, RUNNING, channel)).isEqualTo("HibernateCluster");
            assertThat(plan(false, HIBERNATING, channel)).isEqualTo("WakeCluster");
        }
    }

    @Test
    void aResourceWaitsForWhatCannotBeYetAndSomebodyWhoAppliesIsTold() {
        for (ClusterState state : new ClusterState[] {NEW, WAKING}) {
            assertThat(plan(true, state, Channel.KUBERNETES)).isEmpty();
            assertThat(plan(true, state, Channel.API)).as("and the domain refuses").isEqualTo("HibernateCluster");
        }
    }

    @Test
    void whatWasObstructedIsNotTriedForEver() {
        assertThat(plan(true, OBSTRUCTED, Channel.KUBERNETES))
                .isEqualTo("documents[0].spec.hibernated hibernation_obstructed");
        assertThat(plan(true, OBSTRUCTED, Channel.API)).isEqualTo("HibernateCluster");
        assertThat(plan(false, OBSTRUCTED, Channel.KUBERNETES)).isEqualTo("WakeCluster");
        ClusterState dropped = OBSTRUCTED.apply(new ClusterEvent.HibernationDropped(ID));
        assertThat(plan(true, dropped, Channel.KUBERNETES)).isEqualTo("HibernateCluster");
        assertThat(SleepPlan.of(saying(true), ID, OBSTRUCTED, Channel.KUBERNETES)
                        .refused()
                        .orElseThrow()
                        .message())
                .isEqualTo("Expected nothing in the way of a hibernation, but etcd has no volume; put that right, then"
                        + " set it to false and to true again.");
    }

    @Test
    void anotherVersionWaitsForTheWakeThatIsAskedForWithIt() {
        assertThat(SleepPlan.isUpgradeForLater(saying(false), HIBERNATING, Channel.KUBERNETES)).isTrue();
        assertThat(SleepPlan.isUpgradeForLater(saying(false), WAKING, Channel.KUBERNETES)).isTrue();
        assertThat(SleepPlan.isUpgradeForLater(saying(true), HIBERNATING, Channel.KUBERNETES)).isFalse();
        assertThat(SleepPlan.isUpgradeForLater(saying(false), RUNNING, Channel.KUBERNETES)).isFalse();
        assertThat(SleepPlan.isUpgradeForLater(saying(false), HIBERNATING, Channel.API)).isFalse();
        assertThat(SleepPlan.of(saying(true), ID, RUNNING, Channel.API).command())
                .contains(new ClusterCommand.HibernateCluster(ID, HibernationReason.UNUSED, ""));
    }
}
