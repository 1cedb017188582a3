package aether.domain.organization;

import aether.domain.cluster.ClusterId;
import aether.domain.kernel.DomainEvent;

/** What has happened to an organization. */
public sealed interface OrganizationEvent extends DomainEvent {

    /** The organization. */
    OrganizationId organizationId();

    @Override
    default String stream() {
        return organizationId().stream();
    }

    /** A customer joined the platform. */
    record OrganizationRegistered(OrganizationId organizationId, String slug, String name)
            implements OrganizationEvent {}

    /** The name that people read changed. */
    record OrganizationRenamed(OrganizationId organizationId, String name) implements OrganizationEvent {}

    /** A cluster took a name; no other cluster of the organization may use it until it is released. */
    record ClusterNameClaimed(OrganizationId organizationId, String name, ClusterId clusterId)
            implements OrganizationEvent {}

    /** A deleted cluster gave its name back. */
    record ClusterNameReleased(OrganizationId organizationId, String name, ClusterId clusterId)
            implements OrganizationEvent {}
}
