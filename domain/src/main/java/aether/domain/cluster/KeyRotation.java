package aether.domain.cluster;

import java.util.List;

/**
 * A key and, while it is rotated, its successor: which of them is accepted, and which one is put to use. The order is
 * that of Kubernetes ("Rotate a decryption key"), and holds for a signing key as well; it stands here once.
 *
 * @param generation of the key that was in use before the rotation or, in {@link Phase#STEADY}, is; from 1
 * @param phase how far the rotation is
 */
public record KeyRotation(int generation, Phase phase) {

    /** How far a rotation is, in order; each is over when every API server runs as it says. */
    public enum Phase {
        /** None is under way. */
        STEADY,
        /** The successor is made, and every API server is told to accept what it makes. */
        SPREADING,
        /** Every API server accepts both; from here on the successor is used for what is new. */
        SWITCHING,
        /** What the old key made is made again: Secrets are written anew, tokens are fetched anew. */
        REPLACING,
        /** The old key is accepted no more, and is taken away. */
        DROPPING
    }

    /** As a cluster begins. */
    public static final KeyRotation FIRST = new KeyRotation(1, Phase.STEADY);

    public KeyRotation {
        if (generation < 1) {
            throw new IllegalArgumentException("Expected a generation from 1, but it is " + generation + ".");
        }
    }

    /** Whether a rotation is under way. */
    public boolean isUnderWay() {
        return phase != Phase.STEADY;
    }

    /** The generation that a rotation leads to. */
    public int successor() {
        return generation + 1;
    }

    /** The generations whose work is accepted, and which so must exist, the oldest first. */
    public List<Integer> accepted() {
        return switch (phase) {
            case STEADY -> List.of(generation);
            case SPREADING, SWITCHING, REPLACING -> List.of(generation, successor());
            case DROPPING -> List.of(successor());
        };
    }

    /** The generation that new work is done with. */
    public int inUse() {
        return switch (phase) {
            case STEADY, SPREADING -> generation;
            case SWITCHING, REPLACING, DROPPING -> successor();
        };
    }

    KeyRotation in(Phase next) {
        return new KeyRotation(generation, next);
    }

    KeyRotation over() {
        return new KeyRotation(successor(), Phase.STEADY);
    }
}
