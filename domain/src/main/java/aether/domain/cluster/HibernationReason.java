package aether.domain.cluster;

import java.util.Locale;

/** Why a cluster is hibernated; a list, so that nobody writes a person's name here. */
public enum HibernationReason {
    /** Nobody uses it for a while. */
    UNUSED,
    /** It costs more than it is worth now. */
    COST,
    /** What is below the cluster is worked on. */
    INFRASTRUCTURE,
    /** None of these; the reference says more. */
    OTHER;

    /** As a sentence has it. */
    public String spoken() {
        return name().toLowerCase(Locale.ROOT);
    }
}
