package aether.domain.machine;

import java.util.UUID;

/** The id of one machine. */
public record MachineId(UUID value) {

    /** The stream that holds its events. */
    public String stream() {
        return "machine-" + value;
    }

    /**
     * Reads the text form of a UUID.
     *
     * @throws IllegalArgumentException when it is not one
     */
    public static MachineId parse(String text) {
        return new MachineId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
