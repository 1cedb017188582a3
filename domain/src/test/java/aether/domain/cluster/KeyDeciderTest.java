package aether.domain.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.cluster.KeyRotation.Phase;
import aether.domain.kernel.Decision;
import aether.domain.samples.Samples;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A rotation of a key goes one way, and whatever belongs to another phase changes nothing. */
class KeyDeciderTest {

    private static ClusterState running() {
        return ClusterState.ABSENT
                .apply(new ClusterEvent.ClusterRequested(
                        Samples.CLUSTER,
                        Samples.ORGANIZATION,
                        "shop",
                        Samples.REGION,
                        Samples.VERSION,
                        true,
                        Channel.API))
                .apply(new ClusterEvent.ClusterRunning(Samples.CLUSTER));
    }

    private static List<ClusterEvent> events(ClusterState state, ClusterCommand command) {
        List<ClusterEvent> events = new ArrayList<>();
        if (ClusterDecider.decide(state, command) instanceof Decision.Accepted<ClusterRejection> accepted) {
            accepted.events().forEach(event -> events.add((ClusterEvent) event));
        }
        return events;
    }

    private static ClusterState after(ClusterState state, ClusterCommand command) {
        ClusterState next = state;
        for (ClusterEvent event : events(state, command)) {
            next = next.apply(event);
        }
        return next;
    }

    private static ClusterCommand done(ClusterKey key, Phase phase) {
        return new ClusterCommand.RecordKeyPhaseDone(Samples.CLUSTER, 1, key, 2, phase);
    }

    /** The one command that leads on from a phase. */
    private static ClusterCommand on(ClusterKey key, Phase phase) {
        return switch (phase) {
            case STEADY -> new ClusterCommand.RotateKey(Samples.CLUSTER, key);
            case SPREADING, SWITCHING, DROPPING -> done(key, phase);
            case REPLACING ->
                key == ClusterKey.SERVICE_ACCOUNT
                        ? new ClusterCommand.CompleteKeyRotation(Samples.CLUSTER, key)
                        : done(key, phase);
        };
    }

    @ParameterizedTest
    @EnumSource(ClusterKey.class)
    void eachPhaseHasOneWayOnAndEveryOtherReportIsLateOrEarly(ClusterKey key) {
        ClusterState state = running();
        for (Phase phase : Phase.values()) {
            assertThat(state.keys().of(key).phase()).isEqualTo(phase);
            for (Phase other : Phase.values()) {
                assertThat(events(state, on(key, other)))
                        .as("%s meets what leads on from %s", phase, other)
                        .hasSize(other == phase ? 1 : 0);
            }
            state = after(state, on(key, phase));
        }
        assertThat(state.keys().of(key)).isEqualTo(new KeyRotation(2, Phase.STEADY));
    }

    /** Law of the order: what a server makes now, every server of the phase before accepts. */
    @Test
    void nothingIsMadeWithAKeyThatThePhaseBeforeDidNotAccept() {
        Phase[] phases = Phase.values();
        for (int i = 1; i < phases.length; i++) {
            KeyRotation before = new KeyRotation(1, phases[i - 1]);
            KeyRotation now = new KeyRotation(1, phases[i]);

            assertThat(before.accepted()).as("%s", now).contains(now.inUse());
            assertThat(now.accepted())
                    .as("what servers of the phase before still make, in %s", now)
                    .contains(before.inUse());
            assertThat(now.accepted()).contains(now.inUse());
        }
        assertThat(new KeyRotation(1, Phase.DROPPING).accepted())
                .isEqualTo(new KeyRotation(1, Phase.DROPPING).over().accepted());
    }

    @Test
    void theKeysGoTheirOwnWays() {
        ClusterState both = after(
                after(running(), on(ClusterKey.ENCRYPTION, Phase.STEADY)),
                on(ClusterKey.SERVICE_ACCOUNT, Phase.STEADY));
        ClusterState one = after(both, done(ClusterKey.ENCRYPTION, Phase.SPREADING));

        assertThat(one.keys().encryption().phase()).isEqualTo(Phase.SWITCHING);
        assertThat(one.keys().serviceAccount().phase()).isEqualTo(Phase.SPREADING);
        assertThat(one.authorities().rotating()).isEmpty();
    }

    @Test
    void nothingIsReportedOfAClusterThatGoesOrOfAnotherGeneration() {
        ClusterState rotating = after(running(), on(ClusterKey.ENCRYPTION, Phase.STEADY));

        assertThat(events(
                        rotating,
                        new ClusterCommand.RecordKeyPhaseDone(
                                Samples.CLUSTER, 1, ClusterKey.ENCRYPTION, 3, Phase.SPREADING)))
                .isEmpty();
        assertThat(events(
                        after(rotating, new ClusterCommand.DeleteCluster(Samples.CLUSTER)),
                        done(ClusterKey.ENCRYPTION, Phase.SPREADING)))
                .isEmpty();
    }

    @Test
    void whoCompletesTooEarlyOrWhatNobodyHasToCompleteReadsWhy() {
        assertThat(message(
                        running(), new ClusterCommand.CompleteKeyRotation(Samples.CLUSTER, ClusterKey.SERVICE_ACCOUNT)))
                .isEqualTo("Expected a rotation of the service account key that is replacing, but none is under way.");
        assertThat(message(
                        after(running(), on(ClusterKey.SERVICE_ACCOUNT, Phase.STEADY)),
                        new ClusterCommand.CompleteKeyRotation(Samples.CLUSTER, ClusterKey.SERVICE_ACCOUNT)))
                .isEqualTo(
                        "Expected a rotation of the service account key that is replacing, but it is still spreading.");
        assertThat(message(running(), new ClusterCommand.CompleteKeyRotation(Samples.CLUSTER, ClusterKey.ENCRYPTION)))
                .isEqualTo("Expected a key whose rotation is completed by you, but that of the encryption key"
                        + " completes itself.");
        assertThat(message(
                        ClusterState.ABSENT.apply(new ClusterEvent.ClusterRequested(
                                Samples.CLUSTER,
                                Samples.ORGANIZATION,
                                "shop",
                                Samples.REGION,
                                Samples.VERSION,
                                true,
                                Channel.API)),
                        on(ClusterKey.ENCRYPTION, Phase.STEADY)))
                .contains("running");
    }

    private static String message(ClusterState state, ClusterCommand command) {
        return ClusterDecider.decide(state, command) instanceof Decision.Refused<ClusterRejection> refused
                ? refused.rejection().message()
                : "";
    }
}
