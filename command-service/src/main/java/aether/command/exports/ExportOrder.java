package aether.command.exports;

import aether.domain.cluster.ClusterId;
import aether.domain.organization.OrganizationId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which events of an organization are wanted: those that meet everything that is given.
 *
 * @param organization whose
 * @param cluster which cluster's only
 * @param actor whose acts only, as events name them
 * @param from recorded at this time or later
 * @param to recorded before this time
 * @param fromPosition at this position or later
 * @param toPosition before this position
 */
public record ExportOrder(
        OrganizationId organization,
        @Nullable ClusterId cluster,
        @Nullable String actor,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Long fromPosition,
        @Nullable Long toPosition) {

    /** The order as the archiver reads it, which is how the manifest of an export tells its scope. */
    public Map<String, Object> scope() {
        Map<String, Object> scope = new LinkedHashMap<>();
        scope.put("organization", organization.toString());
        put(scope, "cluster", cluster);
        put(scope, "actor", actor);
        put(scope, "from", from);
        put(scope, "to", to);
        put(scope, "from_position", fromPosition);
        put(scope, "to_position", toPosition);
        return scope;
    }

    private static void put(Map<String, Object> scope, String name, @Nullable Object value) {
        if (value != null) {
            scope.put(name, value.toString());
        }
    }
}
