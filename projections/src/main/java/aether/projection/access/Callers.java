package aether.projection.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out who asks, from the token file that the command service checks too (its form is described in that service's
 * {@code access} package). A file that changed is read again; one that cannot be read leaves the last good one in
 * force.
 */
public final class Callers {

    private static final Logger LOG = LoggerFactory.getLogger(Callers.class);

    private static final String SCHEME = "Bearer ";

    private static final String PREFIX = "aether_";

    /** Longer than any token; nothing longer is hashed. */
    private static final int MAX_TOKEN_LENGTH = 256;

    private final Path file;
    private @Nullable TokenFile known;
    private @Nullable FileTime modified;

    /** Callers known to a token file, which may be written later than this. */
    public Callers(Path file) {
        this.file = file;
    }

    /**
     * Who it is.
     *
     * @param authorization the header; absent when there was none
     * @return empty when the header is absent, is not of the form, or nobody's
     */
    public Optional<Caller> whose(@Nullable String authorization) {
        if (authorization == null
                || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                || authorization.length() > MAX_TOKEN_LENGTH) {
            return Optional.empty();
        }
        String token = authorization.substring(SCHEME.length()).strip();
        TokenFile now = current();
        return token.startsWith(PREFIX) && now != null ? now.whose(sha256(token)) : Optional.empty();
    }

    private synchronized @Nullable TokenFile current() {
        try {
            FileTime now = Files.getLastModifiedTime(file);
            if (!now.equals(modified)) {
                known = TokenFile.read(file);
                modified = now;
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("Expected to read token file {}, but {}; the last good one stays.", file, e.getMessage());
        }
        return known;
    }

    private static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Expected SHA-256 in every Java, but it is not in this one.", e);
        }
    }
}
