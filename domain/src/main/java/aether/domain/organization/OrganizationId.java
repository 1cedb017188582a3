package aether.domain.organization;

import java.util.UUID;

/** The id of one organization. */
public record OrganizationId(UUID value) {

    /** The stream that holds its events. */
    public String stream() {
        return "organization-" + value;
    }

    /**
     * Reads the text form of a UUID.
     *
     * @throws IllegalArgumentException when it is not one
     */
    public static OrganizationId parse(String text) {
        return new OrganizationId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
