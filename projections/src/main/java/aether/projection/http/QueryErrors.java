package aether.projection.http;

import jakarta.servlet.http.HttpServletResponse;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What callers of this room's controllers are told when something goes wrong; no other controller is touched. */
@RestControllerAdvice(basePackages = "aether.projection")
public final class QueryErrors {

    private static final Logger LOG = LoggerFactory.getLogger(QueryErrors.class);

    @ExceptionHandler
    ResponseEntity<byte[]> refused(QueryRefused refused) {
        ResponseEntity<byte[]> answer = Answers.of(refused.status(), ErrorBody.of(refused));
        if (refused.status() == HttpServletResponse.SC_UNAUTHORIZED) {
            return ResponseEntity.status(refused.status())
                    .headers(answer.getHeaders())
                    .header("WWW-Authenticate", "Bearer")
                    .body(answer.getBody());
        }
        return answer;
    }

    @ExceptionHandler
    ResponseEntity<byte[]> away(SQLException failure) {
        LOG.warn("Expected the views to answer, but {}", failure.getMessage());
        return Answers.of(
                HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                ErrorBody.of(
                        "views_unavailable", "Expected the views to answer, but their database does not; try again."));
    }

    /** The edge: a mistake of ours is told as one, without its inside. */
    @ExceptionHandler
    ResponseEntity<byte[]> broken(RuntimeException failure) {
        LOG.error("Expected to answer a query, but it broke.", failure);
        return Answers.of(
                HttpServletResponse.SC_INTERNAL_SERVER_ERROR,
                ErrorBody.of("internal", "Expected to answer, but something broke here; it has been written down."));
    }
}
