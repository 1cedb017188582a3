package aether.sandbox.certificates;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * When a certificate is renewed.
 *
 * @param before how long before its end; zero when it is not said
 * @param percentage the same as a share of its life; 0 when it is not said
 * @param disabled whether it never is
 */
record Renewal(Duration before, long percentage, boolean disabled) {

    private static final int WHOLE = 100;

    /** Counts with the life that the certificate has, not with the one that was asked for: an issuer may shorten it. */
    Optional<Instant> at(Instant notBefore, Instant notAfter) {
        if (disabled) {
            return Optional.empty();
        }
        Duration life = Duration.between(notBefore, notAfter);
        Duration early;
        if (before.isPositive() && before.compareTo(life) < 0) {
            early = before;
        } else if (percentage > 0 && percentage < WHOLE) {
            early = life.multipliedBy(percentage).dividedBy(WHOLE);
        } else {
            early = life.dividedBy(3);
        }
        return Optional.of(notAfter.minus(early).truncatedTo(ChronoUnit.SECONDS));
    }
}
