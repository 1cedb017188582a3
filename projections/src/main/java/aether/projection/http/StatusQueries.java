package aether.projection.http;

import aether.projection.position.IntakeMonitor;
import aether.projection.position.IntakeStatus;
import aether.projection.position.Positions;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** How far the views are, and what they wait for if they do not move. */
@RestController
public final class StatusQueries {

    private final QueryDoor door;
    private final IntakeMonitor monitor;

    public StatusQueries(QueryDoor door, IntakeMonitor monitor) {
        this.door = door;
        this.monitor = monitor;
    }

    /**
     * The status in the API.
     *
     * @param viewPosition the last position that is in the views, in decimal; -1 when there is none yet
     * @param intake what the intake is doing
     * @param message why it does not move
     */
    record Answer(
            String viewPosition, String intake, @Nullable String message) {}

    @GetMapping("/api/v1/status")
    ResponseEntity<byte[]> status(HttpServletRequest request) throws SQLException {
        return door.answer(request, (connection, scope) -> {
            IntakeStatus status = monitor.status();
            return new Answer(
                    Long.toString(Positions.nextWanted(connection) - 1),
                    status.state().name().toLowerCase(Locale.ROOT),
                    status.message());
        });
    }
}
