package aether.archive.export;

import java.time.DateTimeException;
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
 * @param fromPosition at this position or later, null for the beginning
 * @param toPosition before this position, null for the end
 */
public record ExportScope(
        @Nullable String organization,
        @Nullable String cluster,
        @Nullable String actor,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Long fromPosition,
        @Nullable Long toPosition) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The whole platform, for its operator alone. */
    public static final ExportScope EVERYTHING = new ExportScope(null, null, null, null, null, null, null);

    /** Refuses a range that ends before it begins. */
    public ExportScope {
        if (from != null && to != null && !from.isBefore(to)) {
            throw new IllegalArgumentException(
                    "Expected a time range that begins before it ends, but got from " + from + " to " + to + ".");
        }
        if ((fromPosition != null && fromPosition < 0)
                || (toPosition != null && toPosition <= (fromPosition == null ? 0 : fromPosition))) {
            throw new IllegalArgumentException("Expected a range of positions that begins before it ends, but got from "
                    + (fromPosition == null ? 0 : fromPosition) + " to " + toPosition + ".");
        }
    }

    /** Without a range of positions. */
    public ExportScope(
            @Nullable String organization,
            @Nullable String cluster,
            @Nullable String actor,
            @Nullable Instant from,
            @Nullable Instant to) {
        this(organization, cluster, actor, from, to, null, null);
    }

    /** Everything that an organization may see. */
    public static ExportScope ofOrganization(String organization) {
        return new ExportScope(organization, null, null, null, null);
    }

    /** Whether the entry belongs in the export. */
    public boolean holds(ExportedEvent event) {
        return (organization == null || organization.equals(event.organization()))
                && (cluster == null || event.isAbout(cluster))
                && (actor == null || actor.equals(event.actor()))
                && (from == null || !event.recorded().isBefore(from))
                && (to == null || event.recorded().isBefore(to))
                && (fromPosition == null || event.position() >= fromPosition)
                && (toPosition == null || event.position() < toPosition);
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
        add(sentences, "from position", fromPosition);
        add(sentences, "before position", toPosition);
        return sentences.isEmpty() ? List.of("everything on the platform") : sentences;
    }

    private static void add(List<String> sentences, String name, @Nullable Object value) {
        if (value != null) {
            sentences.add(name + " " + value);
        }
    }

    /** The scope as a manifest tells it: only what is given. */
    public ObjectNode json() {
        ObjectNode scope = JSON.createObjectNode();
        put(scope, "actor", actor);
        put(scope, "cluster", cluster);
        put(scope, "from", from);
        put(scope, "from_position", fromPosition);
        put(scope, "organization", organization);
        put(scope, "to", to);
        put(scope, "to_position", toPosition);
        return scope;
    }

    private static void put(ObjectNode scope, String name, @Nullable Object value) {
        if (value != null) {
            scope.put(name, value.toString());
        }
    }

    /**
     * Reads a scope.
     *
     * @throws IllegalArgumentException when a time or a position is none
     */
    public static ExportScope of(JsonNode scope) {
        String from = text(scope, "from");
        String to = text(scope, "to");
        String fromPosition = text(scope, "from_position");
        String toPosition = text(scope, "to_position");
        return new ExportScope(
                text(scope, "organization"),
                text(scope, "cluster"),
                text(scope, "actor"),
                from == null ? null : time(from),
                to == null ? null : time(to),
                fromPosition == null ? null : position(fromPosition),
                toPosition == null ? null : position(toPosition));
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "Expected a time such as 2026-11-01T00:00:00Z, but got '" + text + "'.", e);
        }
    }

    private static long position(String text) {
        if (!text.matches("\\d{1,18}")) {
            throw new IllegalArgumentException("Expected a position of at most 18 digits, but got '" + text + "'.");
        }
        return Long.parseLong(text);
    }

    private static @Nullable String text(JsonNode scope, String name) {
        return scope.path(name).isString() ? scope.path(name).asString() : null;
    }
}
