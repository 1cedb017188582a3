package aether.archive.cosign;

import java.util.Locale;

/** What a witness that refuses means, by the statuses of C2SP tlog-witness; the command API has the same words. */
public enum RefusalCause {
    /** It has followed the log further than the log goes. */
    SHORTER_THAN_SEEN,
    /** It knows another tree of the log. */
    DIFFERS_FROM_SEEN,
    /** It knows no key of the log that has signed it. */
    KEY_UNKNOWN,
    /** It does not follow the log. */
    LOG_UNKNOWN,
    /** It could not read what it was asked. */
    UNREADABLE,
    /** What it answered is no cosignature of its key. */
    WRONG_SIGNATURE,
    /** The status says nothing more. */
    OTHER;

    /** What is meant by the status of an answer that is no cosignature. */
    static RefusalCause of(int status) {
        return switch (status) {
            case 200 -> WRONG_SIGNATURE;
            case 400 -> UNREADABLE;
            case 403 -> KEY_UNKNOWN;
            case 404 -> LOG_UNKNOWN;
            case 409, 422 -> DIFFERS_FROM_SEEN;
            default -> OTHER;
        };
    }

    /** The word in the command API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
