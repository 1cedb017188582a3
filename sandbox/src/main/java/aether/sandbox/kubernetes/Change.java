package aether.sandbox.kubernetes;

import tools.jackson.databind.node.ObjectNode;

/**
 * One change of a store. The objects belong to the store and are never modified after they are handed out.
 *
 * @param version the resource version the change has made
 * @param object the object after the change, or as it was last for a deletion
 * @param previous the object before the change; empty for an addition
 */
public record Change(long version, Kind kind, ObjectKey key, ObjectNode object, ObjectNode previous) {
    /** What a watch calls it. */
    public enum Kind {
        ADDED,
        MODIFIED,
        DELETED
    }
}
