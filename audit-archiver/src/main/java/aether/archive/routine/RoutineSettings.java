package aether.archive.routine;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How often the archiver verifies the whole archive.
 *
 * @param every from the beginning of one verification to that of the next
 * @param firstAfter how long after its start the archiver begins none
 * @param memory the file that says when the newest one began
 */
public record RoutineSettings(Duration every, Duration firstAfter, Path memory) {

    /** SEC 17a-4(f)(2)(ii) wants it automatic; a day is what the audit design names. */
    public static final Duration DAILY = Duration.ofDays(1);

    /** Whoever has just started has other work to do. */
    public static final Duration FIRST_AFTER = Duration.ofMinutes(10);

    /** Refuses values that make no sense. */
    public RoutineSettings {
        if (every.compareTo(Duration.ofSeconds(1)) < 0 || firstAfter.isNegative()) {
            throw new IllegalArgumentException("Expected verifications at least a second apart, but got " + every
                    + ", the first after " + firstAfter + ".");
        }
    }

    /** The house's values. */
    public static RoutineSettings of(Path memory) {
        return new RoutineSettings(DAILY, FIRST_AFTER, memory);
    }
}
