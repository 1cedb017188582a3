package aether.domain.nodepool;

/** Where a node pool is in its life; the names are those the product publishes. */
public enum NodePoolStatus {
    /** Nodes are being created and joined. */
    PROVISIONING("Provisioning"),
    /** Nodes are being added or taken away. */
    SCALING("Scaling"),
    /** At target size and healthy. */
    RUNNING("Running"),
    /** At least one node is unhealthy or missing; Aether reconciles. */
    DEGRADED("Degraded"),
    /** Nodes are being taken away, because the cluster is put to sleep. */
    HIBERNATING("Hibernating"),
    /** The cluster sleeps; the wanted number of nodes is kept. */
    HIBERNATED("Hibernated"),
    /** Nodes are being torn down. */
    DELETING("Deleting"),
    /** The pool is gone. */
    DELETED("Deleted");

    private final String published;

    NodePoolStatus(String published) {
        this.published = published;
    }

    /** The value in the API. */
    public String published() {
        return published;
    }
}
