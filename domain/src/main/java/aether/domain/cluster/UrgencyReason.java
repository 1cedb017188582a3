package aether.domain.cluster;

import java.util.Locale;

/** Why something does not wait for the maintenance window; a list, so that nobody writes a person's name here. */
public enum UrgencyReason {
    /** A hole has to be closed, or a key has leaked. */
    SECURITY,
    /** Something is broken that it mends. */
    INCIDENT,
    /** Whoever uses the cluster knows and agrees. */
    AGREED,
    /** None of these; the reference says more. */
    OTHER;

    /** As a sentence has it. */
    public String spoken() {
        return name().toLowerCase(Locale.ROOT);
    }
}
