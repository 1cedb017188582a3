package aether.domain.export;

/** How far an export has come. */
public enum ExportStatus {
    /** Nobody asked for it. */
    ABSENT,
    /** It is being written. */
    REQUESTED,
    /** It is there. */
    COMPLETED,
    /** There will be none. */
    FAILED
}
