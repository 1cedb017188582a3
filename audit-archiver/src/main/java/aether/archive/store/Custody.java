package aether.archive.store;

import java.io.IOException;
import java.time.Instant;

/**
 * What may be done to an archived object besides keeping it: a court may want it held, and when its lock has ended and
 * nobody holds it, it may go. Whoever archives has no such thing.
 */
public interface Custody {

    /** Whether a legal hold is on the object, or on any version of it. */
    boolean isHeld(String key) throws IOException;

    /** Puts a legal hold on the object: it stays, whatever its lock says. Again is no different. */
    void hold(String key) throws IOException;

    /** Takes the legal hold off; its lock stays as it is. */
    void lift(String key) throws IOException;

    /**
     * Removes the object with its lock. One that is not there is removed already.
     *
     * @param now by this clock the lock must have ended
     * @throws StillKept when the lock has not ended, or a legal hold is on it
     * @throws IOException when the store refuses or does not answer
     */
    void remove(String key, Instant now) throws IOException;

    /** Nothing was removed, because the object is locked or held. */
    final class StillKept extends IOException {

        private static final long serialVersionUID = 1L;

        /** Says why. */
        public StillKept(String message) {
            super(message);
        }
    }
}
