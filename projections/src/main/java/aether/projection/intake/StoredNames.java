package aether.projection.intake;

import aether.projection.clusters.ClusterView;
import aether.projection.database.Rows;
import aether.projection.machines.MachineView;
import aether.projection.pools.NodePoolView;
import aether.projection.timeline.Names;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/**
 * Names as the batch has left them so far.
 *
 * @param clusters the clusters the batch has touched, or finds
 */
record StoredNames(Rows<ClusterView> clusters, Rows<NodePoolView> pools, Rows<MachineView> machines) implements Names {

    @Override
    public String cluster(UUID id) throws SQLException {
        return clusters.find(id).map(ClusterView::name).orElseGet(id::toString);
    }

    @Override
    public Optional<UUID> organizationOf(UUID clusterId) throws SQLException {
        return clusters.find(clusterId).map(ClusterView::orgId);
    }

    @Override
    public String pool(UUID id) throws SQLException {
        return pools.find(id).map(NodePoolView::name).orElseGet(id::toString);
    }

    @Override
    public String machine(UUID id) throws SQLException {
        return machines.find(id).map(MachineView::name).orElseGet(id::toString);
    }
}
