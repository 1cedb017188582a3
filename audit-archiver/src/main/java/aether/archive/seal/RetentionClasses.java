package aether.archive.seal;

import aether.archive.log.BundleView;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How long entries are kept that are not kept as long as all others, by stream or by type. 256 entries lie in one
 * object, so an object is kept for the longest of its entries.
 *
 * @param rules the first that meets an entry is its class
 */
public record RetentionClasses(List<Rule> rules) {

    /** No class: everything is kept equally long. */
    public static final RetentionClasses NONE = new RetentionClasses(List.of());

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What a rule looks at. */
    enum Field {
        STREAM("subject"),
        TYPE("type");

        private final String attribute;

        Field(String attribute) {
            this.attribute = attribute;
        }

        static Field of(String word) {
            return Stream.of(values())
                    .filter(field -> field.name().equalsIgnoreCase(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "Expected a class of retention to begin with stream: or type:, but got " + word + "."));
        }
    }

    /**
     * A class.
     *
     * @param field what is looked at
     * @param prefix what it begins with
     * @param keep how long such entries are kept, from when they are archived
     */
    public record Rule(Field field, String prefix, Duration keep) {

        /** Refuses a class that keeps nothing. */
        public Rule {
            if (!keep.isPositive() || prefix.isBlank()) {
                throw new IllegalArgumentException(
                        "Expected a class of retention with a prefix and a time to keep, but got '" + prefix + "' and "
                                + keep + ".");
            }
        }

        @Override
        public String toString() {
            return field.name().toLowerCase(java.util.Locale.ROOT) + ":" + prefix + "=" + keep;
        }
    }

    /** Keeps its own list. */
    public RetentionClasses {
        rules = List.copyOf(rules);
    }

    /**
     * Reads classes as {@code stream:cluster-=P3650D type:cloud.aetherplatform.invoice.=P3650D}.
     *
     * @throws IllegalArgumentException naming the word that is none
     */
    public static RetentionClasses parse(String text) {
        List<Rule> rules = new ArrayList<>();
        for (String word : text.strip().split("\\s+", -1)) {
            if (word.isEmpty()) {
                continue;
            }
            int colon = word.indexOf(':');
            int equals = word.lastIndexOf('=');
            if (colon < 0 || equals < colon) {
                throw new IllegalArgumentException(
                        "Expected a class of retention such as stream:cluster-=P3650D, but got " + word + ".");
            }
            try {
                rules.add(new Rule(
                        Field.of(word.substring(0, colon)),
                        word.substring(colon + 1, equals),
                        Duration.parse(word.substring(equals + 1))));
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException(
                        "Expected a class of retention to end with a time such as P3650D, but got " + word + ".", e);
            }
        }
        return new RetentionClasses(rules);
    }

    /** How long the bundle is kept: as long as the entry in it that is kept longest. */
    Duration of(byte[] bundle, Duration standard) {
        if (rules.isEmpty()) {
            return standard;
        }
        BundleView entries = BundleView.of(bundle);
        Duration longest = Duration.ZERO;
        for (int i = 0; i < entries.size(); i++) {
            Duration keep = ofEntry(entries.entry(i), standard);
            longest = longest.compareTo(keep) < 0 ? keep : longest;
        }
        return longest;
    }

    private Duration ofEntry(byte[] entry, Duration standard) {
        try {
            JsonNode event = JSON.readTree(entry);
            return rules.stream()
                    .filter(rule ->
                            event.path(rule.field().attribute).asString("").startsWith(rule.prefix()))
                    .map(Rule::keep)
                    .findFirst()
                    .orElse(standard);
        } catch (JacksonException e) {
            return standard; // verify says what is wrong with it; it is kept like any other
        }
    }

    /** The longest that anything is kept: what proves entries is kept for as long as any of them. */
    Duration longest(Duration standard) {
        return rules.stream().map(Rule::keep).max(Comparator.naturalOrder()).stream()
                .filter(keep -> keep.compareTo(standard) > 0)
                .findFirst()
                .orElse(standard);
    }

    /** The policy as the archive keeps it, so that whoever verifies knows how long things had to be kept. */
    byte[] policy(Duration standard) {
        ObjectNode policy = JSON.createObjectNode();
        ArrayNode classes = policy.putArray("classes");
        rules.forEach(rule -> classes.addObject()
                .put("field", rule.field().attribute)
                .put("keep", rule.keep().toString())
                .put("prefix", rule.prefix()));
        policy.put("standard", standard.toString());
        policy.put("version", 1);
        return JSON.writeValueAsString(policy).getBytes(StandardCharsets.UTF_8);
    }
}
