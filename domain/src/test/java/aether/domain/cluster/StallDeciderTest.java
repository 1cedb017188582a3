package aether.domain.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.kernel.Decision;
import aether.domain.kernel.DomainEvent;
import aether.domain.kernel.KubernetesVersion;
import aether.domain.samples.Samples;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StallDeciderTest {

    private static final Instant SINCE = Instant.parse("2026-11-30T08:00:00Z");

    private static ClusterState cluster() {
        return ClusterState.ABSENT.apply(new ClusterEvent.ClusterRequested(
                Samples.CLUSTER,
                Samples.ORGANIZATION,
                "shop",
                Samples.REGION,
                KubernetesVersion.SUPPORTED.getFirst(),
                false,
                Channel.API));
    }

    private static ClusterCommand stalled(String work, Fault fault, String reason, String message) {
        return new ClusterCommand.RecordWorkStalled(Samples.CLUSTER, 1, work, fault, reason, message, SINCE);
    }

    private static List<DomainEvent> events(ClusterState state, ClusterCommand command) {
        return switch (ClusterDecider.decide(state, command)) {
            case Decision.Accepted<ClusterRejection> accepted -> accepted.events();
            case Decision.Refused<ClusterRejection> refused ->
                throw new AssertionError(refused.rejection().message());
        };
    }

    private static ClusterState after(ClusterState state, ClusterCommand command) {
        ClusterState next = state;
        for (DomainEvent event : events(state, command)) {
            next = next.apply((ClusterEvent) event);
        }
        return next;
    }

    @Test
    void aStallIsSaidOncePerFaultAndReasonAndOnceWhenItIsOver() {
        ClusterCommand away = stalled("control-plane", Fault.INFRASTRUCTURE, "ApiAway", "connection refused");
        ClusterState state = after(cluster(), away);

        assertThat(events(state, away)).isEmpty();
        assertThat(events(state, stalled("control-plane", Fault.INFRASTRUCTURE, "ApiAway", "no route to host")))
                .as("another sentence is no other fault")
                .isEmpty();
        assertThat(events(state, stalled("control-plane", Fault.OURS, "ApiAway", "x")))
                .hasSize(1);
        assertThat(events(state, stalled("control-plane", Fault.INFRASTRUCTURE, "ApiBusy", "x")))
                .hasSize(1);
        assertThat(events(state, stalled("certificates", Fault.INFRASTRUCTURE, "ApiAway", "x")))
                .hasSize(1);

        ClusterCommand over = new ClusterCommand.RecordWorkResumed(Samples.CLUSTER, 2, "control-plane");
        assertThat(events(state, over))
                .containsExactly(new ClusterEvent.WorkResumed(
                        Samples.CLUSTER, 2, "control-plane", Fault.INFRASTRUCTURE, "ApiAway", SINCE));
        state = after(state, over);
        assertThat(state.stalls()).isEmpty();
        assertThat(events(state, over)).isEmpty();
    }

    @Test
    void moreThanSoManyAreNotSaid() {
        ClusterState state = cluster();
        for (int number = 0; number < StallDecider.STALLS_MAX; number++) {
            state = after(state, stalled("machine " + number, Fault.INFRASTRUCTURE, "HypervisorAway", "x"));
        }

        assertThat(state.stalls()).hasSize(StallDecider.STALLS_MAX);
        assertThat(events(state, stalled("machine more", Fault.INFRASTRUCTURE, "HypervisorAway", "x")))
                .isEmpty();
        assertThat(events(state, stalled("machine 0", Fault.INFRASTRUCTURE, "HypervisorRefused", "x")))
                .hasSize(1);
    }

    @Test
    void whatIsGoneDoesNotStandStill() {
        ClusterState gone = after(cluster(), stalled("control-plane", Fault.OURS, "Invalid", "x"))
                .apply(new ClusterEvent.ClusterDeleted(Samples.CLUSTER));

        assertThat(gone.stalls()).isEmpty();
        assertThat(events(gone, stalled("control-plane", Fault.OURS, "Invalid", "x")))
                .isEmpty();
    }
}
