package aether.domain.archive;

/** Why the log's key was changed; a list, so that nobody writes a person's name here. */
public enum KeyChangeReason {
    /** Its time was over. */
    SCHEDULED,
    /** Somebody may have it who should not. */
    EXPOSED,
    /** Whoever looked after it does so no more. */
    PERSONNEL_CHANGE,
    /** None of these; the reference says more. */
    OTHER
}
