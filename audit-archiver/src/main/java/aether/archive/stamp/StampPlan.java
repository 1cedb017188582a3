package aether.archive.stamp;

import java.time.Duration;

/**
 * When which authority is asked next, on a clock that only goes forward.
 *
 * @param due when, in nanoseconds
 * @param authority which one
 * @param pause how long to wait after all of them have failed
 */
record StampPlan(long due, int authority, Duration pause) {

    /** Most failures are over within a minute; an hourly stamp loses nothing by waiting for one. */
    static final Duration FIRST_PAUSE = Duration.ofMinutes(1);

    /** Whoever repairs an authority gets a stamp within the hour it was missing for. */
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(30);

    /**
     * The plan of a process that has just started.
     *
     * @param last how long ago the newest stamp was made, by two clocks that may disagree
     */
    static StampPlan resumed(long now, Duration last, Duration every) {
        Duration left = every.minus(last);
        if (left.isNegative()) {
            left = Duration.ZERO;
        } else if (left.compareTo(every) > 0) { // a stamp from the future must not silence us until then
            left = every;
        }
        return new StampPlan(now + left.toNanos(), 0, FIRST_PAUSE);
    }

    /** The plan when there has been no stamp. */
    static StampPlan atOnce(long now) {
        return new StampPlan(now, 0, FIRST_PAUSE);
    }

    boolean isDue(long now) {
        return now - due >= 0;
    }

    StampPlan stamped(long now, Duration every) {
        return new StampPlan(now + every.toNanos(), 0, FIRST_PAUSE);
    }

    /** The next authority at once; after the last of them a pause, each twice as long as the one before. */
    StampPlan failed(long now, int authorities) {
        if (authority + 1 < authorities) {
            return new StampPlan(now, authority + 1, pause);
        }
        Duration longer = pause.multipliedBy(2);
        return new StampPlan(now + pause.toNanos(), 0, longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE);
    }
}
