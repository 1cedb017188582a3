package aether.command.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out whose a token is. */
public final class Identities {

    /** Longer than any token; nothing longer is hashed. */
    private static final int MAX_TOKEN_LENGTH = 256;

    private static final Logger LOG = LoggerFactory.getLogger(Identities.class);

    private final Path file;

    private volatile Known known;

    private record Known(FileTime modified, List<Entry> entries) {}

    @SuppressWarnings("ArrayRecordComponent") // compared in constant time, never by equals
    private record Entry(byte[] hash, Identity identity) {}

    private Identities(Path file, Known known) {
        this.file = file;
        this.known = known;
    }

    /**
     * Identities from a token file.
     *
     * @throws UncheckedIOException when it cannot be read
     * @throws IllegalArgumentException when a line has not the form
     */
    public static Identities of(Path file) {
        try {
            return new Identities(file, load(file));
        } catch (IOException e) {
            throw new UncheckedIOException("Expected to read token file " + file + ", but could not", e);
        }
    }

    /** Whose token it is; empty when it is nobody's. Takes the same time whichever line it is. */
    public Optional<Identity> whose(String token) {
        if (token.length() > MAX_TOKEN_LENGTH || !token.startsWith(Tokens.PREFIX)) {
            return Optional.empty();
        }
        byte[] presented = Tokens.digest(token);
        @Nullable Identity found = null;
        for (Entry entry : current().entries()) {
            if (MessageDigest.isEqual(entry.hash(), presented)) {
                found = entry.identity();
            }
        }
        return Optional.ofNullable(found);
    }

    /** Whether a token of theirs is in force. */
    public boolean knows(Principal principal) {
        return current().entries().stream()
                .anyMatch(entry -> entry.identity().principal().equals(principal));
    }

    private Known current() {
        Known now = known;
        try {
            if (!Files.getLastModifiedTime(file).equals(now.modified())) {
                now = load(file);
                known = now;
                LOG.info("Read {} identities from {}", now.entries().size(), file);
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("Expected to read token file {} again, but {}; the last good one stays", file, e.getMessage());
        }
        return now;
    }

    private static Known load(Path file) throws IOException {
        FileTime modified = Files.getLastModifiedTime(file);
        return new Known(
                modified,
                TokenFile.read(file).stream()
                        .map(line -> new Entry(HexFormat.of().parseHex(line.sha256()), line.identity()))
                        .toList());
    }
}
