package aether.archive.intake;

import java.util.TreeSet;

/** How far one partition is read, held and archived. */
final class PartitionProgress {

    private static final long NONE = -1;

    private final TreeSet<Long> held = new TreeSet<>();
    private long readTo;
    private long passedOver = NONE;
    private boolean paused;

    /** The record at this offset needs nothing more. */
    void read(long offset) {
        readTo = Math.max(readTo, offset + 1);
    }

    /** The record at this offset is held until it is archived. */
    void hold(long offset) {
        held.add(offset);
        read(offset);
    }

    void archived(long offset) {
        held.remove(offset);
    }

    /** The record at this offset was too far ahead and must be read again. */
    void passOver(long offset) {
        passedOver = passedOver == NONE ? offset : Math.min(passedOver, offset);
    }

    boolean hasPassedOver() {
        return passedOver != NONE;
    }

    /** Where to read again from what was passed over. */
    long readAgain() {
        long from = passedOver;
        passedOver = NONE;
        return from;
    }

    boolean isPaused() {
        return paused;
    }

    void pause(boolean pause) {
        paused = pause;
    }

    /** Everything before this offset is archived or no event of ours. */
    long next() {
        long next = held.isEmpty() ? readTo : Math.min(readTo, held.first());
        return passedOver == NONE ? next : Math.min(next, passedOver);
    }
}
