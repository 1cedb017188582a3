package aether.embedded.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The file with the owner's password, readable by the user alone. */
record OwnerPassword(Path file) {

    private static final int BYTES = 24; // 192 bits: beyond guessing

    /** Reads the password, or makes one up when there is none yet. */
    String readOrCreate() throws IOException {
        if (!Files.exists(file)) {
            byte[] random = new byte[BYTES];
            new SecureRandom().nextBytes(random);
            Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
            Files.deleteIfExists(unfinished);
            Files.createFile(
                    unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(
                    unfinished, HexFormat.of().formatHex(random), StandardCharsets.US_ASCII, StandardOpenOption.SYNC);
            Files.move(unfinished, file);
        }
        return Files.readString(file, StandardCharsets.US_ASCII).strip();
    }
}
