package aether.standalone.replay;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Up to which event, that one included: a position, or a time by which it was recorded. */
public sealed interface Until {

    /** Whether an event is in. */
    boolean includes(long position, long recordedMicros);

    /** Everything. */
    record End() implements Until {
        @Override
        public boolean includes(long position, long recordedMicros) {
            return true;
        }

        @Override
        public String toString() {
            return "the end";
        }
    }

    /** The event at a position, and those before. */
    record Position(long last) implements Until {
        @Override
        public boolean includes(long position, long recordedMicros) {
            return position <= last;
        }

        @Override
        public String toString() {
            return "position " + last;
        }
    }

    /** What was recorded by a time; recorded times never run backwards, so it is a beginning of the log. */
    record Time(Instant at) implements Until {
        @Override
        public boolean includes(long position, long recordedMicros) {
            return !Instant.EPOCH.plus(recordedMicros, ChronoUnit.MICROS).isAfter(at);
        }

        @Override
        public String toString() {
            return at.toString();
        }
    }

    /**
     * Reads a position or a time.
     *
     * @throws IllegalArgumentException when it is neither
     */
    static Until parse(String text) {
        if (text.chars().allMatch(Character::isDigit) && !text.isEmpty() && text.length() <= 18) {
            return new Position(Long.parseLong(text));
        }
        try {
            return new Time(Instant.parse(text));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "Expected a position (17) or a time (2026-11-27T14:00:00Z), but got '" + text + "'.", e);
        }
    }
}
