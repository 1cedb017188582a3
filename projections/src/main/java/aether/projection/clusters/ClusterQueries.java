package aether.projection.clusters;

import aether.domain.cluster.ClusterStatus;
import aether.projection.http.Listing;
import aether.projection.http.PageRequest;
import aether.projection.http.Parameters;
import aether.projection.http.QueryDoor;
import aether.projection.http.QueryRefused;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Which clusters there are, and how they are; a deleted one is not there, only its timeline is. */
@RestController
public final class ClusterQueries {

    private static final ClusterTable TABLE = new ClusterTable();

    private static final String THERE = "status <> '" + ClusterStatus.DELETED.published() + "'";

    private final QueryDoor door;

    public ClusterQueries(QueryDoor door) {
        this.door = door;
    }

    /** A cluster in the API; its message says first what does not go on. */
    record Answer(
            UUID id,
            UUID orgId,
            String name,
            String region,
            String k8sVersion,
            String status,
            @Nullable String statusMessage,
            @Nullable String endpoint,
            @Nullable String observedKubernetesVersion,
            @Nullable String lbSubnet,
            @Nullable String workerSubnet,
            List<StandingWork> standing,
            Instant createdAt,
            Instant updatedAt) {
        static Answer of(ClusterView view) {
            return new Answer(
                    view.id(),
                    view.orgId(),
                    view.name(),
                    view.region(),
                    view.k8sVersion(),
                    view.status(),
                    view.standing().isEmpty()
                            ? view.statusMessage()
                            : view.standing().getFirst().sentence(),
                    view.endpoint(),
                    view.observedKubernetesVersion(),
                    view.lbSubnet(),
                    view.workerSubnet(),
                    view.standing(),
                    view.createdAt(),
                    view.updatedAt());
        }
    }

    @GetMapping("/api/v1/organizations/{organization}/clusters")
    ResponseEntity<byte[]> list(HttpServletRequest request, @PathVariable String organization) throws SQLException {
        return door.answer(request, (connection, scope) -> {
            UUID owner = Parameters.id("organization", organization);
            PageRequest page = Parameters.page(request);
            scope.requireOrganization(connection, owner);
            Optional<String> name = Parameters.text(request, "name");
            Listing listing = name.isPresent()
                    ? Listing.byCreation("cluster", "org_id = ? and name = ?", THERE, owner, name.get())
                    : Listing.byCreation("cluster", "org_id = ?", THERE, owner);
            return listing.page(connection, page, TABLE::read, ClusterView::id).map(Answer::of);
        });
    }

    @GetMapping("/api/v1/organizations/{organization}/clusters/{cluster}")
    ResponseEntity<byte[]> one(
            HttpServletRequest request, @PathVariable String organization, @PathVariable String cluster)
            throws SQLException {
        return door.answer(request, (connection, scope) -> {
            UUID owner = Parameters.id("organization", organization);
            UUID id = Parameters.id("cluster", cluster);
            scope.requireCluster(connection, owner, id, false);
            return TABLE.find(connection, id).map(Answer::of).orElseThrow(() -> QueryRefused.notFound("cluster", id));
        });
    }
}
