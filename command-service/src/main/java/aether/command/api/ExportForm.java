package aether.command.api;

import aether.command.exports.ExportOrder;
import aether.command.request.Fields;
import aether.command.request.Violations;
import aether.domain.cluster.ClusterId;
import aether.domain.organization.OrganizationId;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a request for an export asks for.
 *
 * @param cluster the cluster's id or name, as it came
 */
record ExportForm(
        @Nullable String cluster,
        @Nullable String actor,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Long fromPosition,
        @Nullable Long toPosition) {

    /** A pseudonym has fewer. */
    private static final int MAX_ACTOR = 100;

    static ExportForm read(Fields fields, Violations violations) {
        String actor = fields.optionalText("actor").orElse(null);
        if (actor != null && (actor.isBlank() || actor.length() > MAX_ACTOR)) {
            violations.broken(
                    fields.path("actor"),
                    "out_of_range",
                    "Expected an actor as events name it, of at most " + MAX_ACTOR
                            + " characters, but got other text.");
        }
        Instant from = time(fields, violations, "from");
        Instant to = time(fields, violations, "to");
        if (from != null && to != null && !from.isBefore(to)) {
            violations.broken(
                    fields.path("to"), "out_of_range", "Expected a time after 'from', but got the same or an earlier.");
        }
        Long fromPosition = position(fields, violations, "from_position");
        Long toPosition = position(fields, violations, "to_position");
        if (toPosition != null && toPosition <= (fromPosition == null ? 0 : fromPosition)) {
            violations.broken(
                    fields.path("to_position"),
                    "out_of_range",
                    "Expected a position after 'from_position', but got the same or an earlier.");
        }
        return new ExportForm(fields.optionalText("cluster").orElse(null), actor, from, to, fromPosition, toPosition);
    }

    ExportOrder order(OrganizationId organization, @Nullable ClusterId id) {
        return new ExportOrder(organization, id, actor, from, to, fromPosition, toPosition);
    }

    private static @Nullable Instant time(Fields fields, Violations violations, String name) {
        String text = fields.optionalText(name).orElse(null);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            violations.malformed(
                    fields.path(name),
                    "wrong_type",
                    "Expected a time such as 2026-11-01T00:00:00Z, but got other text.");
            return null;
        }
    }

    /** Positions are texts in this API, because a number in JSON is not safe beyond 2^53. */
    private static @Nullable Long position(Fields fields, Violations violations, String name) {
        String text = fields.optionalText(name).orElse(null);
        if (text == null) {
            return null;
        }
        if (!text.matches("\\d{1,18}")) {
            violations.malformed(
                    fields.path(name), "wrong_type", "Expected a position as text, such as \"17\", but got other.");
            return null;
        }
        return Long.parseLong(text);
    }
}
