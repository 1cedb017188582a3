package aether.reconcile.lease;

import aether.domain.cluster.ClusterId;

/** The right to work for tenants. */
@FunctionalInterface
public interface Leases {

    /**
     * The epoch of this process's lease on the tenant, taken or prolonged if need be.
     *
     * @throws aether.reconcile.loop.OutsideFailure when another worker has the tenant, or nobody can tell
     */
    long epoch(ClusterId tenant);
}
