package aether.domain.cluster;

/** Where a cluster is in its life; the lower-case names are the published status values. */
public enum ClusterStatus {
    /** Its parts are being made. */
    PROVISIONING,
    /** It serves. */
    RUNNING,
    /** It serves while its version changes. */
    UPGRADING,
    /** It is being put to sleep. */
    HIBERNATING,
    /** It sleeps: nothing of it runs, and what it needs to wake is kept. */
    HIBERNATED,
    /** It is on its way back from its sleep. */
    WAKING,
    /** It should serve, but something is wrong and being put right. */
    DEGRADED,
    /** It is being taken down. */
    DELETING,
    /** It could not be made; what had been made is taken down again. */
    FAILED,
    /** It is gone. */
    DELETED;

    /** The value in the API. */
    public String published() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
