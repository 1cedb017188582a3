package aether.sandbox.http;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One request, read completely.
 *
 * @param path the address in decoded parts
 * @param query the last value of every parameter
 * @param headers the first value of every header, names in lower case
 */
@SuppressWarnings("ArrayRecordComponent") // the body is read once and compared by nobody
public record Request(
        String method, List<String> path, Map<String, String> query, Map<String, String> headers, byte[] body) {

    static Request of(String method, URI uri, Map<String, List<String>> headers, byte[] body) {
        List<String> path = Arrays.stream(uri.getRawPath().split("/", -1))
                .filter(part -> !part.isEmpty())
                .map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8))
                .toList();
        Map<String, String> query = new HashMap<>();
        String raw = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        for (String pair : raw.split("&", -1)) {
            int equal = pair.indexOf('=');
            if (!pair.isEmpty()) {
                query.put(
                        decode(equal < 0 ? pair : pair.substring(0, equal)),
                        equal < 0 ? "true" : decode(pair.substring(equal + 1)));
            }
        }
        Map<String, String> first = new HashMap<>();
        headers.forEach((name, values) -> first.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        return new Request(method, path, query, first, body);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** The parameter, or empty text. */
    public String parameter(String name) {
        return query.getOrDefault(name, "");
    }

    /** Whether the parameter is there and not {@code false}. */
    public boolean flag(String name) {
        String value = parameter(name);
        return value.equals("true") || value.equals("1");
    }

    /** The header, or empty text. */
    public String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    /** The bearer token, or empty text. */
    public String bearer() {
        String authorization = header("authorization");
        return authorization.startsWith("Bearer ") ? authorization.substring("Bearer ".length()) : "";
    }

    /** The address without its first parts. */
    public List<String> pathAfter(int parts) {
        return path.size() <= parts ? List.of() : path.subList(parts, path.size());
    }
}
