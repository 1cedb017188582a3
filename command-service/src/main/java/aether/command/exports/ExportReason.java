package aether.command.exports;

/** Why somebody wants an export; a list, so that nobody writes a person's name here. */
public enum ExportReason {
    /** An audit that comes every year, or every quarter. */
    REGULAR_AUDIT,
    /** An authority asked. */
    AUTHORITY_REQUEST,
    /** The customer asked. */
    CUSTOMER_REQUEST,
    /** Something happened that has to be understood. */
    INCIDENT,
    /** A lawsuit. */
    LITIGATION,
    /** To see that all is well. */
    ROUTINE,
    /** None of these; the reference says more. */
    OTHER
}
