package aether.store.log;

import org.jspecify.annotations.Nullable;

/**
 * Compares the log's clock with this process's monotonic one, from batch to batch. The database read its clock at some
 * moment between sending and answering, so only what no moment between the two explains counts as a step.
 */
final class ClockWatch {

    /** Slewing and drift stay far below this between two batches of a busy log, and a step worth an event above it. */
    static final long STEP_MICROS = 2_000_000;

    private boolean known;

    private long clockMicros;

    private long sentNanos;

    private long answeredNanos;

    /** The step that this batch reveals, if any. */
    @Nullable
    ClockStep observe(long position, long clock, long recorded, long sent, long answered) {
        ClockStep step = null;
        if (known) {
            long latest = clockMicros + (answered - sentNanos) / 1_000;
            long earliest = clockMicros + (sent - answeredNanos) / 1_000;
            if (clock > latest + STEP_MICROS) {
                step = new ClockStep(position, clock, latest, recorded);
            } else if (clock < earliest - STEP_MICROS) {
                step = new ClockStep(position, clock, earliest, recorded);
            }
        } else if (recorded > clock + STEP_MICROS) {
            // The first batch of this process, and the log already holds a later time.
            step = new ClockStep(position, clock, recorded, recorded);
        }
        known = true;
        clockMicros = clock;
        sentNanos = sent;
        answeredNanos = answered;
        return step;
    }
}
