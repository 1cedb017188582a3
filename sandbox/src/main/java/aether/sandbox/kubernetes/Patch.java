package aether.sandbox.kubernetes;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a PATCH asks for. */
public sealed interface Patch {
    /** Server-side apply of this configuration. */
    record Apply(ObjectNode configuration) implements Patch {}

    /** RFC 7396: what is null goes, what is an object is merged, all else is replaced. */
    record Merge(ObjectNode changes) implements Patch {}

    /**
     * Like a merge, but lists with known keys are merged item by item ({@code $patch: delete} and {@code replace}
     * honoured).
     */
    record Strategic(ObjectNode changes) implements Patch {}

    /** RFC 6902. */
    record Operations(ArrayNode operations) implements Patch {}
}
