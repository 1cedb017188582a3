package aether.reconcile.controlplane;

import aether.domain.cluster.CertificateAuthority;
import aether.domain.cluster.ClusterAuthorities;
import aether.reconcile.render.Pem;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Whom a tenant's parts trust, for each CA as certificates in PEM, the oldest first; empty while there are none.
 *
 * @param cluster for the API, nodes and administrators
 * @param etcd for etcd's members and clients
 * @param frontProxy for the API server as a client of extension API servers
 */
public record TrustBundles(String cluster, String etcd, String frontProxy) {

    /** Before anything is issued. */
    public static final TrustBundles NONE = new TrustBundles("", "", "");

    /**
     * What should be trusted: during a rotation both.
     *
     * @param secrets of the tenant's namespace, by name; those of the trusted generations are there
     */
    static TrustBundles of(ClusterAuthorities authorities, Map<String, JsonNode> secrets) {
        return new TrustBundles(
                bundle(CertificateAuthority.CLUSTER, authorities, secrets),
                bundle(CertificateAuthority.ETCD, authorities, secrets),
                bundle(CertificateAuthority.FRONT_PROXY, authorities, secrets));
    }

    private static String bundle(
            CertificateAuthority which, ClusterAuthorities authorities, Map<String, JsonNode> secrets) {
        StringBuilder bundle = new StringBuilder();
        for (int generation : authorities.of(which).trusted()) {
            JsonNode secret = secrets.get(which.certificate(generation));
            if (secret != null) {
                bundle.append(Pem.text(secret, "tls.crt").strip()).append('\n');
            }
        }
        return bundle.toString();
    }

    /** Those of one CA. */
    String of(CertificateAuthority which) {
        return switch (which) {
            case CLUSTER -> cluster;
            case ETCD -> etcd;
            case FRONT_PROXY -> frontProxy;
        };
    }
}
