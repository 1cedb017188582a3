package aether.sandbox.kubernetes;

import aether.sandbox.journal.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Which objects a list, watch or collection delete means: label selector and field selector, compiled. */
public final class Selection {
    /** Everything. */
    public static final Selection ALL = new Selection(List.of());

    private final List<Predicate<JsonNode>> terms;

    private Selection(List<Predicate<JsonNode>> terms) {
        this.terms = List.copyOf(terms);
    }

    /** Reads both selectors as they stand in a request; empty text selects everything. */
    public static Selection of(String labels, String fields) {
        List<Predicate<JsonNode>> terms = new ArrayList<>();
        for (String term : splitOutsideParentheses(labels)) {
            terms.add(labelTerm(term));
        }
        for (String term : fields.isBlank() ? new String[0] : fields.split(",", -1)) {
            terms.add(fieldTerm(term.strip()));
        }
        return new Selection(terms);
    }

    boolean includes(JsonNode object) {
        return terms.stream().allMatch(term -> term.test(object));
    }

    private static List<String> splitOutsideParentheses(String selector) {
        List<String> terms = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i <= selector.length(); i++) {
            char c = i == selector.length() ? ',' : selector.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                terms.add(selector.substring(start, i).strip());
                start = i + 1;
            }
        }
        terms.removeIf(String::isEmpty);
        return terms;
    }

    private static Predicate<JsonNode> labelTerm(String term) {
        String[] set = term.split("\\s+(?=(?:in|notin)\\s*\\()", 2);
        if (set.length == 2) {
            boolean in = set[1].startsWith("in");
            String inside = set[1].substring(set[1].indexOf('(') + 1, set[1].lastIndexOf(')'));
            List<String> values =
                    Arrays.stream(inside.split(",", -1)).map(String::strip).toList();
            return object -> values.contains(label(object, set[0])) == in;
        }
        if (term.startsWith("!")) {
            return object -> labels(object).path(term.substring(1).strip()).isMissingNode();
        }
        return comparison(
                term, Selection::label, key -> object -> labels(object).has(key));
    }

    private static Predicate<JsonNode> fieldTerm(String term) {
        return comparison(term, (object, path) -> Json.text(object, path.split("\\.", -1)), key -> {
            throw ApiRefusal.badRequest("Expected a field selector such as metadata.name=x, but got " + term);
        });
    }

    private interface Lookup {
        String value(JsonNode object, String key);
    }

    private interface Presence {
        Predicate<JsonNode> of(String key);
    }

    private static Predicate<JsonNode> comparison(String term, Lookup lookup, Presence presence) {
        int not = term.indexOf("!=");
        if (not >= 0) {
            String key = term.substring(0, not).strip();
            String value = term.substring(not + 2).strip();
            return object -> !lookup.value(object, key).equals(value);
        }
        int equal = term.indexOf('=');
        if (equal < 0) {
            return presence.of(term);
        }
        String key = term.substring(0, equal).strip();
        String value = term.substring(equal + 1).replaceFirst("^=", "").strip();
        return object -> lookup.value(object, key).equals(value) && (!value.isEmpty() || present(object, key));
    }

    private static boolean present(JsonNode object, String key) {
        return labels(object).has(key) || !Json.at(object, key.split("\\.", -1)).isMissingNode();
    }

    private static JsonNode labels(JsonNode object) {
        return Json.at(object, "metadata", "labels");
    }

    private static String label(JsonNode object, String key) {
        return Json.text(labels(object), key);
    }
}
