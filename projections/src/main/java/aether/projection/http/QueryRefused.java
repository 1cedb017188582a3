package aether.projection.http;

import org.jspecify.annotations.Nullable;

/** A query ends here: what the caller is told, and with which status. */
public final class QueryRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final @Nullable String field;

    private QueryRefused(int status, String code, @Nullable String field, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.field = field;
    }

    /** A parameter is not what it must be. */
    public static QueryRefused invalid(String field, String message) {
        return new QueryRefused(400, "invalid", field, message);
    }

    /** The request is not understood, whatever its parameters. */
    public static QueryRefused unauthorized() {
        return new QueryRefused(
                401,
                "unauthorized",
                null,
                "Expected a bearer token that is known, but the request has none or another.");
    }

    /** The caller is known, but this is not for it. */
    public static QueryRefused forbidden(String message) {
        return new QueryRefused(403, "forbidden", null, message);
    }

    /** There is no such thing, or not for this caller; it is not told which. */
    public static QueryRefused notFound(String what, Object id) {
        return new QueryRefused(
                404,
                what + "_not_found",
                null,
                "Expected %s %s to exist, but there is none.".formatted(words(what), id));
    }

    /** What is asked for is under way already. */
    public static QueryRefused conflict(String code, String message) {
        return new QueryRefused(409, code, null, message);
    }

    /** It cannot be answered now; later it can. */
    public static QueryRefused notNow(String code, String message) {
        return new QueryRefused(503, code, null, message);
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    /** The field that is wrong; absent when no single one is. */
    @Nullable
    String field() {
        return field;
    }

    String sentence() {
        String message = getMessage();
        return message == null ? code : message;
    }

    private static String words(String what) {
        return what.replace('_', ' ');
    }
}
