package aether.domain.cluster;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** An authority of a cluster that is exchanged by itself; each signs its own certificates and none of the others'. */
public enum CertificateAuthority {
    /** Of the API, nodes and administrators. */
    CLUSTER,
    /** Of etcd's members, and of what may read and write there. */
    ETCD,
    /** Of the API server towards extension API servers. */
    FRONT_PROXY;

    /** As it stands in requests. */
    public String published() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The authority with that published name. */
    public static Optional<CertificateAuthority> named(String published) {
        return Stream.of(values())
                .filter(authority -> authority.published().equals(published))
                .findFirst();
    }

    /** As a sentence has it. */
    public String shown() {
        return published() + " CA";
    }

    /** The name of a generation: its Certificate, its Secret and its Issuer; from the second on with its number. */
    public String certificate(int generation) {
        String first = published() + "-ca";
        return generation == 1 ? first : first + "-" + generation;
    }

    /**
     * Whether somebody outside verifies with it, whom only the customer knows: people's kubeconfigs trust the cluster
     * CA; the others are known to parts of the control plane alone.
     */
    public boolean isCompletedByTheCustomer() {
        return switch (this) {
            case CLUSTER -> true;
            case ETCD, FRONT_PROXY -> false;
        };
    }

    /** Whether nodes hold certificates of it, and so have to be replaced. */
    boolean signsNodes() {
        return switch (this) {
            case CLUSTER -> true;
            case ETCD, FRONT_PROXY -> false;
        };
    }
}
