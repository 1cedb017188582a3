package aether.command.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/** Makes tokens and writes them where only their owner can read them. */
public final class Tokens {

    /** What every token starts with, so that secret scanners know it. */
    public static final String PREFIX = "aether_";

    /** 256 bits: nobody guesses one, so a plain hash of it is enough. */
    private static final int SECRET_BYTES = 32;

    private static final String OWNER_ONLY = "rw-------";

    private Tokens() {}

    /** A new token. */
    public static String generate(SecureRandom random) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return PREFIX + HexFormat.of().formatHex(secret);
    }

    /** What the token file keeps of a token. */
    public static String sha256(String token) {
        return HexFormat.of().formatHex(digest(token));
    }

    /** Writes a secret as the only line of a file with mode 0600; an older file is replaced at once. */
    public static void writeSecret(Path file, String token) throws IOException {
        replace(file, token + "\n");
    }

    /** Writes a token file with mode 0600; an older one is replaced at once. */
    public static void writeTokenFile(Path file, List<TokenFile.Line> lines) throws IOException {
        StringBuilder text = new StringBuilder("# Who may call Aether. Hashes only; see aether.command.access.\n");
        lines.forEach(line -> text.append(line.json()).append('\n'));
        replace(file, text.toString());
    }

    static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Expected SHA-256 in every Java, but it is not in this one", e);
        }
    }

    private static void replace(Path file, String text) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        Path next = Files.createTempFile(
                directory,
                file.getFileName().toString(),
                ".next",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
        try {
            Files.writeString(next, text, StandardOpenOption.TRUNCATE_EXISTING);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
    }
}
