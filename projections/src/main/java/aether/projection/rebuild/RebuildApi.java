package aether.projection.rebuild;

import aether.projection.http.Answers;
import aether.projection.http.QueryDoor;
import aether.projection.http.QueryRefused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Rebuilding for administrators. */
@RestController
public final class RebuildApi {

    private static final String PATH = "/internal/v1/projections/rebuild";

    private final QueryDoor door;
    private final RebuildJob job;

    public RebuildApi(QueryDoor door, RebuildJob job) {
        this.door = door;
        this.job = job;
    }

    @PostMapping(PATH)
    ResponseEntity<byte[]> begin(HttpServletRequest request) {
        door.administrator(request);
        if (!job.begin()) {
            throw QueryRefused.conflict("rebuild_running", "Expected no rebuild under way, but there is one.");
        }
        return Answers.of(HttpServletResponse.SC_ACCEPTED, job.progress());
    }

    @GetMapping(PATH)
    ResponseEntity<byte[]> progress(HttpServletRequest request) {
        door.administrator(request);
        return Answers.of(HttpServletResponse.SC_OK, job.progress());
    }
}
