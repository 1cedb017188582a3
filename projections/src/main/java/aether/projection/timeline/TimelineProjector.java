package aether.projection.timeline;

import aether.domain.audit.AuditEvent;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.cluster.ProvisioningStage;
import aether.domain.export.ExportEvent;
import aether.domain.kernel.DomainEvent;
import aether.domain.machine.MachineEvent;
import aether.domain.machine.MachineRole;
import aether.domain.network.NetworkEvent;
import aether.domain.nodepool.NodePoolEvent;
import aether.domain.organization.OrganizationEvent;
import aether.domain.organization.OrganizationId;
import aether.domain.organization.SlugEvent;
import aether.projection.event.IncomingEvent;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an event is told as. */
public final class TimelineProjector {

    private TimelineProjector() {}

    /** The entry for the event. */
    public static TimelineEntry project(IncomingEvent incoming, Names names) throws SQLException {
        Scope scope = scope(incoming.event());
        UUID cluster = scope.cluster();
        UUID organization = scope.organization();
        if (organization == null && cluster != null) {
            organization = names.organizationOf(cluster).orElse(null);
        }
        if (organization == null) {
            organization = incoming.organization();
        }
        return new TimelineEntry(
                incoming.position(),
                incoming.eventId(),
                organization,
                cluster,
                incoming.time(),
                incoming.recordedTime(),
                incoming.type(),
                incoming.actorType(),
                incoming.actor(),
                incoming.subject(),
                stage(incoming.event())
                        .map(stage -> stage.name().toLowerCase(Locale.ROOT))
                        .orElse(null),
                Narrator.tell(incoming.event(), names));
    }

    private record Scope(
            @Nullable UUID organization, @Nullable UUID cluster) {

        static final Scope PLATFORM = new Scope(null, null);

        static Scope of(UUID cluster) {
            return new Scope(null, cluster);
        }
    }

    private static Scope scope(DomainEvent event) {
        return switch (event) {
            case ClusterEvent.ClusterRequested requested ->
                new Scope(
                        requested.organizationId().value(),
                        requested.clusterId().value());
            case ClusterEvent cluster -> Scope.of(cluster.clusterId().value());
            case NodePoolEvent pool -> Scope.of(pool.clusterId().value());
            case MachineEvent machine -> Scope.of(machine.clusterId().value());
            case OrganizationEvent.ClusterNameClaimed claimed ->
                new Scope(claimed.organizationId().value(), claimed.clusterId().value());
            case OrganizationEvent.ClusterNameReleased released ->
                new Scope(
                        released.organizationId().value(), released.clusterId().value());
            case OrganizationEvent organization ->
                new Scope(organization.organizationId().value(), null);
            case SlugEvent.SlugClaimed claimed ->
                new Scope(claimed.organizationId().value(), null);
            case NetworkEvent.NetworkAllocated allocated ->
                Scope.of(allocated.clusterId().value());
            case NetworkEvent.NetworkReleased released ->
                Scope.of(released.clusterId().value());
            case NetworkEvent.VmIdClaimed claimed ->
                Scope.of(claimed.clusterId().value());
            case NetworkEvent.VmIdReleased released ->
                Scope.of(released.clusterId().value());
            case AuditEvent.KubeconfigRead read ->
                new Scope(read.organizationId().value(), read.clusterId().value());
            case ExportEvent export -> scope(export);
            default -> Scope.PLATFORM;
        };
    }

    private static Scope scope(ExportEvent export) {
        OrganizationId organization = export.organizationId();
        ClusterId cluster = export.clusterId();
        return new Scope(organization == null ? null : organization.value(), cluster == null ? null : cluster.value());
    }

    private static Optional<ProvisioningStage> stage(DomainEvent event) {
        return switch (event) {
            case NetworkEvent.NetworkAllocated unused -> Optional.of(ProvisioningStage.NETWORK);
            case MachineEvent.MachineReady ready ->
                ready.role() == MachineRole.LOAD_BALANCER
                        ? Optional.of(ProvisioningStage.LOAD_BALANCER)
                        : Optional.empty();
            case ClusterEvent.EndpointPublished unused -> Optional.of(ProvisioningStage.ENDPOINT);
            case ClusterEvent.CertificatesIssued unused -> Optional.of(ProvisioningStage.CERTIFICATES);
            case ClusterEvent.ControlPlaneReady unused -> Optional.of(ProvisioningStage.CONTROL_PLANE);
            case ClusterEvent.AddonsInstalled unused -> Optional.of(ProvisioningStage.ADDONS);
            case ClusterEvent.ClusterRunning unused -> Optional.of(ProvisioningStage.NODE_POOLS);
            default -> Optional.empty();
        };
    }
}
