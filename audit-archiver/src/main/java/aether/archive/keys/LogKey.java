package aether.archive.keys;

import aether.archive.log.VerifierKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One of the keys that a log is signed with in the course of the years.
 *
 * @param number counted from 0; 0 too while nobody knows how many came before it
 * @param key the public key
 * @param by what made it the log's; null for the first that is known
 * @param until the size up to which it signs; {@link Long#MAX_VALUE} while no other has followed
 */
public record LogKey(int number, VerifierKey key, @Nullable Succession by, long until) {

    /** The size from which on it signs. At that size, the key before it signs as well: both have sworn to that root. */
    public long from() {
        return by == null ? 0 : by.size();
    }

    /** Since when it signs. */
    public Instant since() {
        return by == null ? Instant.MIN : by.at();
    }

    /** By which the key before it handed over; null for the first that is known, and for the first of an epoch. */
    public @Nullable KeyStatement statement() {
        return by instanceof KeyStatement statement ? statement : null;
    }

    /** On which its epoch is built; null when it was handed over to, or is the first that is known. */
    public @Nullable EpochBase base() {
        return by instanceof EpochBase base ? base : null;
    }

    boolean speaksFor(long size) {
        return size >= from() && size <= until;
    }

    /** The same with its end, and with the number that it turns out to have when it is the first that is known. */
    LogKey handingOver(Succession next) {
        return new LogKey(next.number() - 1, key, by, next.size());
    }
}
