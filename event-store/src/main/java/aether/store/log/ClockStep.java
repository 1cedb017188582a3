package aether.store.log;

/**
 * The log's clock did not move as time did (law 8): set back, set forward, or a machine that slept.
 *
 * @param position the first position recorded after the step
 * @param clockMicros what the clock showed, microseconds since the epoch
 * @param expectedMicros what it should have shown
 * @param recordedMicros what was recorded: never earlier than the position before
 */
public record ClockStep(long position, long clockMicros, long expectedMicros, long recordedMicros) {

    /** How far the clock stepped: negative is backwards. */
    public long stepMicros() {
        return clockMicros - expectedMicros;
    }

    /** Whether the clock stands behind what was recorded, so that events share one time until it has caught up. */
    public boolean clamped() {
        return recordedMicros > clockMicros;
    }
}
