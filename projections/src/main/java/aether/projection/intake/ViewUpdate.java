package aether.projection.intake;

import aether.domain.archive.ArchiveEvent;
import aether.domain.audit.AuditEvent;
import aether.domain.cluster.ClusterEvent;
import aether.domain.export.ExportEvent;
import aether.domain.machine.MachineEvent;
import aether.domain.network.NetworkEvent;
import aether.domain.nodepool.NodePoolEvent;
import aether.domain.organization.OrganizationEvent;
import aether.domain.organization.SlugEvent;
import aether.domain.privacy.SubjectEvent;
import aether.projection.clusters.ClusterProjector;
import aether.projection.clusters.ClusterTable;
import aether.projection.clusters.ClusterView;
import aether.projection.database.Rows;
import aether.projection.event.IncomingEvent;
import aether.projection.machines.MachineProjector;
import aether.projection.machines.MachineTable;
import aether.projection.machines.MachineView;
import aether.projection.organizations.OrganizationProjector;
import aether.projection.organizations.OrganizationTable;
import aether.projection.organizations.OrganizationView;
import aether.projection.pools.NodePoolProjector;
import aether.projection.pools.NodePoolTable;
import aether.projection.pools.NodePoolView;
import aether.projection.timeline.TimelineEntry;
import aether.projection.timeline.TimelineProjector;
import aether.projection.timeline.TimelineTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What a batch of events makes of all views, inside one transaction. */
final class ViewUpdate {

    private final Connection connection;
    private final Rows<OrganizationView> organizations;
    private final Rows<ClusterView> clusters;
    private final Rows<NodePoolView> pools;
    private final Rows<MachineView> machines;
    private final List<TimelineEntry> timeline = new ArrayList<>();

    ViewUpdate(Connection connection) {
        this.connection = connection;
        this.organizations = new Rows<>(connection, new OrganizationTable());
        this.clusters = new Rows<>(connection, new ClusterTable());
        this.pools = new Rows<>(connection, new NodePoolTable());
        this.machines = new Rows<>(connection, new MachineTable());
    }

    /** Applies one event to every view that it concerns. */
    void apply(IncomingEvent incoming) throws SQLException {
        switch (incoming.event()) {
            case OrganizationEvent event -> {
                UUID id = event.organizationId().value();
                organizations.put(
                        OrganizationProjector.project(organizations.find(id).orElse(null), event, incoming));
            }
            case ClusterEvent event -> {
                UUID id = event.clusterId().value();
                clusters.put(ClusterProjector.project(clusters.find(id).orElse(null), event, incoming));
            }
            case NodePoolEvent event -> {
                UUID id = event.poolId().value();
                pools.put(NodePoolProjector.project(pools.find(id).orElse(null), event, incoming));
            }
            case MachineEvent event -> {
                UUID id = event.machineId().value();
                machines.put(MachineProjector.project(machines.find(id).orElse(null), event, incoming));
            }
            case NetworkEvent.NetworkAllocated event ->
                network(event.clusterId().value(), event, incoming);
            case NetworkEvent.NetworkReleased event -> network(event.clusterId().value(), event, incoming);
            case NetworkEvent.RegionOpened unused -> {}
            case NetworkEvent.VmIdClaimed unused -> {}
            case NetworkEvent.VmIdReleased unused -> {}
            case SlugEvent unused -> {}
            case AuditEvent unused -> {}
            case SubjectEvent unused -> {}
            case ExportEvent unused -> {}
            case ArchiveEvent unused -> {}
            default ->
                throw new IllegalArgumentException("Expected an event of a known family, but got "
                        + incoming.event().getClass().getName() + ".");
        }
        timeline.add(TimelineProjector.project(incoming, new StoredNames(clusters, pools, machines)));
    }

    /** Writes what the events changed. */
    void flush() throws SQLException {
        organizations.flush();
        clusters.flush();
        pools.flush();
        machines.flush();
        TimelineTable.append(connection, timeline);
        timeline.clear();
    }

    private void network(UUID cluster, NetworkEvent event, IncomingEvent incoming) throws SQLException {
        clusters.put(ClusterProjector.project(clusters.find(cluster).orElse(null), event, incoming));
    }
}
