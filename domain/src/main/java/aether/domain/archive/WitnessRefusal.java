package aether.domain.archive;

/**
 * A checkpoint that a witness would not cosign.
 *
 * @param size the checkpoint's size
 * @param root its root
 * @param cause what the witness meant
 * @param status the HTTP status that it answered with
 * @param witnessSize up to where it says to have followed the log; -1 when it did not say
 */
public record WitnessRefusal(long size, String root, Cause cause, int status, long witnessSize) {

    /** What a refusal can mean; never the witness's own words. */
    public enum Cause {
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
        OTHER
    }
}
