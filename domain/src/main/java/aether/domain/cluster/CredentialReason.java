package aether.domain.cluster;

/** Why somebody wants to enter a cluster; a list, so that nobody writes a person's name here. */
public enum CredentialReason {
    /** Everyday work. */
    ROUTINE,
    /** Something is wrong and has to be looked at. */
    INCIDENT,
    /** A program works there, not a person. */
    AUTOMATION,
    /** None of these; the reference says more. */
    OTHER
}
