package aether.projection.timeline;

import aether.projection.http.Listing;
import aether.projection.http.PageRequest;
import aether.projection.http.Parameters;
import aether.projection.http.QueryDoor;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What happened to a cluster, oldest first; also to one that is deleted. */
@RestController
public final class TimelineQueries {

    private final QueryDoor door;

    public TimelineQueries(QueryDoor door) {
        this.door = door;
    }

    @GetMapping("/api/v1/organizations/{organization}/clusters/{cluster}/events")
    ResponseEntity<byte[]> list(
            HttpServletRequest request, @PathVariable String organization, @PathVariable String cluster)
            throws SQLException {
        return door.answer(request, (connection, scope) -> {
            UUID owner = Parameters.id("organization", organization);
            UUID id = Parameters.id("cluster", cluster);
            PageRequest page = Parameters.page(request);
            scope.requireCluster(connection, owner, id, true);
            return new Listing(
                            "select * from timeline",
                            "timeline",
                            "cluster_id = ?",
                            "true",
                            "position",
                            "event_id",
                            List.of(id))
                    .page(connection, page, TimelineTable::read, TimelineEntry::eventId)
                    .map(TimelineAnswer::of);
        });
    }
}
