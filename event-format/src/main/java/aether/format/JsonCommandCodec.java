package aether.format;

import aether.domain.kernel.Command;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.node.ObjectNode;

/** Commands as JSON for {@code POST /internal/v1/commands}, in the same form as events. Safe for many threads. */
public final class JsonCommandCodec {

    private final Map<String, ObjectReader> readers = new HashMap<>();

    /** A codec for every command of the domain. */
    public JsonCommandCodec() {
        CommandTypes.ROWS.forEach(row -> readers.put(row.name(), CanonicalJson.MAPPER.readerFor(row.command())));
    }

    /** The name that says how to read the command. */
    public String nameOf(Command command) {
        return CommandTypes.nameOf(command.getClass());
    }

    /** The command as canonical JSON bytes. */
    public byte[] encode(Command command) {
        return CanonicalJson.MAPPER.writeValueAsBytes(command);
    }

    /** The command as a tree, to be put into a larger document. */
    public ObjectNode tree(Command command) {
        return CanonicalJson.MAPPER.valueToTree(command);
    }

    /**
     * Reads a command.
     *
     * @throws InvalidCommandException when the name is unknown or the JSON is not that command
     */
    public Command decode(String name, byte[] json) {
        ObjectReader reader = reader(name);
        try {
            return required(name, reader.<@Nullable Command>readValue(json));
        } catch (JacksonException e) {
            throw invalid(name, e);
        }
    }

    /**
     * Reads a command from a part of a larger document.
     *
     * @throws InvalidCommandException when the name is unknown or the tree is not that command
     */
    public Command decode(String name, JsonNode json) {
        ObjectReader reader = reader(name);
        try {
            return required(name, reader.<@Nullable Command>readValue(json));
        } catch (JacksonException e) {
            throw invalid(name, e);
        }
    }

    private ObjectReader reader(String name) {
        ObjectReader reader = readers.get(name);
        if (reader == null) {
            throw new InvalidCommandException("type", "Expected the name of a command, but there is none like it.");
        }
        return reader;
    }

    /** JSON's null is read as an absent command. */
    private static Command required(String name, @Nullable Command command) {
        if (command == null) {
            throw new InvalidCommandException("", "Expected a command " + name + ", but got null.");
        }
        return command;
    }

    private static InvalidCommandException invalid(String name, JacksonException e) {
        String field = e.getPath().stream()
                .map(reference -> reference.getPropertyName() == null
                        ? Integer.toString(reference.getIndex())
                        : reference.getPropertyName())
                .collect(Collectors.joining("."));
        String expected = "Expected a command " + name + ", but ";
        if (e instanceof UnrecognizedPropertyException) {
            return new InvalidCommandException(shown(field), expected + "it has no field '" + shown(field) + "'.");
        }
        if (e instanceof MismatchedInputException) {
            return field.isEmpty()
                    ? new InvalidCommandException(
                            "", expected + "got something that is not a JSON object of its fields.")
                    : new InvalidCommandException(
                            shown(field), expected + "field '" + shown(field) + "' is missing or has the wrong form.");
        }
        return new InvalidCommandException(shown(field), expected + "got something that is not valid JSON.");
    }

    /** A field's name comes from outside when it is unknown, so its length is bounded before it is repeated. */
    private static String shown(String field) {
        return field.length() <= MAX_SHOWN ? field : field.substring(0, MAX_SHOWN) + "…";
    }

    /** Longer than any field of a command. */
    private static final int MAX_SHOWN = 64;
}
