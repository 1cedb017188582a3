package aether.archive.export;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which entries an export holds: those that meet everything that is given.
 *
 * @param organization the id of the organization on whose behalf it happened, null for any
 * @param cluster the id of the cluster it is about, null for any
 * @param actor who did it, as the entries name them, null for anyone
 * @param from recorded at this time or later, null for the beginning
 * @param to recorded before this time, null for the end
 */
public record ExportScope(
        @Nullable String organization,
        @Nullable String cluster,
        @Nullable String actor,
        @Nullable Instant from,
        @Nullable Instant to) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The whole platform, for its operator alone. */
    public static final ExportScope EVERYTHING = new ExportScope(null, null, null, null, null);

    /** Refuses a time range that ends before it begins. */
    public ExportScope {
        if (from != null && to != null && !from.isBefore(to)) {
            throw new IllegalArgumentException(
                    "Expected a time range that begins before it ends, but got from " + from + " to " + to + ".");
        }
    }

    /** Whether the entry belongs in the export. */
    public boolean holds(ExportedEvent event) {
        return (organization == null || organization.equals(event.organization()))
                && (cluster == null || event.isAbout(cluster))
                && (actor == null || actor.equals(event.actor()))
                && (from == null || !event.recorded().isBefore(from))
                && (to == null || event.recorded().isBefore(to));
    }

    /** Texts that every entry of the export contains somewhere: a look for them is cheaper than reading JSON. */
    List<String> needles() {
        List<String> needles = new ArrayList<>();
        for (String needle : new @Nullable String[] {organization, cluster}) {
            if (needle != null) {
                needles.add(needle);
            }
        }
        return needles;
    }

    /** The scope for a person, one line for each condition. */
    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        add(sentences, "organization", organization);
        add(sentences, "cluster", cluster);
        add(sentences, "actor", actor);
        add(sentences, "recorded from", from);
        add(sentences, "recorded before", to);
        return sentences.isEmpty() ? List.of("everything on the platform") : sentences;
    }

    private static void add(List<String> sentences, String name, @Nullable Object value) {
        if (value != null) {
            sentences.add(name + " " + value);
        }
    }

    ObjectNode json() {
        ObjectNode scope = JSON.createObjectNode();
        put(scope, "actor", actor);
        put(scope, "cluster", cluster);
        put(scope, "from", from);
        put(scope, "organization", organization);
        put(scope, "to", to);
        return scope;
    }

    private static void put(ObjectNode scope, String name, @Nullable Object value) {
        if (value != null) {
            scope.put(name, value.toString());
        }
    }

    static ExportScope of(JsonNode scope) {
        String from = text(scope, "from");
        String to = text(scope, "to");
        return new ExportScope(
                text(scope, "organization"),
                text(scope, "cluster"),
                text(scope, "actor"),
                from == null ? null : Instant.parse(from),
                to == null ? null : Instant.parse(to));
    }

    private static @Nullable String text(JsonNode scope, String name) {
        return scope.path(name).isString() ? scope.path(name).asString() : null;
    }
}
