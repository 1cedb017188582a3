package aether.reconcile.kube;

import aether.domain.cluster.ClusterId;
import java.util.Optional;

/** The way into tenants' own APIs. */
public interface TenantApis {

    /** The API of a tenant; asking again with the same access gives the same connection. */
    KubeApi of(ClusterId clusterId, TenantAccess access);

    /** The connection that was asked for last; empty when there is none any more. */
    Optional<KubeApi> current(ClusterId clusterId);

    /** Lets the connection to a tenant that is gone go. */
    void forget(ClusterId clusterId);
}
