package aether.projection.pools;

import aether.projection.http.Listing;
import aether.projection.http.PageRequest;
import aether.projection.http.Parameters;
import aether.projection.http.QueryDoor;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Which node pools a cluster has, and how many of their nodes are ready. */
@RestController
public final class NodePoolQueries {

    private static final NodePoolTable TABLE = new NodePoolTable();

    private static final String SELECT = """
            select node_pool.*, (
                select count(*) from machine
                where machine.node_pool_id = node_pool.id and machine.status = 'ready') as ready_nodes
            from node_pool""";

    private final QueryDoor door;

    public NodePoolQueries(QueryDoor door) {
        this.door = door;
    }

    /** A node pool in the API. */
    record Answer(
            UUID id,
            UUID clusterId,
            String name,
            int min,
            int max,
            int desired,
            int ready,
            int vcpus,
            int memoryGb,
            int diskGb,
            String status,
            @Nullable String statusMessage,
            Instant createdAt,
            Instant updatedAt) {
        static Answer read(ResultSet row) throws SQLException {
            NodePoolView view = TABLE.read(row);
            return new Answer(
                    view.id(),
                    view.clusterId(),
                    view.name(),
                    view.min(),
                    view.max(),
                    view.desired(),
                    row.getInt("ready_nodes"),
                    view.vcpus(),
                    view.memoryGb(),
                    view.diskGb(),
                    view.status(),
                    view.statusMessage(),
                    view.createdAt(),
                    view.updatedAt());
        }
    }

    @GetMapping("/api/v1/organizations/{organization}/clusters/{cluster}/node-pools")
    ResponseEntity<byte[]> list(
            HttpServletRequest request, @PathVariable String organization, @PathVariable String cluster)
            throws SQLException {
        return door.answer(request, (connection, scope) -> {
            UUID owner = Parameters.id("organization", organization);
            UUID id = Parameters.id("cluster", cluster);
            PageRequest page = Parameters.page(request);
            scope.requireCluster(connection, owner, id, false);
            return new Listing(
                            SELECT,
                            "node_pool",
                            "cluster_id = ?",
                            "status <> 'Deleted'",
                            "created_position",
                            "id",
                            List.of(id))
                    .page(connection, page, Answer::read, Answer::id);
        });
    }
}
