package aether.standalone.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * Which servers there are and which one is meant: a YAML file {@code {current, contexts: [{name, server, token_file,
 * ca}]}}. It names token files and never holds a token.
 *
 * @param current the name of the context that is meant when none is named; absent when there is none
 */
public record ContextFile(@Nullable String current, List<Context> contexts) {

    /**
     * One server.
     *
     * @param server its address, for example {@code http://127.0.0.1:8080}
     * @param tokenFile the file whose only line is the token
     * @param ca a PEM file with the authority that the server's certificate comes from; absent where the JDK knows it
     */
    public record Context(
            String name,
            String server,
            String tokenFile,
            @Nullable String ca) {}

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
            .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
            .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();

    public ContextFile {
        contexts = List.copyOf(contexts);
    }

    /** A file without contexts. */
    public static ContextFile empty() {
        return new ContextFile(null, List.of());
    }

    /**
     * Reads a file; one that does not exist is empty.
     *
     * @throws UncheckedIOException when it cannot be read
     * @throws IllegalArgumentException when it is not of the form
     */
    public static ContextFile read(Path file) {
        if (Files.notExists(file)) {
            return empty();
        }
        try {
            JsonNode root = YAML.readTree(Files.readString(file));
            List<Context> contexts = new ArrayList<>();
            for (JsonNode context : root.path("contexts")) {
                contexts.add(new Context(
                        required(file, context, "name"),
                        required(file, context, "server"),
                        required(file, context, "token_file"),
                        optional(context, "ca")));
            }
            return new ContextFile(optional(root, "current"), contexts);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "Expected %s to be YAML, but: %s".formatted(file, e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw new UncheckedIOException("Expected to read %s, but could not".formatted(file), e);
        }
    }

    /** The same file with the context in it, in place of one with its name, and meant from now on. */
    public ContextFile with(Context context) {
        List<Context> next = new ArrayList<>(contexts);
        next.removeIf(known -> known.name().equals(context.name()));
        next.add(context);
        return new ContextFile(context.name(), next);
    }

    /** The context with the name. */
    public Optional<Context> named(String name) {
        return contexts.stream().filter(context -> context.name().equals(name)).findFirst();
    }

    /**
     * Writes the file, at once and for its owner alone, and makes its directory when there is none.
     *
     * @throws UncheckedIOException when that is not possible
     */
    public void write(Path file) {
        Map<String, Object> root = new LinkedHashMap<>();
        if (current != null) {
            root.put("current", current);
        }
        root.put("contexts", contexts.stream().map(ContextFile::fields).toList());
        OwnFile.write(file, YAML.writeValueAsString(root));
    }

    private static Map<String, String> fields(Context context) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("name", context.name());
        fields.put("server", context.server());
        fields.put("token_file", context.tokenFile());
        if (context.ca() != null) {
            fields.put("ca", context.ca());
        }
        return fields;
    }

    private static String required(Path file, JsonNode node, String field) {
        String value = optional(node, field);
        if (value == null) {
            throw new IllegalArgumentException(
                    "Expected a text in contexts[].%s of %s, but there is none.".formatted(field, file));
        }
        return value;
    }

    private static @Nullable String optional(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isString() ? value.stringValue() : null;
    }

    /** Files that only their owner may read. */
    static final class OwnFile {

        private OwnFile() {}

        static void write(Path file, String text) {
            Path absolute = file.toAbsolutePath();
            Path directory = absolute.getParent();
            try {
                Files.createDirectories(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                Path next = Files.createTempFile(
                        directory,
                        absolute.getFileName().toString(),
                        ".next",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                try {
                    Files.writeString(next, text);
                    Files.move(next, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                } finally {
                    Files.deleteIfExists(next);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "Expected to write %s, but could not: %s".formatted(file, e.getMessage()), e);
            }
        }
    }
}
