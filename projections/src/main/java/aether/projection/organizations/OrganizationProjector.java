package aether.projection.organizations;

import aether.domain.organization.OrganizationEvent;
import aether.projection.event.IncomingEvent;
import aether.projection.event.Projected;
import org.jspecify.annotations.Nullable;

/** What an event makes of an organization's view. */
public final class OrganizationProjector {

    private OrganizationProjector() {}

    /**
     * The view after the event.
     *
     * @param view the view before it; absent when there is none yet
     */
    public static @Nullable OrganizationView project(
            @Nullable OrganizationView view, OrganizationEvent event, IncomingEvent incoming) {
        return switch (event) {
            case OrganizationEvent.OrganizationRegistered registered ->
                new OrganizationView(
                        registered.organizationId().value(),
                        registered.slug(),
                        registered.name(),
                        incoming.position(),
                        incoming.recordedTime(),
                        incoming.recordedTime());
            case OrganizationEvent.OrganizationRenamed renamed ->
                Projected.existing(view, incoming).named(renamed.name(), incoming.recordedTime());
            case OrganizationEvent.BillingContactSet unused -> view; // personal: asked for where the keys are
            case OrganizationEvent.BillingContactRemoved unused -> view;
            case OrganizationEvent.ClusterNameClaimed unused -> view;
            case OrganizationEvent.ClusterNameReleased unused -> view;
        };
    }
}
