package aether.reconcile.loop;

import java.util.Optional;

/** A step of a plan, as far as one may look at it without knowing its subject. */
public interface Step {

    /**
     * What was found to have drifted.
     *
     * @param subject the object; empty where it is the one that is worked on
     * @param found what has become of it
     */
    record Drift(String subject, String found) {}

    /** Whether it changes something outside of the log, or has it changed. */
    boolean isChange();

    /** The drift that it speaks of, if it does. */
    default Optional<Drift> drift() {
        return Optional.empty();
    }
}
