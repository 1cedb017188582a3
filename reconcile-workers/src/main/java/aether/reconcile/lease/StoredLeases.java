package aether.reconcile.lease;

import aether.domain.cluster.ClusterId;
import aether.reconcile.loop.OutsideFailure;
import aether.store.process.TenantLease;
import aether.store.process.TenantLeases;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Leases in the database, prolonged when a third of their time is over; idle tenants are left to whoever asks. */
public final class StoredLeases implements Leases, AutoCloseable {

    /** How long another worker waits for a tenant whose worker died. */
    private static final Duration DURATION = Duration.ofSeconds(90);

    /** Long before a lease ends, and twice within the resync, so that a steady tenant keeps its epoch. */
    private static final Duration RENEW_AFTER = Duration.ofSeconds(30);

    /** A lease and when this process last heard that it holds. */
    private record Held(TenantLease lease, Instant heard) {}

    private final TenantLeases leases;
    private final String holder;
    private final InstantSource clock;
    private final Map<ClusterId, Held> held = new HashMap<>();

    /**
     * Leases of one holder.
     *
     * @param holder this process; another process has another name, and the same one keeps it over a restart
     */
    public StoredLeases(TenantLeases leases, String holder, InstantSource clock) {
        this.leases = leases;
        this.holder = holder;
        this.clock = clock;
    }

    @Override
    public synchronized long epoch(ClusterId tenant) {
        Instant now = clock.instant();
        Held current = held.get(tenant);
        if (current != null && now.isBefore(current.heard().plus(RENEW_AFTER))) {
            return current.lease().epoch();
        }
        try {
            Optional<TenantLease> lease = current == null
                    ? leases.acquire(tenant.toString(), holder, DURATION)
                    : renewed(tenant, current.lease());
            if (lease.isEmpty()) {
                held.remove(tenant);
                throw new OutsideFailure(OutsideFailure.Kind.LEASE_LOST, "another worker has the tenant");
            }
            held.put(tenant, new Held(lease.get(), now));
            return lease.get().epoch();
        } catch (SQLException e) {
            throw new OutsideFailure(
                    OutsideFailure.Kind.AWAY, "Expected to hold a lease on the tenant, but " + e.getMessage(), e);
        }
    }

    private Optional<TenantLease> renewed(ClusterId tenant, TenantLease lease) throws SQLException {
        Optional<TenantLease> same = leases.renew(lease, DURATION);
        return same.isPresent() ? same : leases.acquire(tenant.toString(), holder, DURATION);
    }

    /** Forgets a lease that turned out to be over, so that the next look takes it anew. */
    public synchronized void forget(ClusterId tenant) {
        held.remove(tenant);
    }

    /** Gives everything back, so that another worker need not wait. */
    @Override
    public synchronized void close() {
        for (Held each : held.values()) {
            try {
                boolean ignored = leases.release(each.lease());
            } catch (SQLException e) {
                break; // the database is away: the leases end by themselves
            }
        }
        held.clear();
    }
}
