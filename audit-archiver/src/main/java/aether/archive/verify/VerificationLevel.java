package aether.archive.verify;

import java.util.Arrays;

/** How deep a verification goes; each level includes the ones before it. */
public enum VerificationLevel {
    /** L1: every checkpoint is signed with the key, and every seal names the one before it. */
    SIGNATURES(1, "signatures and the chain of seals"),
    /** L2: every sealed checkpoint is a beginning of the newest one, and the wanted entries are in it. */
    PROOFS(2, "consistency of all sealed checkpoints"),
    /** L3: every tile and every root follows from the entries. */
    TREE(3, "every entry, every tile"),
    /** L4: everything that may never change is locked, and is what the lock was made for. */
    LOCKS(4, "every lock"),
    /** L5: every entry is an event at its own position, and no version of any stream is missing. */
    DOMAIN(5, "every event's place in the log and in its stream");

    private final int number;
    private final String what;

    VerificationLevel(int number, String what) {
        this.number = number;
        this.what = what;
    }

    /**
     * The level of this number.
     *
     * @param number from 1 to 5
     * @throws IllegalArgumentException for any other number
     */
    public static VerificationLevel of(int number) {
        return Arrays.stream(values())
                .filter(level -> level.number == number)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("Expected a level from 1 to 5, but got " + number + "."));
    }

    /** From 1 to 5. */
    public int number() {
        return number;
    }

    /** What is looked at, in a few words. */
    public String what() {
        return what;
    }

    boolean includes(VerificationLevel other) {
        return number >= other.number;
    }
}
