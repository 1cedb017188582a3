package aether.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.domain.cluster.ClusterEvent;
import aether.domain.kernel.DomainEvent;
import aether.domain.machine.MachineEvent;
import aether.domain.machine.MachineRole;
import aether.domain.network.NetworkEvent;
import aether.domain.nodepool.NodePoolEvent;
import aether.domain.organization.OrganizationEvent;
import aether.domain.samples.Samples;
import aether.projection.clusters.ClusterProjector;
import aether.projection.clusters.ClusterView;
import aether.projection.event.IncomingEvent;
import aether.projection.machines.MachineProjector;
import aether.projection.machines.MachineView;
import aether.projection.organizations.OrganizationProjector;
import aether.projection.organizations.OrganizationView;
import aether.projection.pools.NodePoolProjector;
import aether.projection.pools.NodePoolView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every event of every family against a view as it is in the middle of its life. */
class ProjectorsTest {

    private static final Instant CREATED = Instant.parse("2026-11-24T10:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-24T11:00:00Z");

    private static final OrganizationView ORGANIZATION =
            new OrganizationView(Samples.ORGANIZATION.value(), "acme", "Acme", 1, CREATED, CREATED);

    private static final ClusterView CLUSTER = new ClusterView(
            Samples.CLUSTER.value(),
            Samples.ORGANIZATION.value(),
            "shop",
            Samples.REGION,
            "1.33.5",
            "provisioning",
            "Waiting for something.",
            null,
            "1.33.5",
            "10.128.0.2/32",
            "10.64.0.0/24",
            List.of(),
            2,
            CREATED,
            CREATED);

    private static final NodePoolView POOL = new NodePoolView(
            Samples.POOL.value(),
            Samples.CLUSTER.value(),
            "web",
            2,
            4,
            2,
            2,
            4,
            40,
            "Running",
            null,
            3,
            CREATED,
            CREATED);

    private static final MachineView MACHINE = new MachineView(
            Samples.WORKER.value(),
            Samples.CLUSTER.value(),
            Samples.POOL.value(),
            "worker",
            "shop-web-0",
            1001,
            "reserved",
            null,
            null,
            4,
            CREATED,
            CREATED);

    @Test
    void makesOfEveryEventWhatTheTableSays() {
        StringBuilder table = new StringBuilder();
        for (DomainEvent event : Samples.EVENTS) {
            Object after = after(event);
            table.append(event.getClass().getSimpleName())
                    .append(" | ")
                    .append(shown(after))
                    .append('\n');
        }

        Goldens.assertKept("views.txt", table.toString());
    }

    @Test
    void keepsWaitingMessagesToProvisioning() {
        ClusterEvent upgraded = new ClusterEvent.ClusterUpgraded(Samples.CLUSTER, 1, Samples.NEXT_VERSION);
        ClusterView running = ClusterProjector.project(CLUSTER, upgraded, incoming(upgraded));
        ClusterEvent late = new ClusterEvent.AddonsInstalled(Samples.CLUSTER, 1);

        assertThat(ClusterProjector.project(running, late, incoming(late)))
                .extracting(ClusterView::status, ClusterView::statusMessage)
                .containsExactly("running", null);
    }

    @Test
    void aPoolThatIsBeingMadeStaysProvisioningWhenItIsScaled() {
        NodePoolEvent requested = Samples.EVENTS.stream()
                .filter(NodePoolEvent.NodePoolRequested.class::isInstance)
                .map(NodePoolEvent.class::cast)
                .findFirst()
                .orElseThrow();
        NodePoolView fresh = NodePoolProjector.project(null, requested, incoming(requested));
        NodePoolEvent scaled = new NodePoolEvent.NodePoolScaled(Samples.POOL, Samples.CLUSTER, 5, 5, 5);

        assertThat(NodePoolProjector.project(fresh, scaled, incoming(scaled)).status())
                .isEqualTo("Provisioning");
    }

    @Test
    void standsWhenTheLogChangesWhatItNeverMade() {
        MachineEvent event =
                new MachineEvent.MachineReady(Samples.WORKER, Samples.CLUSTER, Samples.POOL, MachineRole.WORKER, 1);

        assertThatThrownBy(() -> MachineProjector.project(null, event, incoming(event)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("position 9");
    }

    private static @Nullable Object after(DomainEvent event) {
        IncomingEvent incoming = incoming(event);
        return switch (event) {
            case OrganizationEvent organization -> OrganizationProjector.project(ORGANIZATION, organization, incoming);
            case ClusterEvent cluster -> ClusterProjector.project(CLUSTER, cluster, incoming);
            case NodePoolEvent pool -> NodePoolProjector.project(POOL, pool, incoming);
            case MachineEvent machine -> MachineProjector.project(MACHINE, machine, incoming);
            case NetworkEvent network -> ClusterProjector.project(CLUSTER, network, incoming);
            default -> null;
        };
    }

    private static String shown(@Nullable Object view) {
        return switch (view) {
            case null -> "no view of a subject";
            case OrganizationView it ->
                "organization %s '%s' %s".formatted(it.slug(), it.name(), changed(it.updatedAt()));
            case ClusterView it ->
                "cluster %s %s '%s' endpoint %s observed %s network %s %s%s %s"
                        .formatted(
                                it.k8sVersion(),
                                it.status(),
                                it.statusMessage(),
                                it.endpoint(),
                                it.observedKubernetesVersion(),
                                it.workerSubnet(),
                                it.lbSubnet(),
                                it.standing().isEmpty() ? "" : " " + it.standing(),
                                changed(it.updatedAt()));
            case NodePoolView it ->
                "pool %d..%d=%d %s '%s' %s"
                        .formatted(
                                it.min(),
                                it.max(),
                                it.desired(),
                                it.status(),
                                it.statusMessage(),
                                changed(it.updatedAt()));
            case MachineView it ->
                "machine %s %s %s '%s' at %s %s"
                        .formatted(
                                it.role(),
                                it.name(),
                                it.status(),
                                it.statusMessage(),
                                it.address(),
                                changed(it.updatedAt()));
            default -> throw new IllegalArgumentException("Expected a view, but got " + view + ".");
        };
    }

    private static String changed(Instant updated) {
        return updated.equals(NOW) ? "changed" : "untouched";
    }

    private static IncomingEvent incoming(DomainEvent event) {
        return new IncomingEvent(
                9,
                UUID.nameUUIDFromBytes(new byte[] {9}),
                NOW,
                NOW,
                "type",
                "user",
                "anna",
                event.stream(),
                null,
                event);
    }
}
