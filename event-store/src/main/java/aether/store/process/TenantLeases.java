package aether.store.process;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Hands out tenants to workers, one worker at a time. Each call is one statement, and only the database's clock counts,
 * so workers with wrong clocks cannot overlap.
 */
public final class TenantLeases {

    private static final String ACQUIRE = """
            insert into process.leases as l (tenant, holder, epoch, expires_at)
            values (?, ?, 1, clock_timestamp() + ? * interval '1 millisecond')
            on conflict (tenant) do update
                set holder = excluded.holder, epoch = l.epoch + 1, expires_at = excluded.expires_at
                where l.expires_at <= clock_timestamp() or l.holder = excluded.holder
            returning epoch, expires_at""";

    private static final String RENEW = """
            update process.leases set expires_at = clock_timestamp() + ? * interval '1 millisecond'
            where tenant = ? and holder = ? and epoch = ? and expires_at > clock_timestamp()
            returning epoch, expires_at""";

    private static final String RELEASE = """
            update process.leases set expires_at = clock_timestamp()
            where tenant = ? and holder = ? and epoch = ? and expires_at > clock_timestamp()""";

    private final DataSource dataSource;

    /** Leases in a database, as role {@code aether_saga}. */
    public TenantLeases(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Takes a tenant that nobody holds. A holder that asks again gets a new epoch, and its former lease ends: a process
     * that came back does not wait for itself.
     *
     * @param holder one process; two processes must not share a name
     * @return empty while another holder has it
     */
    public Optional<TenantLease> acquire(String tenant, String holder, Duration duration) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(ACQUIRE)) {
            statement.setString(1, tenant);
            statement.setString(2, holder);
            statement.setLong(3, duration.toMillis());
            return lease(tenant, holder, statement);
        }
    }

    /** The lease with a later end; empty when it has ended or passed to another, and the work must stop. */
    public Optional<TenantLease> renew(TenantLease lease, Duration duration) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(RENEW)) {
            statement.setLong(1, duration.toMillis());
            statement.setString(2, lease.tenant());
            statement.setString(3, lease.holder());
            statement.setLong(4, lease.epoch());
            return lease(lease.tenant(), lease.holder(), statement);
        }
    }

    /** Gives a tenant back; false when it was no longer held. */
    public boolean release(TenantLease lease) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(RELEASE)) {
            statement.setString(1, lease.tenant());
            statement.setString(2, lease.holder());
            statement.setLong(3, lease.epoch());
            return statement.executeUpdate() == 1;
        }
    }

    private static Optional<TenantLease> lease(String tenant, String holder, PreparedStatement statement)
            throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            return row.next()
                    ? Optional.of(new TenantLease(
                            tenant,
                            holder,
                            row.getLong(1),
                            row.getObject(2, OffsetDateTime.class).toInstant()))
                    : Optional.empty();
        }
    }
}
