package aether.projection.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The lines of a token file: a name, a kind, an organization's slug, and the hash of a token each. */
final class TokenFile {

    /** Ten thousand customers with ten tokens each would be a database, not a file. */
    private static final long MAX_BYTES = 16L << 20;

    private static final int HASH_BYTES = 32;

    private static final Set<String> FIELDS = Set.of("name", "kind", "organization", "sha256");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** One line. */
    @SuppressWarnings("ArrayRecordComponent") // compared in constant time, never by equals
    private record Line(byte[] hash, Caller caller) {}

    private final List<Line> lines;

    private TokenFile(List<Line> lines) {
        this.lines = List.copyOf(lines);
    }

    /**
     * Reads a file.
     *
     * @throws IOException when it cannot be read
     * @throws IllegalArgumentException when a line has not the form
     */
    static TokenFile read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "Expected a token file of at most %d bytes, but %s has more.".formatted(MAX_BYTES, file));
        }
        List<Line> lines = new ArrayList<>();
        int number = 0;
        for (String text : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            number++;
            if (!text.isBlank() && !text.startsWith("#")) {
                lines.add(line(file, number, text));
            }
        }
        return new TokenFile(lines);
    }

    /** Whose hash it is; takes the same time whichever line it is. */
    Optional<Caller> whose(byte[] hash) {
        Caller found = null;
        for (Line line : lines) {
            if (MessageDigest.isEqual(line.hash(), hash)) {
                found = line.caller();
            }
        }
        return Optional.ofNullable(found);
    }

    private static Line line(Path file, int number, String text) {
        try {
            JsonNode fields = JSON.readTree(text);
            for (String name : fields.propertyNames()) {
                if (!FIELDS.contains(name)) {
                    throw new IllegalArgumentException("Expected fields of " + FIELDS + ", but got " + name + ".");
                }
            }
            byte[] hash = HexFormat.of().parseHex(required(fields, "sha256"));
            if (hash.length != HASH_BYTES) {
                throw new IllegalArgumentException("Expected 64 hex digits in sha256, but got another number.");
            }
            Caller.Kind kind = Caller.Kind.valueOf(required(fields, "kind").toUpperCase(Locale.ROOT));
            return new Line(hash, new Caller(required(fields, "name"), kind, optional(fields, "organization")));
        } catch (JacksonException e) {
            throw wrong(file, number, "it is not JSON.", e);
        } catch (IllegalArgumentException e) {
            throw wrong(file, number, e.getMessage(), e);
        }
    }

    private static IllegalArgumentException wrong(Path file, int number, @Nullable String why, Exception cause) {
        return new IllegalArgumentException(
                "Expected line %d of token file %s to be an identity, but: %s".formatted(number, file, why), cause);
    }

    private static String required(JsonNode fields, String name) {
        String value = optional(fields, name);
        if (value == null) {
            throw new IllegalArgumentException("Expected a text in " + name + ", but there is none.");
        }
        return value;
    }

    private static @Nullable String optional(JsonNode fields, String name) {
        JsonNode value = fields.get(name);
        return value != null && value.isString() ? value.stringValue() : null;
    }
}
