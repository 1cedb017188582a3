package aether.command.api;

import aether.command.request.RequestRefused;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Answers requests that reached no handler at all, of whichever room. */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
final class RouteProblems {

    @ExceptionHandler({NoResourceFoundException.class, NoHandlerFoundException.class})
    ResponseEntity<Object> notFound() {
        return Answers.error(
                new RequestRefused(404, "route_unknown", "Expected a route of the API, but there is none here."));
    }

    @ExceptionHandler
    ResponseEntity<Object> methodNotAllowed(HttpRequestMethodNotSupportedException e) {
        ResponseEntity<Object> answer = Answers.error(new RequestRefused(
                405, "method_not_allowed", "Expected a method that the route knows, but got another."));
        HttpHeaders headers = new HttpHeaders();
        headers.putAll(answer.getHeaders());
        if (e.getSupportedHttpMethods() != null) {
            headers.setAllow(new java.util.HashSet<HttpMethod>(e.getSupportedHttpMethods()));
        }
        return new ResponseEntity<>(answer.getBody(), headers, answer.getStatusCode());
    }

    @ExceptionHandler
    ResponseEntity<Object> notAcceptable(HttpMediaTypeNotAcceptableException e) {
        return Answers.error(new RequestRefused(
                406, "not_acceptable", "Expected to answer in the form that Accept names, but we have no such form."));
    }
}
