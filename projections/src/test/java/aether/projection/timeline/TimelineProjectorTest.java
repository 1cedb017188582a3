package aether.projection.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.domain.cluster.ClusterEvent;
import aether.domain.kernel.DomainEvent;
import aether.domain.machine.MachineEvent;
import aether.domain.machine.MachineRole;
import aether.domain.samples.Samples;
import aether.format.EventTypes;
import aether.projection.Goldens;
import aether.projection.event.IncomingEvent;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TimelineProjectorTest {

    private static final Names NAMES = new Names() {
        @Override
        public String cluster(UUID id) {
            return "shop";
        }

        @Override
        public Optional<UUID> organizationOf(UUID clusterId) {
            return Optional.of(Samples.ORGANIZATION.value());
        }

        @Override
        public String pool(UUID id) {
            return "web";
        }

        @Override
        public String machine(UUID id) {
            return "shop-web-0";
        }
    };

    @Test
    void tellsEveryEventInASentence() throws SQLException {
        StringBuilder told = new StringBuilder();
        for (DomainEvent event : Samples.EVENTS) {
            TimelineEntry entry = TimelineProjector.project(incoming(event), NAMES);
            String stage = entry.stage();
            told.append(event.getClass().getSimpleName())
                    .append(" | ")
                    .append(entry.orgId() == null ? "platform" : "organization")
                    .append(entry.clusterId() == null ? "" : " cluster")
                    .append(" | ")
                    .append(stage == null ? "-" : stage)
                    .append(" | ")
                    .append(entry.sentence())
                    .append('\n');
        }

        Goldens.assertKept("timeline/sentences.txt", told.toString());
    }

    @Test
    void knowsEveryEventOfTheTable() {
        List<? extends Class<?>> told =
                Samples.EVENTS.stream().map(DomainEvent::getClass).distinct().toList();

        assertThat(EventTypes.PLATFORM.rows().stream()
                        .map(EventTypes.Row::event)
                        .collect(Collectors.toSet()))
                .allSatisfy(type -> assertThat(told.contains(type)).isTrue());
    }

    @Test
    void endsTheLoadBalancerStageOnlyWithALoadBalancer() throws SQLException {
        DomainEvent worker =
                new MachineEvent.MachineReady(Samples.WORKER, Samples.CLUSTER, Samples.POOL, MachineRole.WORKER, 1);

        assertThat(TimelineProjector.project(incoming(worker), NAMES).stage()).isNull();
    }

    @Test
    void takesTheOrganizationOfTheEnvelopeWhenNothingElseNamesOne() throws SQLException {
        UUID named = UUID.fromString("0190a000-0000-7000-8000-0000000000ff");
        DomainEvent event = Samples.EVENTS.getLast();
        IncomingEvent incoming = new IncomingEvent(
                1, named, Instant.EPOCH, Instant.EPOCH, "type", "user", "anna", event.stream(), named, event);

        assertThat(TimelineProjector.project(incoming, NAMES).orgId()).isEqualTo(named);
    }

    @Test
    void refusesAnEventOfAFamilyThatNobodyTaughtIt() {
        DomainEvent stranger = () -> "stranger-1";

        assertThatThrownBy(() -> TimelineProjector.project(incoming(stranger), NAMES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("known family");
    }

    @Test
    void singularOfOneNode() throws SQLException {
        DomainEvent event = new aether.domain.nodepool.NodePoolEvent.NodePoolRunning(Samples.POOL, Samples.CLUSTER, 1);

        assertThat(TimelineProjector.project(incoming(event), NAMES).sentence())
                .isEqualTo("Node pool web is running with 1 node");
    }

    @Test
    void aClusterThatIsNotInTheViewsYetIsScopedByItsOwnEvent() throws SQLException {
        DomainEvent event = Samples.EVENTS.stream()
                .filter(ClusterEvent.ClusterRequested.class::isInstance)
                .findFirst()
                .orElseThrow();

        assertThat(TimelineProjector.project(incoming(event), NAMES).orgId()).isEqualTo(Samples.ORGANIZATION.value());
    }

    private static IncomingEvent incoming(DomainEvent event) {
        return new IncomingEvent(
                7,
                UUID.nameUUIDFromBytes(new byte[] {1}),
                Instant.EPOCH,
                Instant.EPOCH,
                "type",
                "user",
                "anna",
                event.stream(),
                null,
                event);
    }
}
