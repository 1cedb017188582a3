package aether.reconcile.kube;

import aether.domain.cluster.ClusterId;

/** The way into tenants' own APIs. */
public interface TenantApis {

    /** The API of a tenant; asking again with the same access gives the same connection. */
    KubeApi of(ClusterId clusterId, TenantAccess access);

    /** Lets the connection to a tenant that is gone go. */
    void forget(ClusterId clusterId);
}
