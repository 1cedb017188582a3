package aether.domain.cluster;

import java.util.Locale;

/** Why reconciliation of a cluster is paused; a list, so that nobody writes a person's name here. */
public enum PauseReason {
    /** Something of the cluster is worked on by hand. */
    MAINTENANCE,
    /** Something is wrong, and nothing may change while it is looked at. */
    INCIDENT,
    /** What is below the cluster is moved or repaired. */
    INFRASTRUCTURE,
    /** None of these; the reference says more. */
    OTHER;

    /** As a sentence has it. */
    public String spoken() {
        return name().toLowerCase(Locale.ROOT);
    }
}
