package aether.projection.http;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Writes answers as JSON with a mapper of its own, so that nothing else in the process changes how they look. */
public final class Answers {

    /** The position of the snapshot that an answer was read from. */
    public static final String VIEW_POSITION = "Aether-View-Position";

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private Answers() {}

    /** An answer read from a snapshot at a position. */
    public static ResponseEntity<byte[]> ok(long viewPosition, Object body) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header(VIEW_POSITION, Long.toString(viewPosition))
                .body(JSON.writeValueAsBytes(body));
    }

    /** An answer with another status. */
    public static ResponseEntity<byte[]> of(int status, Object body) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(JSON.writeValueAsBytes(body));
    }

    /** The body as text on one line. */
    public static String text(Object body) {
        return JSON.writeValueAsString(body);
    }
}
