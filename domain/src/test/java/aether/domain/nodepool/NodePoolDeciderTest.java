package aether.domain.nodepool;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.samples.Decided;
import aether.domain.samples.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodePoolDeciderTest {

    private static final NodePoolId ID = Samples.POOL;
    private final NodePoolState requested = NodePoolState.ABSENT.apply(new NodePoolEvent.NodePoolRequested(
            ID, Samples.CLUSTER, Samples.ORGANIZATION, "shop", Samples.REGION, "web", 2, 4, Samples.SHAPE, true));
    private final NodePoolState running = requested.apply(new NodePoolEvent.NodePoolRunning(ID, Samples.CLUSTER, 2));
    private final NodePoolState deleting =
            running.apply(new NodePoolEvent.NodePoolDeletionRequested(ID, Samples.CLUSTER));

    @Test
    void beginsWithItsLeastSize() {
        assertThat(requested.desired()).isEqualTo(2);
        assertThat(requested.status()).isEqualTo(NodePoolStatus.PROVISIONING);
        assertThat(requested.cluster()).contains(Samples.CLUSTER);
    }

    @ParameterizedTest
    @CsvSource({"3, 5, 3", "0, 1, 1", "1, 3, 2", "2, 2, 2"})
    void staysAsCloseToItsSizeAsTheBoundsAllow(int min, int max, int desired) {
        assertThat(Decided.events(NodePoolDecider.decide(running, scale(min, max))))
                .containsExactly(new NodePoolEvent.NodePoolScaled(ID, Samples.CLUSTER, min, max, desired));
    }

    @Test
    void isScalingOnceItHasBeenProvisioned() {
        NodePoolEvent.NodePoolScaled scaled = new NodePoolEvent.NodePoolScaled(ID, Samples.CLUSTER, 3, 3, 3);

        assertThat(running.apply(scaled).status()).isEqualTo(NodePoolStatus.SCALING);
        assertThat(requested.apply(scaled).status()).isEqualTo(NodePoolStatus.PROVISIONING);
    }

    @Test
    void refusesASizeOutOfBounds() {
        assertThat(Decided.rejection(NodePoolDecider.decide(running, scale(3, 2)))
                        .field())
                .isEqualTo("max");
        assertThat(Decided.code(NodePoolDecider.decide(running, scale(-1, 2)))).isEqualTo("out_of_range");
    }

    @Test
    void runsOnlyAtTheSizeThatIsWanted() {
        assertThat(Decided.rejection(NodePoolDecider.decide(requested, running(3)))
                        .message())
                .isEqualTo("Expected 2 ready nodes, but the report counts 3.");
        assertThat(Decided.events(NodePoolDecider.decide(requested, running(2))))
                .containsExactly(new NodePoolEvent.NodePoolRunning(ID, Samples.CLUSTER, 2));
        assertThat(Decided.events(NodePoolDecider.decide(running, running(2)))).isEmpty();
    }

    @Test
    void isCalledDegradedOnce() {
        NodePoolCommand.RecordPoolDegraded degraded = new NodePoolCommand.RecordPoolDegraded(ID, "why");
        NodePoolState state = running.apply(new NodePoolEvent.NodePoolDegraded(ID, Samples.CLUSTER, "why"));

        assertThat(Decided.events(NodePoolDecider.decide(running, degraded))).hasSize(1);
        assertThat(Decided.events(NodePoolDecider.decide(state, degraded))).isEmpty();
        assertThat(Decided.events(NodePoolDecider.decide(state, running(2)))).hasSize(1);
    }

    @Test
    void nothingChangesAPoolThatIsBeingDeleted() {
        assertThat(Decided.code(NodePoolDecider.decide(deleting, scale(1, 1)))).isEqualTo("wrong_status");
        assertThat(Decided.code(NodePoolDecider.decide(deleting, running(2)))).isEqualTo("wrong_status");
        assertThat(Decided.events(NodePoolDecider.decide(deleting, new NodePoolCommand.RecordPoolDegraded(ID, "why"))))
                .isEmpty();
        assertThat(Decided.events(NodePoolDecider.decide(deleting, new NodePoolCommand.DeleteNodePool(ID))))
                .isEmpty();
    }

    @Test
    void isGoneOnlyAfterItWasAskedToGo() {
        NodePoolCommand.ConfirmPoolDeleted confirm = new NodePoolCommand.ConfirmPoolDeleted(ID);
        NodePoolEvent.NodePoolDeleted deleted = new NodePoolEvent.NodePoolDeleted(ID, Samples.CLUSTER);

        assertThat(Decided.code(NodePoolDecider.decide(running, confirm))).isEqualTo("wrong_status");
        assertThat(Decided.events(NodePoolDecider.decide(deleting, confirm))).containsExactly(deleted);
        assertThat(Decided.events(NodePoolDecider.decide(deleting.apply(deleted), confirm)))
                .isEmpty();
        assertThat(Decided.code(NodePoolDecider.decide(NodePoolState.ABSENT, confirm)))
                .isEqualTo("node_pool_unknown");
    }

    @Test
    void keepsWhatIsWantedOverTheSleepOfItsCluster() {
        NodePoolCommand sleep = new NodePoolCommand.HibernateNodePool(ID);
        NodePoolCommand wake = new NodePoolCommand.WakeNodePool(ID);
        NodePoolState hibernating = running.apply(new NodePoolEvent.NodePoolHibernationStarted(ID, Samples.CLUSTER));
        NodePoolState asleep = hibernating.apply(new NodePoolEvent.NodePoolHibernated(ID, Samples.CLUSTER));

        assertThat(Decided.events(NodePoolDecider.decide(running, sleep))).hasSize(1);
        assertThat(Decided.events(NodePoolDecider.decide(running, wake))).isEmpty();
        for (NodePoolState state : List.of(hibernating, asleep)) {
            assertThat(Decided.events(NodePoolDecider.decide(state, sleep))).isEmpty();
            assertThat(Decided.events(NodePoolDecider.decide(state, wake)))
                    .containsExactly(new NodePoolEvent.NodePoolWoken(ID, Samples.CLUSTER));
            assertThat(Decided.code(NodePoolDecider.decide(state, running(2)))).isEqualTo("wrong_status");
            assertThat(Decided.rejection(NodePoolDecider.decide(state, new NodePoolCommand.RollNodePool(ID)))
                            .message())
                    .startsWith("Expected a node pool that is awake, but it is Hibernat");
            assertThat(Decided.events(NodePoolDecider.decide(state, new NodePoolCommand.RecordPoolDegraded(ID, "why"))))
                    .as("a sleep is no trouble")
                    .isEmpty();
            NodePoolState scaled = state.apply(new NodePoolEvent.NodePoolScaled(ID, Samples.CLUSTER, 3, 3, 3));
            assertThat(scaled.status()).isEqualTo(state.status());
            assertThat(scaled.desired()).isEqualTo(3);
        }
        assertThat(Decided.code(NodePoolDecider.decide(deleting, sleep))).isEqualTo("wrong_status");
        assertThat(Decided.code(NodePoolDecider.decide(deleting, wake))).isEqualTo("wrong_status");
        assertThat(asleep.desired()).isEqualTo(2);
        assertThat(asleep.apply(new NodePoolEvent.NodePoolWoken(ID, Samples.CLUSTER))
                        .status())
                .isEqualTo(NodePoolStatus.SCALING);
    }

    private static NodePoolCommand scale(int min, int max) {
        return new NodePoolCommand.ScaleNodePool(ID, min, max);
    }

    private static NodePoolCommand running(int size) {
        return new NodePoolCommand.RecordPoolRunning(ID, size);
    }
}
