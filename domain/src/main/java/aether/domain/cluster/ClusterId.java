package aether.domain.cluster;

import java.util.UUID;

/** The id of one tenant cluster. */
public record ClusterId(UUID value) {

    /** The stream that holds its events. */
    public String stream() {
        return "cluster-" + value;
    }

    /**
     * Reads the text form of a UUID.
     *
     * @throws IllegalArgumentException when it is not one
     */
    public static ClusterId parse(String text) {
        return new ClusterId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
