package aether.command.request;

import aether.domain.kernel.DnsLabel;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An object of a request, read field by field. What is wrong is noted under the field's path and a stand-in returned,
 * so that reading goes on; {@link #done} notes the fields that nobody asked for.
 */
public final class Fields {

    /** Hardly a field of ours holds longer text; rules of single fields are stricter. */
    static final int MAX_TEXT = 1_000;

    private static final int SHOWN = 64;

    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private final Map<?, ?> values;

    private final String path;

    private final Violations violations;

    private final Set<String> asked = new HashSet<>();

    private Fields(Map<?, ?> values, String path, Violations violations) {
        this.values = values;
        this.path = path;
        this.violations = violations;
    }

    /**
     * The fields of a tree.
     *
     * @param path the tree's own path, empty for the whole body
     */
    public static Fields of(@Nullable Object tree, String path, Violations violations) {
        if (tree instanceof Map<?, ?> map) {
            return new Fields(map, path, violations);
        }
        violations.malformed(
                path.isEmpty() ? "body" : path,
                "wrong_type",
                "Expected an object with fields, but got " + kind(tree) + ".");
        return new Fields(Map.of(), path, new Violations()); // one complaint is enough
    }

    /** The path of a field of this object. */
    public String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** Whether the field is there and not null. */
    public boolean has(String name) {
        return values.get(name) != null;
    }

    /** Whether the field is there as text, be it empty. */
    public boolean hasText(String name) {
        return values.get(name) instanceof String;
    }

    /** Names a field that may be left out. */
    public void known(String name) {
        asked.add(name);
    }

    /** A required object. */
    public Fields object(String name) {
        asked.add(name);
        Object value = values.get(name);
        if (value == null) {
            missing(name);
            return new Fields(Map.of(), path(name), new Violations());
        }
        return of(value, path(name), violations);
    }

    /** The tree of a required object, as it came. */
    public Object tree(String name) {
        asked.add(name);
        Object value = values.get(name);
        if (value instanceof Map<?, ?>) {
            return value;
        }
        if (value == null) {
            missing(name);
        } else {
            wrong(name, "an object", value);
        }
        return Map.of();
    }

    /** A required text, empty when there is none. */
    public String text(String name) {
        asked.add(name);
        if (!has(name)) {
            missing(name);
            return "";
        }
        return optionalText(name).orElse("");
    }

    /** A required DNS label, empty when there is none that is fit. */
    public String label(String name) {
        asked.add(name);
        Object value = values.get(name);
        if (value == null) {
            missing(name);
        } else if (!(value instanceof String text)) {
            wrong(name, "text", value);
        } else if (DnsLabel.isValid(text)) {
            return text;
        } else {
            violations.broken(path(name), "invalid_name", DnsLabel.expected(text));
        }
        return "";
    }

    /** A text that may be left out. */
    public Optional<String> optionalText(String name) {
        return optionalText(name, MAX_TEXT);
    }

    /** A text of at most so many characters that may be left out. */
    public Optional<String> optionalText(String name, int max) {
        asked.add(name);
        Object value = values.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof String text)) {
            String hint = value instanceof Number || value instanceof Boolean ? "; put it in quotes" : "";
            violations.malformed(path(name), "wrong_type", "Expected text, but got " + kind(value) + hint + ".");
            return Optional.empty();
        }
        if (text.length() > max) {
            violations.broken(
                    path(name), "too_long", "Expected at most " + max + " characters, but got " + text.length() + ".");
            return Optional.empty();
        }
        return Optional.of(text);
    }

    /** A required list of texts, empty when there is none. */
    public List<String> texts(String name) {
        asked.add(name);
        Object value = values.get(name);
        if (value == null) {
            missing(name);
            return List.of();
        }
        if (!(value instanceof List<?> list) || !list.stream().allMatch(String.class::isInstance)) {
            wrong(name, "a list of texts", value);
            return List.of();
        }
        return list.stream().map(String.class::cast).toList();
    }

    /** A UUID that may be left out. */
    public Optional<UUID> uuid(String name) {
        return optionalText(name).flatMap(text -> {
            if (UUID_FORM.matcher(text).matches()) {
                return Optional.of(UUID.fromString(text));
            }
            violations.malformed(path(name), "wrong_type", "Expected a UUID, but got other text.");
            return Optional.empty();
        });
    }

    /** A required whole number, 0 when there is none. */
    public int whole(String name) {
        if (!has(name)) {
            asked.add(name);
            missing(name);
            return 0;
        }
        return optionalWhole(name).orElse(0);
    }

    /** A whole number that may be left out. */
    public OptionalInt optionalWhole(String name) {
        asked.add(name);
        Object value = values.get(name);
        switch (value) {
            case null -> {
                return OptionalInt.empty();
            }
            case Integer whole -> {
                return OptionalInt.of(whole);
            }
            case Long large -> tooLarge(name, large.toString());
            case BigInteger huge -> tooLarge(name, shown(huge.toString()));
            default -> wrong(name, "a whole number", value);
        }
        return OptionalInt.empty();
    }

    /** A truth value that may be left out. */
    public boolean truth(String name, boolean otherwise) {
        asked.add(name);
        Object value = values.get(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Boolean truth) {
            return truth;
        }
        wrong(name, "true or false", value);
        return otherwise;
    }

    /** A required word of an enum, in kebab case; the first value stands in where a violation was noted. */
    public <E extends Enum<E>> E word(String name, E[] values) {
        String word = text(name);
        for (E value : values) {
            if (kebab(value).equals(word)) {
                return value;
            }
        }
        if (hasText(name)) {
            List<String> words = Arrays.stream(values).map(Fields::kebab).toList();
            violations.broken(path(name), "out_of_range", "Expected one of " + words + ", but got another.");
        }
        return values[0];
    }

    /** A value of an enum as requests and answers have it. */
    public static String kebab(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Notes every field that nobody asked for. */
    public void done() {
        for (Object key : values.keySet()) {
            if (!(key instanceof String name)) {
                violations.malformed(
                        path(shown(String.valueOf(key))), "unknown_field", "Expected the name of a field as text.");
            } else if (!asked.contains(name)) {
                violations.malformed(
                        path(shown(name)),
                        "unknown_field",
                        "Expected one of the known fields "
                                + asked.stream().sorted().toList() + ", but got '" + shown(name) + "'.");
            }
        }
    }

    private void missing(String name) {
        violations.malformed(path(name), "required", "Expected the field '" + name + "', but it is missing.");
    }

    private void wrong(String name, String expected, Object value) {
        violations.malformed(path(name), "wrong_type", "Expected " + expected + ", but got " + kind(value) + ".");
    }

    private void tooLarge(String name, String shown) {
        violations.broken(path(name), "out_of_range", "Expected a number that fits 32 bits, but got " + shown + ".");
    }

    private static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    private static String kind(@Nullable Object value) {
        return switch (value) {
            case null -> "nothing";
            case Map<?, ?> ignored -> "an object";
            case List<?> ignored -> "a list";
            case String ignored -> "text";
            case Boolean ignored -> "true or false";
            case Number number -> "the number " + shown(number.toString());
            default -> "something else";
        };
    }
}
