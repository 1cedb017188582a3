package aether.reconcile.render;

import aether.domain.cluster.ClusterId;

/** The names of what a tenant has in the management cluster; all follow from ids, none from what a user typed. */
public final class TenantNames {

    public static final String API_SERVICE = "kube-apiserver";
    public static final String ETCD = "etcd";
    public static final String ADMIN_KUBECONFIG = "admin-kubeconfig";
    /** The key of the Secret {@link #ADMIN_KUBECONFIG}, as Cluster API has it. */
    public static final String KUBECONFIG_KEY = "value";

    public static final String NODE_BOOTSTRAP = "node-bootstrap";

    private TenantNames() {}

    /** The tenant's namespace. */
    public static String namespace(ClusterId clusterId) {
        return "tenant-" + clusterId;
    }
}
