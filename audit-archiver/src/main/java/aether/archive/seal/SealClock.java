package aether.archive.seal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Time that never runs backwards along seals: a step back is clamped, a leap forward taken, and both are recorded. */
final class SealClock {

    /**
     * Longer than any quiet night between two starts of a healthy clock's synchronisation, as the audit design says.
     */
    static final Duration LEAP = Duration.ofDays(1);

    /**
     * A time and how it came about.
     *
     * @param time the time, never before the last
     * @param state {@code steady}, {@code clamped} or {@code leapt}
     */
    record Reading(Instant time, String state) {}

    private final InstantSource source;
    private Instant last;
    private boolean known;

    SealClock(InstantSource source, Instant last, boolean known) {
        this.source = source;
        this.last = last;
        this.known = known;
    }

    Reading read() {
        Instant now = source.instant().truncatedTo(ChronoUnit.MICROS);
        String state = "steady";
        if (known && now.isBefore(last)) {
            state = "clamped";
        } else if (known && now.isAfter(last.plus(LEAP))) {
            state = "leapt";
        }
        last = now.isBefore(last) ? last : now;
        known = true;
        return new Reading(last, state);
    }
}
