package aether.reconcile.render;

import aether.domain.cluster.ClusterId;

/** The names of what a tenant has in the management cluster; all follow from ids, none from what a user typed. */
public final class TenantNames {

    public static final String API_SERVICE = "kube-apiserver";
    public static final String ETCD = "etcd";
    public static final String ADMIN_KUBECONFIG = "admin-kubeconfig";
    /** The key of the Secret {@link #ADMIN_KUBECONFIG}, as Cluster API has it. */
    public static final String KUBECONFIG_KEY = "value";

    /** The Certificate of a public name and its Secret. */
    public static final String PUBLIC_NAME = "public-name";

    /** The ClusterIssuer of public names, one for all tenants of a site. */
    public static final String PUBLIC_ISSUER = "aether-public-names";

    public static final String NODE_BOOTSTRAP = "node-bootstrap";

    /**
     * Where cert-manager reads the Secrets of ClusterIssuers from ({@code --cluster-resource-namespace}, by default its
     * own): the roots' keys lie there, and no tenant's namespace ever sees one.
     */
    public static final String CLUSTER_RESOURCES = "cert-manager";

    private TenantNames() {}

    /** The tenant's root: its ClusterIssuer, and the Certificate and Secret behind it. */
    public static String root(ClusterId clusterId) {
        return namespace(clusterId) + "-root";
    }

    /** The tenant's namespace. */
    public static String namespace(ClusterId clusterId) {
        return "tenant-" + clusterId;
    }
}
