package aether.domain.privacy;

import java.util.UUID;

/** The id of one data subject: random, so that it says nothing about who it is. */
public record SubjectId(UUID value) {

    /** The stream that holds its events. */
    public String stream() {
        return "subject-" + value;
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
