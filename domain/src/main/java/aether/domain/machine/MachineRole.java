package aether.domain.machine;

/** What a machine is for. */
public enum MachineRole {
    /** Runs the tenant's workloads. */
    WORKER,
    /** Carries traffic to the tenant's control plane. */
    LOAD_BALANCER;

    /** The value in the API and in tags. */
    public String published() {
        return this == WORKER ? "worker" : "load-balancer";
    }
}
