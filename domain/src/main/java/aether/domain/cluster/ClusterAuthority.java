package aether.domain.cluster;

import java.util.List;

/**
 * An authority and, while it is rotated, its successor: which of them is trusted, and which one signs what. Every rule
 * of a rotation's order stands here once, for each {@link CertificateAuthority}; renderers ask, they do not decide.
 *
 * @param generation of the CA that was in use before the rotation or, in {@link Phase#STEADY}, is; from 1
 * @param phase how far the rotation is
 */
public record ClusterAuthority(int generation, Phase phase) {

    /** How far a rotation is, in order. */
    public enum Phase {
        /** None is under way. */
        STEADY,
        /** The successor is made, and everything that verifies is told to trust both. */
        TRUSTING,
        /** Everything trusts both; clients that only the control plane verifies are signed by the successor. */
        SIGNING,
        /** New nodes are the successor's; pools that hold certificates of the old one are replaced node by node. */
        REJOINING,
        /** Nothing in the cluster depends on the old CA alone; whoever holds a kubeconfig has to fetch it again. */
        PREPARED,
        /** Servers are signed by the successor: the API and what it shows to nodes, or etcd's members. */
        REISSUING,
        /** Trust in the old CA, its issuer and its key are taken away. */
        RETIRING
    }

    /** As a cluster begins. */
    public static final ClusterAuthority FIRST = new ClusterAuthority(1, Phase.STEADY);

    public ClusterAuthority {
        if (generation < 1) {
            throw new IllegalArgumentException("Expected a generation from 1, but it is " + generation + ".");
        }
    }

    /** Whether a rotation is under way. */
    public boolean isRotating() {
        return phase != Phase.STEADY;
    }

    /** The generation that a rotation leads to. */
    public int successor() {
        return generation + 1;
    }

    /** The generations that are trusted, and so must exist, the oldest first. */
    public List<Integer> trusted() {
        return switch (phase) {
            case STEADY -> List.of(generation);
            case TRUSTING, SIGNING, REJOINING, PREPARED, REISSUING -> List.of(generation, successor());
            case RETIRING -> List.of(successor());
        };
    }

    /** The generation that signs nodes, and clients that only the control plane verifies. */
    public int signsClients() {
        return switch (phase) {
            case STEADY, TRUSTING -> generation;
            case SIGNING, REJOINING, PREPARED, REISSUING, RETIRING -> successor();
        };
    }

    /** The generation that signs what clients verify: of the cluster CA, also the API's name at kubelets. */
    public int signsServers() {
        return switch (phase) {
            case STEADY, TRUSTING, SIGNING, REJOINING, PREPARED -> generation;
            case REISSUING, RETIRING -> successor();
        };
    }

    ClusterAuthority in(Phase next) {
        return new ClusterAuthority(generation, next);
    }

    ClusterAuthority retired() {
        return new ClusterAuthority(successor(), Phase.STEADY);
    }
}
