package aether.archive.stamp;

import java.time.Instant;

/** What a timestamp turned out to be. */
public sealed interface TimestampVerdict {

    /**
     * It says what it should, and by whom.
     *
     * @param time when the authority says it saw the hash
     * @param authority the subject of the certificate it was signed with
     */
    record Genuine(Instant time, String authority) implements TimestampVerdict {}

    /**
     * It is worth nothing.
     *
     * @param reason for a machine
     * @param sentence for a person
     */
    record Refused(Reason reason, String sentence) implements TimestampVerdict {}

    /** Why a timestamp is worth nothing, in the order in which it is looked at. */
    enum Reason {
        /** It is no answer of an authority, or holds more or less than that. */
        UNREADABLE,
        /** The authority says that it will not. */
        NOT_GRANTED,
        /** It is about something else. */
        OTHER_IMPRINT,
        /** It is the answer to another question. */
        OTHER_NONCE,
        /** The certificate that was asked for is not in it. */
        NO_CERTIFICATE,
        /** The certificate is for something else than stamping time. */
        OTHER_PURPOSE,
        /** The certificate was not valid at the time in it. */
        NOT_VALID_THEN,
        /** It was not made with the certificate's key, or was changed since. */
        BAD_SIGNATURE,
        /** Nobody who is trusted vouches for the certificate. */
        UNTRUSTED
    }
}
