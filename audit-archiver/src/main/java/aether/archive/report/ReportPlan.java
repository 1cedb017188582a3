package aether.archive.report;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is due. It never changes: having done something gives another plan. Silence is measured with a clock
 * that only goes forward; which hour it is, with the wall clock.
 *
 * @param size how many entries the archive had when it last grew
 * @param grewAt when that was, on the clock that only goes forward
 * @param beatenAt the size at which the last sign of life was given, -1 for none
 * @param hour the newest hour that was compared; absent before the first
 * @param tryAt when a comparison may be tried, on the clock that only goes forward
 * @param wholeAt when the log was last read from its beginning, on that clock; absent before the first
 */
record ReportPlan(
        long size,
        long grewAt,
        long beatenAt,
        @Nullable Instant hour,
        long tryAt,
        @Nullable Long wholeAt) {

    /** What was read once is read again as often: whoever changes old rows is found within this. */
    static final Duration WHOLE_EVERY = Duration.ofDays(1);

    /** A command service that was away is asked again. */
    static final Duration TRY_AGAIN = Duration.ofMinutes(1);

    /** What may be due. */
    sealed interface Due {
        /** Nothing. */
        record Nothing() implements Due {}

        /** A sign of life, so many seconds after the last entry. */
        record Heartbeat(long size, long silentSeconds) implements Due {}

        /**
         * A comparison.
         *
         * @param hour for which it counts
         * @param anew whether the log is read from its beginning
         */
        record Comparison(Instant hour, boolean anew) implements Due {}
    }

    /** The plan at the start of a process. */
    static ReportPlan starting(long size, long nanos) {
        return new ReportPlan(size, nanos, -1, null, nanos, null);
    }

    /** What is due; a comparison before a heartbeat, because it is an entry as well. */
    Due due(ReportSettings settings, Instant now, long nanos, long sealedSize) {
        Instant slot = slot(now, settings.every());
        // Another hour, not a later one: after a clock that was far ahead, years would pass without a comparison.
        if (sealedSize > 0 && !slot.equals(hour) && nanos - tryAt >= 0) {
            boolean anew = wholeAt == null || nanos - wholeAt >= WHOLE_EVERY.toNanos();
            return new Due.Comparison(slot, anew);
        }
        long silent = nanos - grewAt;
        if (beatenAt != size && silent >= settings.silence().toNanos()) {
            return new Due.Heartbeat(size, Duration.ofNanos(silent).toSeconds());
        }
        return new Due.Nothing();
    }

    /** The archive has this size now. */
    ReportPlan seen(long newSize, long nanos) {
        return newSize == size ? this : new ReportPlan(newSize, nanos, beatenAt, hour, tryAt, wholeAt);
    }

    /** A sign of life is on its way: the log's next entry, so that there is no second one at this size. */
    ReportPlan beaten(long atSize) {
        return new ReportPlan(size, grewAt, atSize, hour, tryAt, wholeAt);
    }

    /** A comparison is on its way into the log. */
    ReportPlan compared(Due.Comparison done, long nanos) {
        return new ReportPlan(size, grewAt, beatenAt, done.hour(), tryAt, done.anew() ? Long.valueOf(nanos) : wholeAt);
    }

    /** A comparison could not be made. */
    ReportPlan later(long nanos) {
        return new ReportPlan(size, grewAt, beatenAt, hour, nanos + TRY_AGAIN.toNanos(), wholeAt);
    }

    /**
     * Whether a sign of life was given long ago and has not become an entry: then the way into the archive is broken.
     */
    boolean isUnheard(ReportSettings settings, long nanos) {
        return beatenAt == size && nanos - grewAt >= 2 * settings.silence().toNanos();
    }

    private static Instant slot(Instant now, Duration every) {
        long seconds = every.toSeconds();
        return Instant.ofEpochSecond(Math.floorDiv(now.getEpochSecond(), seconds) * seconds);
    }
}
