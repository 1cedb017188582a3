package aether.command.dispatch;

import aether.domain.audit.AuditEvent;
import aether.domain.cluster.ClusterEvent;
import aether.domain.cluster.ClusterId;
import aether.domain.machine.MachineEvent;
import aether.domain.network.NetworkEvent;
import aether.domain.nodepool.NodePoolEvent;
import aether.domain.organization.OrganizationEvent;
import aether.domain.organization.OrganizationId;
import aether.domain.organization.SlugEvent;
import aether.domain.privacy.SubjectEvent;
import aether.store.axon.MetadataKeys;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.jspecify.annotations.Nullable;

/** Writes on every event whose it is: the tenant that keys it on Kafka, and the organization. */
final class Tenancy implements MessageDispatchInterceptor<EventMessage<?>> {

    /** A cluster never changes hands; what is forgotten is read again. */
    private static final int REMEMBERED = 10_000;

    private final Function<ClusterId, Optional<OrganizationId>> owners;

    private final Cache<ClusterId, OrganizationId> known =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    /**
     * Tenancy of events.
     *
     * @param owners finds a cluster's organization in the log
     */
    Tenancy(Function<ClusterId, Optional<OrganizationId>> owners) {
        this.owners = owners;
    }

    @Override
    public BiFunction<Integer, EventMessage<?>, EventMessage<?>> handle(List<? extends EventMessage<?>> messages) {
        return (index, message) -> message.andMetaData(whose(message.getPayload()));
    }

    private Map<String, Object> whose(Object event) {
        return switch (event) {
            case ClusterEvent.ClusterRequested requested -> of(requested.clusterId(), requested.organizationId());
            case ClusterEvent cluster -> of(cluster.clusterId());
            case NodePoolEvent.NodePoolRequested requested -> of(requested.clusterId(), requested.organizationId());
            case NodePoolEvent pool -> of(pool.clusterId());
            case MachineEvent.MachineReserved reserved -> of(reserved.clusterId(), reserved.organizationId());
            case MachineEvent machine -> of(machine.clusterId());
            case NetworkEvent network ->
                switch (network) {
                    case NetworkEvent.RegionOpened ignored -> Map.of();
                    case NetworkEvent.NetworkAllocated allocated -> of(allocated.clusterId());
                    case NetworkEvent.NetworkReleased released -> of(released.clusterId());
                    case NetworkEvent.VmIdClaimed claimed -> of(claimed.clusterId());
                    case NetworkEvent.VmIdReleased released -> of(released.clusterId());
                };
            case OrganizationEvent organization -> of(null, organization.organizationId());
            case SlugEvent slug ->
                switch (slug) {
                    case SlugEvent.SlugClaimed claimed -> of(null, claimed.organizationId());
                };
            case AuditEvent audit ->
                switch (audit) {
                    case AuditEvent.KubeconfigRead read -> of(read.clusterId(), read.organizationId());
                    case AuditEvent.RequestRefused ignored -> Map.of();
                    case AuditEvent.RefusalsSummarized ignored -> Map.of();
                    case AuditEvent.ClockStepped ignored -> Map.of();
                };
            case SubjectEvent ignored -> Map.of(); // a person belongs to no tenant
            default -> Map.of();
        };
    }

    private Map<String, Object> of(ClusterId cluster) {
        OrganizationId owner = known.getIfPresent(cluster);
        return of(cluster, owner == null ? owners.apply(cluster).orElse(null) : owner);
    }

    private Map<String, Object> of(@Nullable ClusterId cluster, @Nullable OrganizationId organization) {
        Map<String, Object> whose = new HashMap<>();
        if (organization != null) {
            whose.put(MetadataKeys.ORGANIZATION, organization.toString());
            whose.put(MetadataKeys.TENANT, organization.toString());
        }
        if (cluster != null) {
            whose.put(MetadataKeys.TENANT, cluster.toString());
            if (organization != null) {
                known.put(cluster, organization);
            }
        }
        return whose;
    }
}
