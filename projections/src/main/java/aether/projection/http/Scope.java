package aether.projection.http;

import aether.projection.access.Caller;
import aether.projection.database.Bind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may see, as of one snapshot.
 *
 * @param everything whether that is all there is
 * @param organization the one organization it may see otherwise; absent while the views do not know it
 */
public record Scope(boolean everything, @Nullable UUID organization) {

    /** The scope of a caller. */
    static Scope of(Connection connection, Caller caller) throws SQLException {
        if (caller.isPlatform()) {
            return new Scope(true, null);
        }
        try (PreparedStatement statement =
                connection.prepareStatement("select id from organization where slug = ? order by created_position")) {
            Bind.all(statement, caller.slug());
            try (ResultSet rows = statement.executeQuery()) {
                return new Scope(false, rows.next() ? Bind.id(rows, "id") : null);
            }
        }
    }

    /** Whether things of the organization are shown. */
    public boolean includes(@Nullable UUID other) {
        return everything || (organization != null && organization.equals(other));
    }

    /**
     * Makes sure that the organization is there and may be seen.
     *
     * @throws QueryRefused when not
     */
    public void requireOrganization(Connection connection, UUID id) throws SQLException {
        if (!includes(id) || !exists(connection, "select 1 from organization where id = ?", id)) {
            throw QueryRefused.notFound("organization", id);
        }
    }

    /**
     * Makes sure that the cluster is there, in the organization, and may be seen.
     *
     * @param whenDeleted whether a deleted one counts as there
     * @throws QueryRefused when not
     */
    public void requireCluster(Connection connection, UUID organizationId, UUID cluster, boolean whenDeleted)
            throws SQLException {
        requireOrganization(connection, organizationId);
        String sql =
                "select 1 from cluster where id = ? and org_id = ?" + (whenDeleted ? "" : " and status <> 'deleted'");
        if (!exists(connection, sql, cluster, organizationId)) {
            throw QueryRefused.notFound("cluster", cluster);
        }
    }

    private static boolean exists(Connection connection, String sql, Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Bind.all(statement, arguments);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }
}
