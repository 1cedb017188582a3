package aether.archive.stamp;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Who stamps the log's checkpoints, and how often.
 *
 * @param authorities where time-stamping authorities answer, in the order in which they are asked; none: no stamps
 * @param trusted whose answers are believed
 * @param every how often the newest sealed checkpoint is stamped, when it is newer than the one before
 */
public record StampSettings(List<URI> authorities, TrustedAuthorities trusted, Duration every) {

    /** An hour is the most by which anyone could later say that entries were made at another time than they were. */
    public static final Duration HOURLY = Duration.ofHours(1);

    /** No authority: checkpoints are not stamped. */
    public static final StampSettings NONE = new StampSettings(List.of(), TrustedAuthorities.NONE, HOURLY);

    /** Refuses values that cannot work. */
    public StampSettings {
        authorities = List.copyOf(authorities);
        for (URI authority : authorities) {
            if (authority.getHost() == null
                    || !("http".equals(authority.getScheme()) || "https".equals(authority.getScheme()))) {
                throw new IllegalArgumentException(
                        "Expected a time-stamping authority as http://HOST/PATH or https://HOST/PATH, but got '"
                                + authority + "'.");
            }
        }
        if (!authorities.isEmpty() && trusted.isEmpty()) {
            throw new IllegalArgumentException(
                    "Expected the certificates of the time-stamping authorities, but there are none: anybody on the "
                            + "way could answer.");
        }
        if (!every.isPositive()) {
            throw new IllegalArgumentException("Expected a positive timestamp interval, but got " + every + ".");
        }
    }

    /** Whether checkpoints are stamped. */
    public boolean areWanted() {
        return !authorities.isEmpty();
    }
}
