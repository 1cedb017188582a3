package aether.command.manifest;

import aether.command.request.Fields;
import aether.command.request.Violations;
import aether.domain.machine.MachineShape;
import java.util.OptionalInt;

/**
 * How many nodes a pool has: {@code node_count} for a fixed pool, {@code min_nodes} and {@code max_nodes} for an
 * autoscaling one.
 *
 * @param fixed whether it was given as one number
 */
public record PoolSize(int min, int max, boolean fixed) {

    /** Reads the size among an object's fields. */
    public static PoolSize read(Fields fields, Violations violations) {
        OptionalInt count = fields.optionalWhole("node_count");
        boolean one = fields.has("node_count");
        boolean range = fields.has("min_nodes") || fields.has("max_nodes");
        if (one && range) {
            violations.malformed(
                    fields.path("node_count"),
                    "exclusive",
                    "Expected either node_count, or min_nodes and max_nodes, but got both.");
        }
        if (one || !range) {
            int nodes = one ? count.orElse(0) : fields.whole("node_count");
            fields.optionalWhole("min_nodes");
            fields.optionalWhole("max_nodes");
            return new PoolSize(nodes, nodes, true);
        }
        return new PoolSize(fields.whole("min_nodes"), fields.whole("max_nodes"), false);
    }

    /** Reads the size of one node among an object's fields. */
    public static MachineShape readShape(Fields fields) {
        return new MachineShape(fields.whole("vcpus"), fields.whole("memory_gb"), fields.whole("disk_gb"));
    }

    /** The field of a request that stands for a field of the domain. */
    public String field(String domainField) {
        return switch (domainField) {
            case "min" -> fixed ? "node_count" : "min_nodes";
            case "max" -> fixed ? "node_count" : "max_nodes";
            default -> domainField;
        };
    }
}
