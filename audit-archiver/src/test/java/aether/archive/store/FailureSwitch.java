package aether.archive.store;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Makes the n-th change to a group of in-memory stores fail, before or after it has happened. */
public final class FailureSwitch {

    /** When the change fails. */
    public enum Moment {
        /** Nothing was kept. */
        BEFORE,
        /** All was kept, but the answer was lost. */
        AFTER
    }

    private int operations;
    private int failAt = -1;
    private Moment moment = Moment.BEFORE;
    private @Nullable Change meanwhile; // null when a change fails instead

    /** The n-th change from now on fails, counted from 0. */
    public void failAt(int operation, Moment when) {
        operations = 0;
        failAt = operation;
        moment = when;
    }

    /** The n-th change from now on, counted from 0, is held up, and this happens meanwhile. */
    public void interruptAt(int operation, Moment when, Change happens) {
        failAt(operation, when);
        meanwhile = happens;
    }

    /** Nothing fails any more. */
    public void off() {
        failAt = -1;
        meanwhile = null;
        operations = 0;
    }

    /** How many changes there were since the switch was set. */
    public int operations() {
        return operations;
    }

    /** Makes the change, or fails before or after it. */
    public void around(Change change) throws IOException {
        boolean fails = operations++ == failAt;
        if (fails && meanwhile != null) {
            Change happens = meanwhile;
            off();
            if (moment == Moment.BEFORE) {
                happens.make();
            }
            change.make();
            if (moment == Moment.AFTER) {
                happens.make();
            }
            return;
        }
        if (fails && moment == Moment.BEFORE) {
            throw new IOException("Failed before it was kept.");
        }
        change.make();
        if (fails) {
            throw new IOException("Failed after it was kept.");
        }
    }

    /** A change to a store. */
    @FunctionalInterface
    public interface Change {
        /** Makes it. */
        void make() throws IOException;
    }
}
