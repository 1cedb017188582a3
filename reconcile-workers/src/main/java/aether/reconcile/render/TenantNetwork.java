package aether.reconcile.render;

/** The addresses inside every tenant cluster; tenants never meet, so all of them use the same. */
public final class TenantNetwork {

    public static final String SERVICES = "10.96.0.0/12";
    public static final String PODS = "10.244.0.0/16";
    /** The Service {@code kubernetes}: always the first of {@link #SERVICES}. */
    public static final String KUBERNETES_SERVICE = "10.96.0.1";
    /** Cluster DNS: always the tenth of {@link #SERVICES}. */
    public static final String DNS_SERVICE = "10.96.0.10";

    private TenantNetwork() {}
}
