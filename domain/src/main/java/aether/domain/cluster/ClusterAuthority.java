package aether.domain.cluster;

import java.util.List;

/**
 * The cluster CA and, while it is rotated, its successor: which of them is trusted, and which one signs what. Every
 * rule of a rotation's order stands here once; renderers ask, they do not decide.
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
        /** Everything trusts both; what only the API verifies is signed by the successor. */
        SIGNING,
        /** New nodes are the successor's; the pools are replaced node by node. */
        REJOINING,
        /** Nothing in the cluster depends on the old CA alone; whoever holds a kubeconfig has to fetch it again. */
        PREPARED,
        /** The API itself, and what it shows to nodes, is signed by the successor. */
        REISSUING,
        /** Trust in the old CA, its issuer and its key are taken away. */
        RETIRING
    }

    /** The name of the first generation; each later one has its number behind it. */
    public static final String FIRST_NAME = "cluster-ca";

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

    /** The generation that signs nodes and the clients that only the API verifies. */
    public int signsClients() {
        return switch (phase) {
            case STEADY, TRUSTING -> generation;
            case SIGNING, REJOINING, PREPARED, REISSUING, RETIRING -> successor();
        };
    }

    /** The generation that signs what nodes and people verify: the API's own certificate, and its name at kubelets. */
    public int signsServers() {
        return switch (phase) {
            case STEADY, TRUSTING, SIGNING, REJOINING, PREPARED -> generation;
            case REISSUING, RETIRING -> successor();
        };
    }

    /** The name of a generation's certificate: its Certificate, its Secret and its Issuer. */
    public static String certificate(int generation) {
        return generation == 1 ? FIRST_NAME : FIRST_NAME + "-" + generation;
    }

    ClusterAuthority in(Phase next) {
        return new ClusterAuthority(generation, next);
    }

    ClusterAuthority retired() {
        return new ClusterAuthority(successor(), Phase.STEADY);
    }
}
