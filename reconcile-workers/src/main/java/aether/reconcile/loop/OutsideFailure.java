package aether.reconcile.loop;

/** Something outside of this process did not do what it was asked; every port throws this and nothing else. */
public final class OutsideFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What kind of failure it is, and so what helps. */
    public enum Kind {
        /** It did not answer, or said that it cannot now: wait. */
        AWAY,
        /** Somebody else changed the same thing at the same time: look again. */
        CONFLICT,
        /** It refused; it will refuse again until somebody changes something. */
        DENIED,
        /** What is there belongs to somebody else and is left alone. */
        STRANGER,
        /** Another worker has the tenant now: stop. */
        LEASE_LOST
    }

    private final Kind kind;

    /** A failure with a sentence for a person. */
    public OutsideFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** A failure with its cause. */
    public OutsideFailure(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What kind of failure it is. */
    public Kind kind() {
        return kind;
    }

    /** The sentence. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
