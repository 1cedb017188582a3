package aether.archive.report;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A command to enter something.
 *
 * @param id the same for the same fact, so that the log drops what it has
 * @param type the command's name in the command API
 * @param command the command as JSON
 */
public record Report(UUID id, String type, String command) {

    /** A report whose id follows from what makes it one fact. */
    static Report of(String type, String command, Object... identity) {
        StringBuilder name = new StringBuilder(type);
        for (Object part : identity) {
            name.append('|').append(part.toString().length()).append(':').append(part);
        }
        return new Report(UUID.nameUUIDFromBytes(name.toString().getBytes(StandardCharsets.UTF_8)), type, command);
    }
}
