package aether.command.api;

import aether.command.dispatch.Dispatched;
import aether.command.request.Detail;
import aether.command.request.Rejections;
import aether.command.request.RequestRefused;
import aether.domain.kernel.Outcome;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Forms answers. */
final class Answers {

    /** A view that has seen this position shows what the answer says. */
    static final String POSITION = "Aether-Position";

    private Answers() {}

    /** The position of an accepted command; a refused one ends the request. */
    static long accepted(Dispatched dispatched, UnaryOperator<String> fields) {
        return switch (dispatched.outcome()) {
            case Outcome.Accepted ignored -> dispatched.position();
            case Outcome.Refused refused ->
                throw Rejections.refused(refused, refused.field().isEmpty() ? "" : fields.apply(refused.field()));
        };
    }

    static ResponseEntity<Object> answer(HttpStatus status, Object body, long position) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .header(POSITION, Long.toString(position))
                .body(body);
    }

    static ResponseEntity<Object> created(String location, Object body, long position) {
        return ResponseEntity.created(URI.create(location))
                .contentType(MediaType.APPLICATION_JSON)
                .header(POSITION, Long.toString(position))
                .body(body);
    }

    /** The error body of the API. */
    static ResponseEntity<Object> error(RequestRefused refused) {
        return ResponseEntity.status(refused.status())
                .contentType(MediaType.APPLICATION_JSON)
                .body(error(refused.code(), String.valueOf(refused.getMessage()), refused.details()));
    }

    /** The error body of the API. */
    static Map<String, Object> error(String code, String message, List<Detail> details) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", code);
        error.put("message", message);
        error.put(
                "details",
                details.stream()
                        .map(detail ->
                                Map.of("field", detail.field(), "code", detail.code(), "message", detail.message()))
                        .toList());
        return Map.of("error", error);
    }
}
