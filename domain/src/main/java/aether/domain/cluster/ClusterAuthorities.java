package aether.domain.cluster;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * The authorities of a cluster and how far the rotation of each is. One is rotated at a time: each restarts what the
 * others' consumers need.
 *
 * @param cluster of the API, nodes and administrators
 * @param etcd of etcd's members and clients
 * @param frontProxy of the API server towards extension API servers
 */
public record ClusterAuthorities(ClusterAuthority cluster, ClusterAuthority etcd, ClusterAuthority frontProxy) {

    /** As a cluster begins. */
    public static final ClusterAuthorities FIRST =
            new ClusterAuthorities(ClusterAuthority.FIRST, ClusterAuthority.FIRST, ClusterAuthority.FIRST);

    /** How far the rotation of one is. */
    public ClusterAuthority of(CertificateAuthority which) {
        return switch (which) {
            case CLUSTER -> cluster;
            case ETCD -> etcd;
            case FRONT_PROXY -> frontProxy;
        };
    }

    /** The one that is rotated; empty while none is. */
    public Optional<CertificateAuthority> rotating() {
        return Stream.of(CertificateAuthority.values())
                .filter(which -> of(which).isRotating())
                .findFirst();
    }

    /** The same with another rotation of one. */
    public ClusterAuthorities with(CertificateAuthority which, ClusterAuthority authority) {
        return switch (which) {
            case CLUSTER -> new ClusterAuthorities(authority, etcd, frontProxy);
            case ETCD -> new ClusterAuthorities(cluster, authority, frontProxy);
            case FRONT_PROXY -> new ClusterAuthorities(cluster, etcd, authority);
        };
    }
}
