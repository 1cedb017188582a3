package aether.domain.privacy;

/** Why data may not go (Art. 17(3) and 18(2) GDPR). No free text: a reason must not name a person. */
public enum HoldReason {
    /** Legal claims are made or defended. */
    LITIGATION,
    /** An authority asks. */
    AUTHORITY_REQUEST,
    /** Something is being looked into. */
    INVESTIGATION,
    /** An audit is going on. */
    AUDIT
}
