package aether.domain.nodepool;

import java.util.UUID;

/** The id of one node pool. */
public record NodePoolId(UUID value) {

    /** The stream that holds its events. */
    public String stream() {
        return "pool-" + value;
    }

    /**
     * Reads the text form of a UUID.
     *
     * @throws IllegalArgumentException when it is not one
     */
    public static NodePoolId parse(String text) {
        return new NodePoolId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
