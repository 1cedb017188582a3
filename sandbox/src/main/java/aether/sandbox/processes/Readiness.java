package aether.sandbox.processes;

/**
 * Whether a container counts as serving, as a kubelet counts it: from its first yes on, until it has missed as many
 * probes in a row as its {@code failureThreshold} says (Kubernetes: Configure Probes).
 *
 * @param serves what is said of it now
 * @param missed probes without a yes since the last one
 * @param threshold so many of them end it; at least 1
 */
record Readiness(boolean serves, int missed, int threshold) {

    /** Of a container that was not asked yet. */
    static Readiness starting(int threshold) {
        return new Readiness(false, 0, Math.max(1, threshold));
    }

    /** After one more probe. */
    Readiness after(boolean yes) {
        int now = yes ? 0 : missed + 1;
        return new Readiness(yes || (serves && now < threshold), now, threshold);
    }
}
