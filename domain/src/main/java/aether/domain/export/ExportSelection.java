package aether.domain.export;

import aether.domain.cluster.ClusterId;
import aether.domain.organization.OrganizationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an export is about; absent parts do not narrow it, and one without any is the whole platform's.
 *
 * @param actor the pseudonym of whoever acted, or {@link #NAMED}
 * @param from recorded at this time or later
 * @param to recorded before this time
 */
public record ExportSelection(
        @Nullable OrganizationId organizationId,
        @Nullable ClusterId clusterId,
        @Nullable String actor,
        @Nullable Instant from,
        @Nullable Instant to) {

    /** Stands for an actor that is no pseudonym, because a name must not get into the log. */
    public static final String NAMED = "named";

    /** What may be kept of an actor. */
    public static String withoutName(String actor) {
        return isPseudonym(actor) ? actor : NAMED;
    }

    private static boolean isPseudonym(String actor) {
        return actor.matches("p/[A-Za-z0-9_-]{22}");
    }

    /** Whether the actor, if any, is written without a name. */
    boolean namesNobody() {
        return actor == null || actor.equals(withoutName(actor));
    }
}
