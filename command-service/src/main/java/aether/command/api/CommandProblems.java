package aether.command.api;

import aether.command.access.Principal;
import aether.command.audit.AuditWriter;
import aether.command.dispatch.Overloaded;
import aether.command.exports.ArchiverUnavailable;
import aether.command.gateway.ManagementClusterUnavailable;
import aether.command.request.RequestRefused;
import aether.store.log.LogOutcomeUnknown;
import aether.store.log.LogUnavailable;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Sorts what can go wrong in a handler of this package; a caller never sees a class name or a stack trace. */
@RestControllerAdvice(basePackageClasses = CommandProblems.class)
final class CommandProblems {

    /** As long as a restart of the database takes. */
    private static final String RETRY_AFTER_SECONDS = "5";

    private static final Logger LOG = LoggerFactory.getLogger(CommandProblems.class);

    private final AuditWriter audit;

    CommandProblems(AuditWriter audit) {
        this.audit = audit;
    }

    @ExceptionHandler
    ResponseEntity<Object> refused(RequestRefused refused, HttpServletRequest request) {
        // 401 and 429 were entered at the gate, which knows whom to name.
        if (refused.status() == HttpStatus.FORBIDDEN.value()) {
            audit.refused(caller(request), Gate.action(request), refused.code());
        }
        return Answers.error(refused);
    }

    @ExceptionHandler
    ResponseEntity<Object> logUnavailable(LogUnavailable e) {
        LOG.warn("A command was put off: {}", e.getMessage());
        return later(
                "log_unavailable", "Expected the event log to answer, but it does not just now; nothing was done.");
    }

    @ExceptionHandler
    ResponseEntity<Object> logOutcomeUnknown(LogOutcomeUnknown e) {
        LOG.warn("A command's fate is unknown: {}", e.getMessage());
        return later(
                "log_unavailable",
                "Expected the event log to answer, but it went away meanwhile; the request may have taken effect."
                        + " Send it again with the same Idempotency-Key.");
    }

    @ExceptionHandler
    ResponseEntity<Object> overloaded(Overloaded e) {
        return later("overloaded", String.valueOf(e.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<Object> managementClusterUnavailable(ManagementClusterUnavailable e) {
        LOG.warn("{}", e.getMessage(), e);
        return later("management_cluster_unavailable", String.valueOf(e.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<Object> archiverUnavailable(ArchiverUnavailable e) {
        LOG.warn("{}", e.getMessage(), e);
        return later("archiver_unavailable", "Expected the archiver to answer, but it does not just now.");
    }

    /** The edge: whatever nobody thought of is ours to look into, and no business of the caller's. */
    @ExceptionHandler
    ResponseEntity<Object> unexpected(RuntimeException e, HttpServletRequest request) {
        LOG.error("Expected {} to be handled, but it failed", Gate.action(request), e);
        return ResponseEntity.status(HttpStatus.INTERNAL_SERVER_ERROR)
                .contentType(MediaType.APPLICATION_JSON)
                .body(Answers.error(
                        "internal_error", "Something went wrong on our side; it has been noted.", List.of()));
    }

    private static ResponseEntity<Object> later(String code, String message) {
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header("Retry-After", RETRY_AFTER_SECONDS)
                .contentType(MediaType.APPLICATION_JSON)
                .body(Answers.error(code, message, List.of()));
    }

    private static Principal caller(HttpServletRequest request) {
        return request.getAttribute(Caller.ATTRIBUTE) instanceof Caller caller
                ? caller.identity().principal()
                : Principal.address(request.getRemoteAddr());
    }
}
