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
    AUDIT_ACCESS
}
