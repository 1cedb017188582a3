package aether.archive.intake;

import java.time.Duration;
import java.util.Set;

/**
 * The bounds of the intake.
 *
 * @param window how far ahead of the wanted position an event may be and still be held
 * @param bytes how many bytes of events are held at most
 * @param pollTimeout how long one look at Kafka waits when there is nothing
 * @param gapPatience how long a missing position may be on its way before the door is asked for it
 * @param knownRepeats SHA-256 in lower-case hex of events that came at an archived position with other content, and
 *     that a person has looked into
 */
public record IntakeSettings(
        int window, long bytes, Duration pollTimeout, Duration gapPatience, Set<String> knownRepeats) {

    /**
     * The house's values: 16,384 events bridge partitions that run a few fetches apart and fill one commit, 64 MiB fit
     * a small heap, 100 ms keep the live checkpoint punctual, and what has not come after 10 s has usually been lost.
     */
    public static final IntakeSettings DEFAULTS =
            new IntakeSettings(16_384, 64L << 20, Duration.ofMillis(100), Duration.ofSeconds(10));

    /** Bounds, and no repeat is known. */
    public IntakeSettings(int window, long bytes, Duration pollTimeout, Duration gapPatience) {
        this(window, bytes, pollTimeout, gapPatience, Set.of());
    }

    /** Refuses values that make no sense. */
    public IntakeSettings {
        knownRepeats = Set.copyOf(knownRepeats);
        if (window < 1 || bytes < 1 || !pollTimeout.isPositive() || !gapPatience.isPositive()) {
            throw new IllegalArgumentException("Expected positive bounds, but got window " + window + ", bytes " + bytes
                    + ", poll timeout " + pollTimeout + " and gap patience " + gapPatience + ".");
        }
    }
}
