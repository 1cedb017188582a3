package aether.command.gateway;

import aether.domain.cluster.ClusterId;

/** Where the workers keep what belongs to a tenant; they have the same name for it. */
final class TenantNamespace {

    private TenantNamespace() {}

    static String of(ClusterId clusterId) {
        return "tenant-" + clusterId;
    }
}
