package aether.command.api;

import aether.command.request.Fields;
import aether.command.request.Violations;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Enums as words of the API, in kebab case. */
final class Words {

    private Words() {}

    static String of(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Reads a required word; the first value stands in where a violation was noted. */
    static <E extends Enum<E>> E read(Fields fields, Violations violations, String name, E[] values) {
        String word = fields.text(name);
        for (E value : values) {
            if (of(value).equals(word)) {
                return value;
            }
        }
        if (fields.hasText(name)) {
            List<String> words = Arrays.stream(values).map(Words::of).toList();
            violations.broken(fields.path(name), "out_of_range", "Expected one of " + words + ", but got another.");
        }
        return values[0];
    }
}
