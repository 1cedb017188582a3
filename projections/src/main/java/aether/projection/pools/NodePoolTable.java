package aether.projection.pools;

import aether.projection.database.Bind;
import aether.projection.database.Table;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** The rows of node pools. */
public final class NodePoolTable implements Table<NodePoolView> {

    @Override
    public String selectById() {
        return "select * from node_pool where id = ?";
    }

    @Override
    public String upsert() {
        return """
                insert into node_pool (id, cluster_id, name, min_nodes, max_nodes, desired_nodes, vcpus, memory_gb, disk_gb,
                    status, status_message, created_position, created_at, updated_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (id) do update set
                    cluster_id = excluded.cluster_id, name = excluded.name, min_nodes = excluded.min_nodes,
                    max_nodes = excluded.max_nodes, desired_nodes = excluded.desired_nodes,
                    vcpus = excluded.vcpus, memory_gb = excluded.memory_gb, disk_gb = excluded.disk_gb,
                    status = excluded.status, status_message = excluded.status_message,
                    updated_at = excluded.updated_at
                """;
    }

    @Override
    public void bind(PreparedStatement statement, NodePoolView view) throws SQLException {
        Bind.all(
                statement,
                view.id(),
                view.clusterId(),
                view.name(),
                view.min(),
                view.max(),
                view.desired(),
                view.vcpus(),
                view.memoryGb(),
                view.diskGb(),
                view.status(),
                view.statusMessage(),
                view.createdPosition(),
                view.createdAt(),
                view.updatedAt());
    }

    @Override
    public NodePoolView read(ResultSet row) throws SQLException {
        return new NodePoolView(
                Bind.id(row, "id"),
                Bind.id(row, "cluster_id"),
                row.getString("name"),
                row.getInt("min_nodes"),
                row.getInt("max_nodes"),
                row.getInt("desired_nodes"),
                row.getInt("vcpus"),
                row.getInt("memory_gb"),
                row.getInt("disk_gb"),
                row.getString("status"),
                row.getString("status_message"),
                row.getLong("created_position"),
                Bind.instant(row, "created_at"),
                Bind.instant(row, "updated_at"));
    }

    @Override
    public UUID id(NodePoolView view) {
        return view.id();
    }
}
