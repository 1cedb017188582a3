package aether.reconcile.loop;

import aether.domain.cluster.Fault;
import java.util.Optional;

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
    private final Fault whose;
    private final String reason;

    /** A failure with a sentence for a person. */
    public OutsideFailure(Kind kind, String message) {
        this(kind, whose(kind), reason(kind), message);
    }

    /** A failure of which it is known whose it is, and what. */
    public OutsideFailure(Kind kind, Fault whose, String reason, String message) {
        super(message);
        this.kind = kind;
        this.whose = whose;
        this.reason = reason;
    }

    /** A failure with its cause. */
    public OutsideFailure(Kind kind, String message, Throwable cause) {
        this(kind, whose(kind), reason(kind), message, cause);
    }

    /** A failure of which it is known whose it is, and what, with its cause. */
    public OutsideFailure(Kind kind, Fault whose, String reason, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.whose = whose;
        this.reason = reason;
    }

    /** Where nobody says more: what does not answer is the infrastructure's, what is refused we should not ask. */
    private static Fault whose(Kind kind) {
        return switch (kind) {
            case AWAY, CONFLICT, STRANGER, LEASE_LOST -> Fault.INFRASTRUCTURE;
            case DENIED -> Fault.OURS;
        };
    }

    private static String reason(Kind kind) {
        return switch (kind) {
            case AWAY -> "NotAnswering";
            case CONFLICT -> "ChangedMeanwhile";
            case DENIED -> "Refused";
            case STRANGER -> "NotOurs";
            case LEASE_LOST -> "LeaseLost";
        };
    }

    /** What it keeps from going on; empty when somebody else goes on with it. */
    public Optional<Hindrance> hindrance() {
        return kind == Kind.LEASE_LOST ? Optional.empty() : Optional.of(new Hindrance(whose, reason, sentence()));
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
