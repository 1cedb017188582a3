package aether.projection.clusters;

import aether.projection.database.Bind;
import aether.projection.database.Table;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** The rows of clusters. */
public final class ClusterTable implements Table<ClusterView> {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Override
    public String selectById() {
        return "select * from cluster where id = ?";
    }

    @Override
    public String upsert() {
        return """
                insert into cluster (id, org_id, name, region, k8s_version, status, status_message, endpoint,
                    observed_kubernetes_version, lb_subnet, worker_subnet, standing, created_position, created_at,
                    updated_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (id) do update set
                    org_id = excluded.org_id, name = excluded.name, region = excluded.region,
                    k8s_version = excluded.k8s_version, status = excluded.status,
                    status_message = excluded.status_message, endpoint = excluded.endpoint,
                    observed_kubernetes_version = excluded.observed_kubernetes_version,
                    lb_subnet = excluded.lb_subnet, worker_subnet = excluded.worker_subnet,
                    standing = excluded.standing,
                    updated_at = excluded.updated_at
                """;
    }

    @Override
    public void bind(PreparedStatement statement, ClusterView view) throws SQLException {
        Bind.all(
                statement,
                view.id(),
                view.orgId(),
                view.name(),
                view.region(),
                view.k8sVersion(),
                view.status(),
                view.statusMessage(),
                view.endpoint(),
                view.observedKubernetesVersion(),
                view.lbSubnet(),
                view.workerSubnet(),
                JSON.writeValueAsString(view.standing()),
                view.createdPosition(),
                view.createdAt(),
                view.updatedAt());
    }

    @Override
    public ClusterView read(ResultSet row) throws SQLException {
        return new ClusterView(
                Bind.id(row, "id"),
                Bind.id(row, "org_id"),
                row.getString("name"),
                row.getString("region"),
                row.getString("k8s_version"),
                row.getString("status"),
                row.getString("status_message"),
                row.getString("endpoint"),
                row.getString("observed_kubernetes_version"),
                row.getString("lb_subnet"),
                row.getString("worker_subnet"),
                List.of(JSON.readValue(row.getString("standing"), StandingWork[].class)),
                row.getLong("created_position"),
                Bind.instant(row, "created_at"),
                Bind.instant(row, "updated_at"));
    }

    @Override
    public UUID id(ClusterView view) {
        return view.id();
    }
}
