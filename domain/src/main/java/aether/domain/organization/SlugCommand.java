package aether.domain.organization;

import aether.domain.kernel.Command;
import aether.domain.kernel.FoundingCommand;

/** What may be asked of a slug. */
public sealed interface SlugCommand extends Command {

    /** The slug. */
    String slug();

    @Override
    default String stream() {
        return stream(slug());
    }

    /** The stream on which a slug is claimed. */
    static String stream(String slug) {
        return "slug-" + slug;
    }

    /**
     * Registers a customer under a slug of its own.
     *
     * @param slug a DNS label, unique on the platform
     * @param name the name people read
     */
    record RegisterOrganization(String slug, OrganizationId organizationId, String name)
            implements SlugCommand, FoundingCommand {}
}
