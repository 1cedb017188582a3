package aether.domain.kernel;

/** Why a command was refused: a reason for machines and a sentence for people. */
public interface Rejection {

    /** A stable, machine-readable reason in snake case, for example {@code name_taken}. */
    String code();

    /** A sentence of the form "Expected …, but …" with the values that mattered. */
    String message();

    /** The field of the request that has to change, in snake case; empty when no single field would help. */
    String field();
}
