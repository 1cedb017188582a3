package aether.archive.seal;

import aether.archive.log.Signer;
import java.time.Instant;
import java.util.List;

/**
 * A key that waits to follow the log's present one. Everybody who has the same gives the same statement.
 *
 * @param signer signs with it
 * @param at when it was decided
 * @param reason why, in a word of the command API such as {@code scheduled}
 * @param reference the number of a case; empty for none
 */
public record NextKey(Signer signer, Instant at, String reason, String reference) {

    /** What the command API takes. */
    public static final List<String> REASONS = List.of("scheduled", "exposed", "personnel-change", "other");

    private static final int MAX_REFERENCE = 64;

    /** Refuses what the log's entry could not say. */
    public NextKey {
        if (!REASONS.contains(reason)) {
            throw new IllegalArgumentException(
                    "Expected one of the reasons " + String.join(", ", REASONS) + ", but got " + reason + ".");
        }
        if (reference.length() > MAX_REFERENCE || reference.chars().anyMatch(c -> c <= ' ')) {
            throw new IllegalArgumentException("Expected the number of a case, without blanks, of at most "
                    + MAX_REFERENCE + " characters, but got " + reference.length() + " others.");
        }
    }
}
