package aether.command.api;

import aether.command.access.Identities;
import aether.command.access.Identity;
import aether.command.access.Principal;
import aether.command.access.RateLimit;
import aether.command.access.Tokens;
import aether.command.audit.AuditWriter;
import aether.command.privacy.Pseudonyms;
import aether.command.request.RequestRefused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/** Stands before every handler of this package: who is it, may it call this, and not too often. */
final class Gate implements HandlerInterceptor {

    /** The request's id, given or made, in both directions. */
    static final String REQUEST_ID = "X-Request-Id";

    private static final String OWN_PACKAGE = Gate.class.getPackageName();

    private static final String SCHEME = "Bearer ";

    private static final int MAX_KEY_LENGTH = 255;

    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private final Identities identities;

    private final RateLimit rateLimit;

    private final AuditWriter audit;

    private final Supplier<UUID> ids;

    private final Pseudonyms pseudonyms;

    Gate(Identities identities, RateLimit rateLimit, AuditWriter audit, Supplier<UUID> ids, Pseudonyms pseudonyms) {
        this.identities = identities;
        this.rateLimit = rateLimit;
        this.audit = audit;
        this.ids = ids;
        this.pseudonyms = pseudonyms;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod method)
                || !method.getBeanType().getPackageName().equals(OWN_PACKAGE)) {
            return true;
        }
        UUID requestId = requestId(request);
        response.setHeader(REQUEST_ID, requestId.toString());
        Identity identity = authenticate(request, response);
        if (!rateLimit.take(identity)) {
            audit.refused(identity.principal(), action(request), "rate_limited");
            response.setHeader("Retry-After", "1");
            throw new RequestRefused(
                    429,
                    "rate_limited",
                    "Expected at most " + RateLimit.PER_MINUTE + " requests per minute and " + RateLimit.BURST
                            + " at once, but there were more.");
        }
        Audience audience = method.getBeanType().getAnnotation(Audience.class);
        if (audience == null || !Arrays.asList(audience.value()).contains(identity.kind())) {
            throw new RequestRefused(
                    403,
                    "forbidden",
                    "Expected an identity that may call this, but '" + identity.name() + "' is of kind "
                            + identity.kind().word() + ".");
        }
        request.setAttribute(
                Caller.ATTRIBUTE,
                new Caller(
                        identity,
                        requestId,
                        request.getRemoteAddr(),
                        traceparent(request),
                        idempotencyKey(request),
                        ids,
                        pseudonyms,
                        new Sent()));
        return true;
    }

    private Identity authenticate(HttpServletRequest request, HttpServletResponse response) {
        String header = request.getHeader("Authorization");
        Optional<Identity> identity = header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? identities.whose(header.substring(SCHEME.length()).strip())
                : Optional.empty();
        if (identity.isEmpty()) {
            audit.refused(Principal.address(request.getRemoteAddr()), action(request), "unauthenticated");
            response.setHeader("WWW-Authenticate", "Bearer");
            throw new RequestRefused(
                    401,
                    "unauthenticated",
                    "Expected the header 'Authorization: Bearer " + Tokens.PREFIX + "…' with a valid token, but "
                            + (header == null ? "there is none." : "it is not one."));
        }
        return identity.get();
    }

    /** The method and the route's template: never what the caller put into the path. */
    static String action(HttpServletRequest request) {
        Object template = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        return request.getMethod() + " " + (template == null ? "" : template);
    }

    private UUID requestId(HttpServletRequest request) {
        String given = request.getHeader(REQUEST_ID);
        if (given != null) {
            try {
                return UUID.fromString(given);
            } catch (IllegalArgumentException e) {
                return ids.get(); // somebody else's form of id; ours goes back in the answer
            }
        }
        return ids.get();
    }

    private static @Nullable String traceparent(HttpServletRequest request) {
        String given = request.getHeader("traceparent");
        return given != null && TRACEPARENT.matcher(given).matches() ? given : null;
    }

    private static @Nullable String idempotencyKey(HttpServletRequest request) {
        String key = request.getHeader("Idempotency-Key");
        if (key != null && (key.isBlank() || key.length() > MAX_KEY_LENGTH)) {
            throw new RequestRefused(
                    400,
                    "malformed_request",
                    "Expected 1 to " + MAX_KEY_LENGTH + " characters in Idempotency-Key, but got " + key.length()
                            + ".");
        }
        return key;
    }
}
