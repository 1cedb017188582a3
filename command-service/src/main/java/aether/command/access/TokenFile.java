package aether.command.access;

import aether.command.request.Fields;
import aether.command.request.JsonDocuments;
import aether.command.request.RequestRefused;
import aether.command.request.Violations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads the token file; see the package's description for its form. */
public final class TokenFile {

    /** Ten thousand customers with ten tokens each would be a database, not a file. */
    private static final long MAX_BYTES = 16L << 20;

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private TokenFile() {}

    /**
     * One line of the file.
     *
     * @param sha256 lower-case hex hash of the token
     */
    public record Line(Identity identity, String sha256) {

        public Line {
            if (!SHA256.matcher(sha256).matches()) {
                throw new IllegalArgumentException("Expected 64 hex digits as the hash of the token of '"
                        + identity.name() + "', but got " + sha256.length() + " characters.");
            }
        }

        /** The line that keeps a token's hash. */
        public static Line of(Identity identity, String token) {
            return new Line(identity, Tokens.sha256(token));
        }

        /** The line as it stands in the file; no part of it needs escaping. */
        String json() {
            return "{\"name\":\"" + identity.name() + "\",\"kind\":\""
                    + identity.kind().word() + "\","
                    + identity.organization()
                            .map(slug -> "\"organization\":\"" + slug + "\",")
                            .orElse("")
                    + "\"sha256\":\"" + sha256 + "\"}";
        }

        @Override
        public String toString() {
            return "Line[identity=" + identity + ", sha256=[hidden]]";
        }
    }

    /**
     * Reads a file.
     *
     * @throws IOException when it cannot be read
     * @throws IllegalArgumentException when a line has not the form
     */
    public static List<Line> read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "Expected a token file of at most " + MAX_BYTES + " bytes, but " + file + " has more.");
        }
        List<Line> lines = new ArrayList<>();
        int number = 0;
        for (String text : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            number++;
            if (!text.isBlank() && !text.startsWith("#")) {
                lines.add(line(file, number, text));
            }
        }
        return lines;
    }

    private static Line line(Path file, int number, String text) {
        try {
            Violations violations = new Violations();
            Fields fields = Fields.of(JsonDocuments.read(text.getBytes(StandardCharsets.UTF_8)), "", violations);
            String name = fields.text("name");
            String kind = fields.text("kind");
            String slug = fields.optionalText("organization").orElse(null);
            String sha256 = fields.text("sha256");
            fields.done();
            violations.refuseIfAny();
            Identity.Kind known = Identity.Kind.of(kind)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "Expected kind platform, worker, archiver or organization, but got another."));
            return new Line(new Identity(name, known, slug), sha256);
        } catch (RequestRefused | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Expected line " + number + " of token file " + file + " to be an identity, but: " + e.getMessage(),
                    e);
        }
    }
}
