package aether.command;

import aether.command.door.Door;
import aether.command.door.DoorStatus;
import aether.command.streams.Streams;
import aether.store.log.LogUnavailable;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What only a process of its own needs: a health page, and the error body for what never reaches a handler. */
@RestController
class ServicePages implements ErrorController {

    private final Streams streams;

    private final Door door;

    ServicePages(Streams streams, Door door) {
        this.streams = streams;
        this.door = door;
    }

    /** Healthy means that the log answers; Kafka may be away without harm to anybody who sends commands. */
    @GetMapping("/healthz")
    ResponseEntity<Object> health() {
        Map<String, Object> body = new LinkedHashMap<>();
        HttpStatus status = HttpStatus.OK;
        try {
            body.put("log_position", Long.toString(streams.head()));
        } catch (LogUnavailable e) {
            status = HttpStatus.SERVICE_UNAVAILABLE;
        }
        body.put("status", status == HttpStatus.OK ? "ok" : "log_unavailable");
        DoorStatus now = door.status();
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("publishing", now.publishing());
        shown.put("published_position", Long.toString(now.published()));
        shown.put("lag", now.lag());
        now.lastError().ifPresent(error -> shown.put("error", error));
        body.put("door", shown);
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body);
    }

    @RequestMapping("/error")
    ResponseEntity<Object> error(HttpServletRequest request) {
        Object given = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        int status = given instanceof Integer code ? code : HttpStatus.NOT_FOUND.value();
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", "http_" + status);
        error.put(
                "message", "Expected a request that the API can take, but this one ended with status " + status + ".");
        error.put("details", List.of());
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of("error", error));
    }
}
