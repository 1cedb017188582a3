package aether.format;

import aether.domain.archive.ArchiveEvent;
import aether.domain.audit.AuditEvent;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.export.ExportEvent;
import aether.domain.machine.MachineEvent;
import aether.domain.network.NetworkEvent;
import aether.domain.nodepool.NodePoolEvent;
import aether.domain.organization.OrganizationEvent;
import aether.domain.organization.OrganizationId;
import aether.domain.organization.SlugEvent;
import aether.domain.privacy.SubjectEvent;
import org.jspecify.annotations.Nullable;

/**
 * Whose an event is, as far as it says so itself. The log's writer and whoever restores the log from the archive use
 * this one rule, because a CloudEvent does not carry the tenant that keys it on Kafka.
 *
 * @param cluster the cluster it concerns, if any
 * @param organization the organization it names, if any; many events of a cluster do not name it
 */
public record Concern(@Nullable ClusterId cluster, @Nullable OrganizationId organization) {

    private static final Concern NOBODY = new Concern(null, null);

    /** Whose it is. */
    public static Concern of(Object event) {
        return switch (event) {
            case ClusterEvent.ClusterRequested requested ->
                new Concern(requested.clusterId(), requested.organizationId());
            case ClusterEvent cluster -> of(cluster.clusterId());
            case NodePoolEvent.NodePoolRequested requested ->
                new Concern(requested.clusterId(), requested.organizationId());
            case NodePoolEvent pool -> of(pool.clusterId());
            case MachineEvent.MachineReserved reserved -> new Concern(reserved.clusterId(), reserved.organizationId());
            case MachineEvent machine -> of(machine.clusterId());
            case NetworkEvent network ->
                switch (network) {
                    case NetworkEvent.RegionOpened ignored -> NOBODY;
                    case NetworkEvent.NetworkAllocated allocated -> of(allocated.clusterId());
                    case NetworkEvent.NetworkReleased released -> of(released.clusterId());
                    case NetworkEvent.VmIdClaimed claimed -> of(claimed.clusterId());
                    case NetworkEvent.VmIdReleased released -> of(released.clusterId());
                };
            case OrganizationEvent organization -> new Concern(null, organization.organizationId());
            case SlugEvent slug ->
                switch (slug) {
                    case SlugEvent.SlugClaimed claimed -> new Concern(null, claimed.organizationId());
                };
            case AuditEvent audit ->
                switch (audit) {
                    case AuditEvent.KubeconfigRead read -> new Concern(read.clusterId(), read.organizationId());
                    case AuditEvent.RequestRefused ignored -> NOBODY;
                    case AuditEvent.RefusalsSummarized ignored -> NOBODY;
                    case AuditEvent.ClockStepped ignored -> NOBODY;
                };
            case ExportEvent export -> new Concern(export.clusterId(), export.organizationId());
            case ArchiveEvent ignored -> NOBODY; // everybody's, and so no tenant's
            case SubjectEvent ignored -> NOBODY; // a person belongs to no tenant
            default -> NOBODY;
        };
    }

    /** The tenant that keys the event on Kafka: the cluster, else the organization, else none. */
    public @Nullable String tenant() {
        if (cluster != null) {
            return cluster.toString();
        }
        return organization == null ? null : organization.toString();
    }

    private static Concern of(ClusterId cluster) {
        return new Concern(cluster, null);
    }
}
