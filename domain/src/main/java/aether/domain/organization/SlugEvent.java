package aether.domain.organization;

import aether.domain.kernel.DomainEvent;

/** What has happened to a slug, the platform-wide unique name of an organization. */
public sealed interface SlugEvent extends DomainEvent {

    /** The slug. */
    String slug();

    @Override
    default String stream() {
        return SlugCommand.stream(slug());
    }

    /** An organization took the slug. */
    record SlugClaimed(String slug, OrganizationId organizationId) implements SlugEvent {}
}
