package aether.command.dispatch;

import aether.domain.cluster.ClusterId;
import aether.domain.organization.OrganizationId;
import aether.format.Concern;
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
        Concern concern = Concern.of(event);
        OrganizationId organization = concern.organization() == null && concern.cluster() != null
                ? owner(concern.cluster())
                : concern.organization();
        Map<String, Object> whose = new HashMap<>();
        if (organization != null) {
            whose.put(MetadataKeys.ORGANIZATION, organization.toString());
            if (concern.cluster() != null) {
                known.put(concern.cluster(), organization);
            }
        }
        String tenant = concern.tenant();
        if (tenant != null) {
            whose.put(MetadataKeys.TENANT, tenant);
        }
        return whose;
    }

    private @Nullable OrganizationId owner(ClusterId cluster) {
        OrganizationId owner = known.getIfPresent(cluster);
        return owner == null ? owners.apply(cluster).orElse(null) : owner;
    }
}
