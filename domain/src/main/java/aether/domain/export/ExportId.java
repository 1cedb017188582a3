package aether.domain.export;

import java.util.UUID;

/** The id of one export. */
public record ExportId(UUID value) {

    /** The stream that holds its events. */
    public String stream() {
        return "export-" + value;
    }

    /**
     * Reads the text form of a UUID.
     *
     * @throws IllegalArgumentException when it is not one
     */
    public static ExportId parse(String text) {
        return new ExportId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
