package aether.domain.privacy;

/** Why a person has to be forgotten: the grounds of Art. 17(1) GDPR, in its order. */
public enum ErasureBasis {
    /** (a) the data are no longer necessary. */
    NO_LONGER_NECESSARY,
    /** (b) consent was withdrawn. */
    CONSENT_WITHDRAWN,
    /** (c) the person objects. */
    OBJECTION,
    /** (d) the data were processed unlawfully. */
    UNLAWFUL_PROCESSING,
    /** (e) a law demands it. */
    LEGAL_OBLIGATION,
    /** (f) the data were collected from a child. */
    OFFERED_TO_A_CHILD
}
