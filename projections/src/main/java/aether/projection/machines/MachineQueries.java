package aether.projection.machines;

import aether.projection.http.Listing;
import aether.projection.http.PageRequest;
import aether.projection.http.Parameters;
import aether.projection.http.QueryDoor;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Which machines a cluster has. */
@RestController
public final class MachineQueries {

    private static final MachineTable TABLE = new MachineTable();

    private final QueryDoor door;

    public MachineQueries(QueryDoor door) {
        this.door = door;
    }

    /** A machine in the API. */
    record Answer(
            UUID id,
            UUID clusterId,
            @Nullable UUID nodePoolId,
            String role,
            String name,
            int vmId,
            String status,
            @Nullable String statusMessage,
            @Nullable String address,
            Instant createdAt,
            Instant updatedAt) {
        static Answer of(MachineView view) {
            return new Answer(
                    view.id(),
                    view.clusterId(),
                    view.nodePoolId(),
                    view.role(),
                    view.name(),
                    view.vmId(),
                    view.status(),
                    view.statusMessage(),
                    view.address(),
                    view.createdAt(),
                    view.updatedAt());
        }
    }

    @GetMapping("/api/v1/organizations/{organization}/clusters/{cluster}/machines")
    ResponseEntity<byte[]> list(
            HttpServletRequest request, @PathVariable String organization, @PathVariable String cluster)
            throws SQLException {
        return door.answer(request, (connection, scope) -> {
            UUID owner = Parameters.id("organization", organization);
            UUID id = Parameters.id("cluster", cluster);
            PageRequest page = Parameters.page(request);
            scope.requireCluster(connection, owner, id, false);
            return Listing.byCreation("machine", "cluster_id = ?", "status <> 'deleted'", id)
                    .page(connection, page, TABLE::read, MachineView::id)
                    .map(Answer::of);
        });
    }
}
