package aether.command.exports;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the archiver answers.
 *
 * @param url its address; without one there are no exports through the API
 * @param tokenFile a file with the secret that both sides know
 */
public record ArchiverLink(@Nullable String url, @Nullable Path tokenFile) {

    /** No archiver. */
    public static final ArchiverLink NONE = new ArchiverLink(null, null);

    public ArchiverLink {
        if ((url == null) != (tokenFile == null)) {
            throw new IllegalArgumentException("Expected aether.command.archiver.url and"
                    + " aether.command.archiver.token-file both or neither, but one is missing.");
        }
    }
}
