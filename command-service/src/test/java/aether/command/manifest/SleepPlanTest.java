package aether.command.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.Channel;
import aether.domain.cluster.ClusterCommand;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ClusterState;
import aether.domain.cluster.HibernationReason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What {@code hibernated} of a document leads to. */
class SleepPlanTest {

    private static final ClusterId ID = Documents.ID;
    private static final ClusterEvent.ClusterHibernationStarted STARTED =
            new ClusterEvent.ClusterHibernationStarted(ID, HibernationReason.UNUSED, "");

    private static final ClusterState NEW = Documents.REQUESTED;
    private static final ClusterState RUNNING = Documents.RUNNING;
    private static final ClusterState HIBERNATING = RUNNING.apply(STARTED);
    private static final ClusterState OBSTRUCTED =
            HIBERNATING.apply(new ClusterEvent.HibernationObstructed(ID, 1, 1, "etcd has no volume"));
    private static final ClusterState WAKING = HIBERNATING.apply(new ClusterEvent.ClusterWakeStarted(ID));

    private static String plan(@Nullable Boolean hibernated, ClusterState state, Channel channel) {
        SleepPlan plan = SleepPlan.of(Documents.sleeping(hibernated), ID, state, channel);
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
            assertThat(plan(true, state, Channel.API))
                    .as("and the domain refuses")
                    .isEqualTo("HibernateCluster");
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
        assertThat(SleepPlan.of(Documents.sleeping(true), ID, OBSTRUCTED, Channel.KUBERNETES)
                        .refused()
                        .orElseThrow()
                        .message())
                .isEqualTo("Expected nothing in the way of a hibernation, but etcd has no volume; put that right, then"
                        + " set it to false and to true again.");
    }

    @Test
    void anotherVersionWaitsForTheWakeThatIsAskedForWithIt() {
        assertThat(SleepPlan.isUpgradeForLater(Documents.sleeping(false), HIBERNATING, Channel.KUBERNETES))
                .isTrue();
        assertThat(SleepPlan.isUpgradeForLater(Documents.sleeping(false), WAKING, Channel.KUBERNETES))
                .isTrue();
        assertThat(SleepPlan.isUpgradeForLater(Documents.sleeping(true), HIBERNATING, Channel.KUBERNETES))
                .isFalse();
        assertThat(SleepPlan.isUpgradeForLater(Documents.sleeping(false), RUNNING, Channel.KUBERNETES))
                .isFalse();
        assertThat(SleepPlan.isUpgradeForLater(Documents.sleeping(false), HIBERNATING, Channel.API))
                .isFalse();
        assertThat(SleepPlan.of(Documents.sleeping(true), ID, RUNNING, Channel.API)
                        .command())
                .contains(new ClusterCommand.HibernateCluster(ID, HibernationReason.UNUSED, ""));
    }
}
