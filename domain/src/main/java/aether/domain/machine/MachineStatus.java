package aether.domain.machine;

/** Where a machine is in its life, in order. */
public enum MachineStatus {
    /** Its VM id is claimed; nothing exists yet. */
    RESERVED,
    /** The VM exists. */
    CLONED,
    /** The VM has its configuration. */
    CONFIGURED,
    /** The VM runs. */
    STARTED,
    /** It does its work: a worker has joined, a load balancer answers. */
    READY,
    /** It was ready and is not there any more. */
    LOST,
    /** It is being taken down. */
    RETIRING,
    /** The VM is gone. */
    DELETED;

    /** The value in the API. */
    public String published() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
