package aether.command.strict;

/** What may be asked to answer with a proof only. */
public enum ActionClass {
    /** Handing out kubeconfigs. */
    SECRET_READS,
    /** Ending clusters and node pools. */
    DELETES,
    /** Forgetting a person. */
    FORGETTING,
    /** Entering exports and verifications of the trail. */
    AUDIT_ACCESS,
    /** Whatever a customer or an administrator asks for or changes: manifests, clusters, pools, organizations, keys. */
    CHANGES
}
