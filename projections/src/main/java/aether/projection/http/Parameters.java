package aether.projection.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Reads what callers send; whatever is not of the form is refused with the field's name. */
public final class Parameters {

    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private static final Pattern POSITION_FORM = Pattern.compile("\\d{1,18}");

    private static final int SHOWN = 60;

    private Parameters() {}

    /** An id in a path or a query. */
    public static UUID id(String field, String text) {
        if (!UUID_FORM.matcher(text).matches()) {
            throw QueryRefused.invalid(field, "Expected a UUID in %s, but got %s.".formatted(field, shown(text)));
        }
        return UUID.fromString(text);
    }

    /** A position in a header or a query. */
    public static long position(String field, String text) {
        if (!POSITION_FORM.matcher(text).matches()) {
            throw QueryRefused.invalid(
                    field,
                    "Expected a position, a whole number from 0, in %s, but got %s.".formatted(field, shown(text)));
        }
        return Long.parseLong(text);
    }

    /** A parameter of the query; one that is empty counts as absent. */
    public static Optional<String> text(HttpServletRequest request, String name) {
        return Optional.ofNullable(request.getParameter(name)).filter(text -> !text.isEmpty());
    }

    /** The page that is asked for. */
    public static PageRequest page(HttpServletRequest request) {
        int limit = text(request, "limit").map(Parameters::limit).orElse(PageRequest.DEFAULT_LIMIT);
        UUID cursor = text(request, "cursor").map(text -> id("cursor", text)).orElse(null);
        return new PageRequest(cursor, limit);
    }

    private static int limit(String text) {
        if (!Pattern.matches("\\d{1,3}", text)
                || Integer.parseInt(text) < 1
                || Integer.parseInt(text) > PageRequest.MAX_LIMIT) {
            throw QueryRefused.invalid(
                    "limit", "Expected limit from 1 to %d, but got %s.".formatted(PageRequest.MAX_LIMIT, shown(text)));
        }
        return Integer.parseInt(text);
    }

    private static String shown(String text) {
        String start = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
        return "'" + start.replaceAll("\\p{Cntrl}", "?") + "'";
    }
}
