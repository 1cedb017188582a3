package aether.reconcile.render;

/** The addresses inside every tenant cluster; tenants never meet, so all of them use the same. */
public final class TenantNetwork {

    public static final String SERVICES = "10.96.0.0/12";
    public static final String PODS = "10.244.0.0/16";
    /** The Service {@code kubernetes}: always the first of {@link #SERVICES}. */
    public static final String KUBERNETES_SERVICE = "10.96.0.1";
    /** Cluster DNS: always the tenth of {@link #SERVICES}. */
    public static final String DNS_SERVICE = "10.96.0.10";

    /** Each cluster's workers have a /24 of the region's plan. */
    public static final int WORKER_PREFIX = 24;

    private TenantNetwork() {}

    /** The way out of a worker's subnet: always its first address. */
    public static String gateway(String workerAddress) {
        return workerAddress.substring(0, workerAddress.lastIndexOf('.')) + ".1";
    }
}
