package aether.domain.organization;

import aether.domain.cluster.ClusterId;
import aether.domain.kernel.DomainEvent;
import aether.domain.kernel.Personal;

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

    /** There is somebody to write to about money. */
    record BillingContactSet(OrganizationId organizationId, Personal email) implements OrganizationEvent {}

    /** There is nobody any more to write to about money. */
    record BillingContactRemoved(OrganizationId organizationId) implements OrganizationEvent {}

    /** A cluster took a name; no other cluster of the organization may use it until it is released. */
    record ClusterNameClaimed(OrganizationId organizationId, String name, ClusterId clusterId)
            implements OrganizationEvent {}

    /** A deleted cluster gave its name back. */
    record ClusterNameReleased(OrganizationId organizationId, String name, ClusterId clusterId)
            implements OrganizationEvent {}
}
