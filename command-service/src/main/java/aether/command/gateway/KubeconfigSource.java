package aether.command.gateway;

import aether.domain.cluster.ClusterId;
import java.util.Optional;

/** Where the administrator's kubeconfig of a cluster comes from. */
@FunctionalInterface
public interface KubeconfigSource {

    /** For installations without a management cluster. */
    KubeconfigSource NONE = clusterId -> {
        throw new ManagementClusterUnavailable("Expected a management cluster, but none is configured.", null);
    };

    /**
     * The kubeconfig as YAML; empty while there is none yet.
     *
     * @throws ManagementClusterUnavailable when the management cluster cannot be asked
     */
    Optional<String> read(ClusterId clusterId);
}
