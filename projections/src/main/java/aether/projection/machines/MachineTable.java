package aether.projection.machines;

import aether.projection.database.Bind;
import aether.projection.database.Table;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** The rows of machines. */
public final class MachineTable implements Table<MachineView> {

    @Override
    public String selectById() {
        return "select * from machine where id = ?";
    }

    @Override
    public String upsert() {
        return """
                insert into machine (id, cluster_id, node_pool_id, role, name, vm_id, status, status_message, address,
                    created_position, created_at, updated_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (id) do update set
                    cluster_id = excluded.cluster_id, node_pool_id = excluded.node_pool_id,
                    role = excluded.role, name = excluded.name, vm_id = excluded.vm_id,
                    status = excluded.status, status_message = excluded.status_message,
                    address = excluded.address, updated_at = excluded.updated_at
                """;
    }

    @Override
    public void bind(PreparedStatement statement, MachineView view) throws SQLException {
        Bind.all(
                statement,
                view.id(),
                view.clusterId(),
                view.nodePoolId(),
                view.role(),
                view.name(),
                view.vmId(),
                view.status(),
                view.statusMessage(),
                view.address(),
                view.createdPosition(),
                view.createdAt(),
                view.updatedAt());
    }

    @Override
    public MachineView read(ResultSet row) throws SQLException {
        return new MachineView(
                Bind.id(row, "id"),
                Bind.id(row, "cluster_id"),
                Bind.idOrNull(row, "node_pool_id"),
                row.getString("role"),
                row.getString("name"),
                row.getInt("vm_id"),
                row.getString("status"),
                row.getString("status_message"),
                row.getString("address"),
                row.getLong("created_position"),
                Bind.instant(row, "created_at"),
                Bind.instant(row, "updated_at"));
    }

    @Override
    public UUID id(MachineView view) {
        return view.id();
    }
}
