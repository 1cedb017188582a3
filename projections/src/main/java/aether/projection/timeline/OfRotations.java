package aether.projection.timeline;

import aether.domain.cluster.CertificateAuthority;
import aether.domain.cluster.ClusterEvent;

/** Says how far the exchange of an authority or of a key is. */
final class OfRotations {

    private OfRotations() {}

    static String named(CertificateAuthority authority, int generation) {
        return switch (authority) {
                    case CLUSTER -> "Cluster CA ";
                    case ETCD -> "Etcd CA ";
                    case FRONT_PROXY -> "Front-proxy CA ";
                }
                + generation;
    }

    static String signing(ClusterEvent.AuthoritySigning signing) {
        return named(signing.authority(), signing.generation())
                + switch (signing.authority()) {
                    case CLUSTER -> " signs nodes";
                    case ETCD -> " signs the API server as a client of etcd";
                    case FRONT_PROXY -> " signs the API server as a client of extension API servers";
                };
    }

    static String reissued(ClusterEvent.AuthorityLeavesReissued reissued) {
        String authority = reissued.authority().shown() + " " + reissued.generation();
        return switch (reissued.authority()) {
            case CLUSTER -> "The API answers with a certificate of " + authority;
            case ETCD -> "Every member of etcd answers with a certificate of " + authority;
            case FRONT_PROXY -> "No certificate that is shown is of an older CA than " + authority;
        };
    }

    static String advanced(ClusterEvent.KeyRotationAdvanced advanced) {
        String key = advanced.key().shown() + " " + advanced.generation();
        return switch (advanced.phase()) {
            case STEADY, SPREADING -> "Every API server learns of " + key;
            case SWITCHING -> "Every API server accepts " + key + ", and it is put to use";
            case REPLACING ->
                advanced.key().isCompletedByTheCustomer()
                        ? "New tokens are signed with " + key + ": fetch those that are kept again, then complete it"
                        : "Secrets are written again with " + key;
            case DROPPING -> "All is made with " + key + ", and the old one is being taken away";
        };
    }
}
