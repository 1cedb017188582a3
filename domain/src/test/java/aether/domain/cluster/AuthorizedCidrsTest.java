package aether.domain.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.kernel.Decision;
import aether.domain.kernel.DomainEvent;
import aether.domain.samples.Samples;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizedCidrsTest {

    private static final ClusterState RUNNING = ClusterState.ABSENT
            .apply(new ClusterEvent.ClusterRequested(
                    Samples.CLUSTER, Samples.ORGANIZATION, "shop", Samples.REGION, Samples.VERSION, true, Channel.API))
            .apply(new ClusterEvent.ClusterRunning(Samples.CLUSTER));

    private static Decision<ClusterRejection> decide(ClusterState state, List<String> cidrs) {
        return ClusterDecider.decide(state, new ClusterCommand.SetAuthorizedCidrs(Samples.CLUSTER, cidrs));
    }

    private static List<DomainEvent> events(ClusterState state, String... cidrs) {
        return decide(state, List.of(cidrs)) instanceof Decision.Accepted<ClusterRejection> accepted
                ? accepted.events()
                : List.of();
    }

    private static ClusterRejection rejection(ClusterState state, List<String> cidrs) {
        return ((Decision.Refused<ClusterRejection>) decide(state, cidrs)).rejection();
    }

    @Test
    void blocksAreKeptOnceAndInOrder() {
        ClusterEvent.AuthorizedCidrsSet set = new ClusterEvent.AuthorizedCidrsSet(
                Samples.CLUSTER, List.of("9.0.0.0/8", "198.51.100.0/24", "198.51.100.0/25"));

        assertThat(events(RUNNING, "198.51.100.0/25", "198.51.100.0/24", "9.0.0.0/8", "198.51.100.0/24"))
                .containsExactly(set);
        ClusterState after = RUNNING.apply(set);
        assertThat(events(after, "9.0.0.0/8", "198.51.100.0/25", "198.51.100.0/24"))
                .as("the same in another order")
                .isEmpty();
        assertThat(events(after)).containsExactly(new ClusterEvent.AuthorizedCidrsSet(Samples.CLUSTER, List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "203.0.113.0",
                "203.0.113.1/24",
                "203.0.113.0/33",
                "203.0.113.256/32",
                "203.000.113.0/24",
                "2001:db8::/32",
                "203.0.113.0/24 } or TRUE",
                "203.0.113.0/24\n"
            })
    void whatIsNoBlockIsRefusedByItsPlace(String wrong) {
        ClusterRejection refused = rejection(RUNNING, List.of("9.0.0.0/8", wrong));

        assertThat(refused.field()).isEqualTo("authorized_cidrs[1]");
        assertThat(refused.code()).isEqualTo("invalid_authorized_cidrs");
        assertThat(refused.message()).startsWith("Expected a block of IPv4 addresses such as 203.0.113.0/24");
    }

    @Test
    void thereIsABound() {
        assertThat(events(
                        RUNNING,
                        Collections.nCopies(AuthorizedCidrs.MAX, "9.0.0.0/8").toArray(String[]::new)))
                .hasSize(1);
        ClusterRejection refused = rejection(RUNNING, Collections.nCopies(AuthorizedCidrs.MAX + 1, "9.0.0.0/8"));
        assertThat(refused.field()).isEqualTo("authorized_cidrs");
        assertThat(refused.message()).isEqualTo("Expected at most 64 blocks, but got 65.");
    }

    @Test
    void aClusterThatGoesKeepsWhatItHas() {
        ClusterState leaving = RUNNING.apply(new ClusterEvent.ClusterDeletionRequested(
                Samples.CLUSTER, Samples.ORGANIZATION, Samples.REGION, List.of()));

        assertThat(rejection(leaving, List.of("9.0.0.0/8")).code()).isEqualTo("wrong_status");
    }
}
