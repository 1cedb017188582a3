package aether.domain.cluster;

/** The stages of bringing a cluster to life, in order. */
public enum ProvisioningStage {
    /** Worker subnet and load-balancer address are taken from the region's plan. */
    NETWORK("network allocated"),
    /** The load-balancer VM is reserved, cloned, configured and started. */
    LOAD_BALANCER("load balancer running"),
    /** The address that clients use is known. */
    ENDPOINT("endpoint published"),
    /** Authorities and leaves are issued by cert-manager. */
    CERTIFICATES("certificates issued"),
    /** etcd, API server, controller-manager and scheduler are up. */
    CONTROL_PLANE("control plane ready"),
    /** What every tenant needs inside is installed. */
    ADDONS("addons installed"),
    /** The first node pools have joined. */
    NODE_POOLS("node pools running");

    private final String done;

    ProvisioningStage(String done) {
        this.done = done;
    }

    /** What a person reads once the stage is over. */
    public String done() {
        return done;
    }
}
