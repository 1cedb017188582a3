package aether.store.process;

import java.time.Instant;

/**
 * The right to work for a tenant, for a while (law 10). The epoch stands in every intent event and every tag, so that
 * what an earlier holder left half-done, or still does, is recognised.
 *
 * @param tenant the tenant
 * @param holder who works for it
 * @param epoch grows by one with every acquisition of the tenant, whoever acquires it
 * @param expiresAt by the database's clock
 */
public record TenantLease(String tenant, String holder, long epoch, Instant expiresAt) {}
