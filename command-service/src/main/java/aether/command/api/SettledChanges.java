package aether.command.api;

import aether.command.access.Identity;
import aether.command.strict.ActionClass;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/**
 * Settles whatever a customer or an administrator changed and no class of its own has settled. It sits behind all
 * controllers, so that a new command needs no thought to be covered: an answer that brings a position answers for an
 * entry.
 */
@ControllerAdvice
final class SettledChanges implements ResponseBodyAdvice<Object> {

    private final StrictMode strict;

    SettledChanges(StrictMode strict) {
        this.strict = strict;
    }

    @Override
    public boolean supports(MethodParameter returned, Class<? extends HttpMessageConverter<?>> converter) {
        @Nullable Audience audience = returned.getContainingClass().getAnnotation(Audience.class);
        return audience != null
                && List.of(audience.value()).stream()
                        .anyMatch(kind -> kind == Identity.Kind.ORGANIZATION || kind == Identity.Kind.PLATFORM);
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter returned,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        HttpHeaders headers = response.getHeaders();
        @Nullable String position = headers.getFirst(Answers.POSITION);
        boolean changes = position != null && !HttpMethod.GET.equals(request.getMethod());
        // Anything but JSON is a secret, which has a class of its own.
        if (!changes
                || !MediaType.APPLICATION_JSON.isCompatibleWith(type)
                || headers.containsHeader(StrictMode.LOCATION)) {
            return body;
        }
        if (!(((ServletServerHttpRequest) request).getServletRequest().getAttribute(Caller.ATTRIBUTE)
                instanceof Caller caller)) {
            return body;
        }
        ResponseEntity<Object> settled =
                strict.settle(caller, ActionClass.CHANGES, Long.parseLong(position), ResponseEntity.ok(body));
        settled.getHeaders().forEach((name, values) -> headers.put(name, values));
        if (HttpStatus.ACCEPTED.equals(settled.getStatusCode())) {
            headers.remove(HttpHeaders.LOCATION);
            response.setStatusCode(HttpStatus.ACCEPTED);
        }
        return settled.getBody();
    }
}
