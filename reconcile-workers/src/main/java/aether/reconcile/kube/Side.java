package aether.reconcile.kube;

/** On whose side of the platform an API server stands. */
enum Side {
    /** The cluster that control planes run in: its people see to its webhooks, quotas and disks. */
    MANAGEMENT,
    /** A customer's cluster: what is put into it, webhooks for example, is the customer's own. */
    TENANT
}
