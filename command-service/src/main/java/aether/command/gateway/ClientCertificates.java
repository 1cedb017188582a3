package aether.command.gateway;

import aether.domain.cluster.ClusterId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Has client certificates of a tenant's API signed; the key is made here and kept nowhere. */
@FunctionalInterface
public interface ClientCertificates {

    /** For installations without a management cluster. */
    ClientCertificates NONE = (clusterId, wish) -> {
        throw new ManagementClusterUnavailable("Expected a management cluster, but none is configured.", null);
    };

    /**
     * What is wanted.
     *
     * @param credentialId stands in the certificate as the name of the user, so that the tenant's own audit log leads
     *     to ours
     * @param issuer the cluster CA that signs clients now
     */
    record Wish(UUID credentialId, List<String> groups, Duration valid, String issuer) {
        public Wish {
            groups = List.copyOf(groups);
        }

        /** The name of the user in the tenant's API. */
        public String user() {
            return "aether:" + credentialId;
        }
    }

    /**
     * Has one signed.
     *
     * @throws ManagementClusterUnavailable when the management cluster does not answer, or does not sign in time
     * @throws SigningRefused when it says that it will not
     */
    ClientCredential issue(ClusterId clusterId, Wish wish);
}
