package aether.projection.live;

import aether.projection.access.Caller;
import aether.projection.http.Parameters;
import aether.projection.http.QueryDoor;
import aether.projection.http.QueryRefused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Live updates: server-sent events whose ids are positions. */
@RestController
public final class StreamQueries {

    private final QueryDoor door;
    private final Streams streams;

    public StreamQueries(QueryDoor door, Streams streams) {
        this.door = door;
        this.streams = streams;
    }

    @GetMapping("/api/v1/events/stream")
    SseEmitter everything(HttpServletRequest request, HttpServletResponse response) throws SQLException {
        Caller caller = door.caller(request);
        long after = after(request);
        door.awaitFreshness(request);
        Subject subject = door.read(caller, (connection, scope) -> {
            UUID own = scope.organization();
            if (scope.everything()) {
                return new Subject.Everything();
            }
            if (own == null) {
                throw QueryRefused.notFound("organization", caller.name());
            }
            return new Subject.OfOrganization(own);
        });
        return open(response, subject, after);
    }

    @GetMapping("/api/v1/organizations/{organization}/clusters/{cluster}/events/stream")
    SseEmitter ofCluster(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable String organization,
            @PathVariable String cluster)
            throws SQLException {
        Caller caller = door.caller(request);
        long after = after(request);
        UUID owner = Parameters.id("organization", organization);
        UUID id = Parameters.id("cluster", cluster);
        door.awaitFreshness(request);
        Subject subject = door.read(caller, (connection, scope) -> {
            scope.requireCluster(connection, owner, id, true);
            return new Subject.OfCluster(id);
        });
        return open(response, subject, after);
    }

    private SseEmitter open(HttpServletResponse response, Subject subject, long after) {
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no"); // proxies must pass events on as they come
        return streams.open(subject, after);
    }

    /** Where to begin: what a reconnecting browser sends wins over what the address says. */
    private static long after(HttpServletRequest request) {
        String lastSeen = request.getHeader("Last-Event-ID");
        if (lastSeen != null && !lastSeen.isBlank()) {
            return Parameters.position("Last-Event-ID", lastSeen.strip());
        }
        Optional<String> after = Parameters.text(request, "after");
        return after.isPresent() ? Parameters.position("after", after.get()) : -1;
    }
}
