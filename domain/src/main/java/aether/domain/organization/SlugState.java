package aether.domain.organization;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who holds a slug.
 *
 * @param heldBy absent while nobody does
 */
public record SlugState(@Nullable OrganizationId heldBy) {

    /** A slug that nobody has claimed. */
    public static final SlugState FREE = new SlugState(null);

    /** The organization that holds the slug. */
    public Optional<OrganizationId> holder() {
        return Optional.ofNullable(heldBy);
    }

    /** The state after an event. */
    public SlugState apply(SlugEvent event) {
        return switch (event) {
            case SlugEvent.SlugClaimed claimed -> new SlugState(claimed.organizationId());
        };
    }
}
