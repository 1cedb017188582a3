package aether.command.api;

import aether.command.request.Detail;
import aether.command.request.Fields;
import aether.command.request.JsonDocuments;
import aether.command.request.Limits;
import aether.command.request.RequestRefused;
import aether.command.request.Violations;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Reads bodies, bounded and strictly. */
final class Body {

    private static final Set<String> JSON = Set.of("application/json");

    private static final Set<String> YAML = Set.of("application/yaml", "application/x-yaml", "text/yaml");

    private Body() {}

    /** Whether the body is JSON; else it is YAML. */
    static boolean isJson(HttpServletRequest request) {
        String type = mediaType(request);
        if (JSON.contains(type)) {
            return true;
        }
        if (YAML.contains(type)) {
            return false;
        }
        throw unsupported("application/yaml or application/json");
    }

    /** Reads a JSON object field by field; whatever is wrong with it ends the request. */
    static <T> T read(HttpServletRequest request, BiFunction<Fields, Violations, T> reading) {
        if (!JSON.contains(mediaType(request))) {
            throw unsupported("application/json");
        }
        Violations violations = new Violations();
        Fields fields = Fields.of(JsonDocuments.read(bytes(request)), "", violations);
        T read = reading.apply(fields, violations);
        fields.done();
        violations.refuseIfAny();
        return read;
    }

    /** The bytes of the body. */
    static byte[] bytes(HttpServletRequest request) {
        if (request.getContentLengthLong() > Limits.MAX_BODY_BYTES) {
            throw tooLarge();
        }
        try {
            byte[] bytes = request.getInputStream().readNBytes(Limits.MAX_BODY_BYTES + 1);
            if (bytes.length > Limits.MAX_BODY_BYTES) {
                throw tooLarge();
            }
            return bytes;
        } catch (IOException e) {
            throw RequestRefused.of(
                    400, new Detail("body", "incomplete", "Expected the whole body, but the connection ended before."));
        }
    }

    private static String mediaType(HttpServletRequest request) {
        @Nullable String type = request.getContentType();
        if (type == null) {
            return "";
        }
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    private static RequestRefused unsupported(String expected) {
        return new RequestRefused(
                415, "unsupported_media_type", "Expected Content-Type " + expected + ", but got another or none.");
    }

    private static RequestRefused tooLarge() {
        return RequestRefused.of(
                413,
                new Detail(
                        "body",
                        "too_large",
                        "Expected a body of at most " + Limits.MAX_BODY_BYTES + " bytes, but got more."));
    }
}
