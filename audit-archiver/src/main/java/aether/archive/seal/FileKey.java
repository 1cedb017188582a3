package aether.archive.seal;

import aether.archive.keys.CaseNumber;
import aether.archive.keys.EpochBase;
import aether.archive.log.Ed25519Signer;
import aether.archive.log.HybridSigner;
import aether.archive.log.Signer;
import aether.archive.store.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The default home of the log's private key: a file of its own, outside the archive, that only its owner reads. */
public final class FileKey {

    private static final int SEED_BYTES = 32;
    private static final int LINES_OF_NEXT = 4;
    private static final String AT = "at ";
    private static final String REASON = "reason ";
    private static final String REFERENCE = "reference ";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private FileKey() {}

    /** Reads the key, or makes one at the first start with chance from {@code random}. */
    public static Signer open(Path file, Path archive, String origin, SecureRandom random) throws IOException {
        if (file.toAbsolutePath()
                .normalize()
                .startsWith(archive.toAbsolutePath().normalize())) {
            throw new IllegalArgumentException(
                    "Expected the key outside the archive " + archive + ", but it is " + file + ".");
        }
        return open(file, origin, random);
    }

    /** The same for an archive that is in no directory of this machine. */
    public static Signer open(Path file, String origin, SecureRandom random) throws IOException {
        if (!Files.exists(file)) {
            write(file, generate(origin, random) + "\n");
        }
        requireOwnerOnly(file);
        Signer signer = HybridSigner.parse(Files.readString(file));
        requireOrigin(signer, origin, file);
        return signer;
    }

    static void requireOwnerOnly(Path file) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (!OWNER_ONLY.containsAll(permissions)) {
            throw new IllegalStateException("Expected key file " + file + " to be for its owner only (0600), but it is "
                    + PosixFilePermissions.toString(permissions) + ".");
        }
    }

    private static void requireOrigin(Signer signer, String origin, Path file) {
        if (!EpochBase.isOriginOf(origin, signer.verifierKey().name())) {
            throw new IllegalStateException("Expected the key of " + origin + " in " + file + ", but it is that of "
                    + signer.verifierKey().name() + ".");
        }
    }

    /** The key together with the one that waits to follow it, if there is one. */
    public static SigningKeys openAll(Path file, String origin, SecureRandom random) throws IOException {
        Signer signer = open(file, origin, random);
        Path waiting = next(file);
        if (!Files.exists(waiting)) {
            return SigningKeys.of(signer);
        }
        requireOwnerOnly(waiting);
        List<String> lines = Files.readString(waiting).lines().toList();
        if (lines.size() != LINES_OF_NEXT
                || !lines.get(1).startsWith(AT)
                || !lines.get(2).startsWith(REASON)
                || !lines.get(3).startsWith(REFERENCE)) {
            throw new IllegalStateException("Expected a private key and the lines 'at', 'reason' and 'reference' in "
                    + waiting + ", but it holds something else.");
        }
        Signer following = HybridSigner.parse(lines.getFirst());
        requireOrigin(following, origin, waiting);
        return new SigningKeys(
                signer,
                new NextKey(
                        following,
                        Instant.parse(lines.get(1).substring(AT.length())),
                        lines.get(2).substring(REASON.length()),
                        lines.get(3).substring(REFERENCE.length())));
    }

    /** Where the key waits that is to follow the one in this file; whoever stands by needs the same. */
    public static Path next(Path file) {
        return file.resolveSibling(file.getFileName() + ".next");
    }

    /**
     * Makes a key that is to follow the one in this file; the log is handed over when it is opened next.
     *
     * @param at now
     * @param reason why, one of {@link NextKey#REASONS}
     * @param reference the number of a case; empty for none
     * @throws IllegalArgumentException when the reason or the case could not be entered into the event log
     * @throws IllegalStateException when one waits already
     */
    public static void prepareNext(
            Path file, String origin, Instant at, String reason, String reference, RandomGenerator random)
            throws IOException {
        Path waiting = next(file);
        if (Files.exists(waiting)) {
            throw new IllegalStateException("Expected no next key yet, but one waits in " + waiting + ".");
        }
        CaseNumber.require(reference);
        String key = generate(origin, random);
        NextKey checked = new NextKey(HybridSigner.parse(key), at, reason, reference);
        String text = key + "\n" + AT + checked.at() + "\n" + REASON + checked.reason() + "\n" + REFERENCE
                + checked.reference() + "\n";
        write(waiting, text);
    }

    /**
     * Puts the next key in the place of the one in this file, whose private half is gone then: it never signs again.
     * Only once the log was handed over.
     */
    public static void takeNext(Path file) throws IOException {
        Path waiting = next(file);
        if (Files.exists(waiting)) {
            write(file, Files.readAllLines(waiting).getFirst() + "\n");
            // If we die here, the same key is in both files, and the next start comes by here again.
            Files.delete(waiting);
        }
    }

    static String generate(String origin, RandomGenerator random) {
        byte[] seed = new byte[SEED_BYTES];
        random.nextBytes(seed);
        return Ed25519Signer.format(origin, seed);
    }

    static void write(Path file, String text) throws IOException {
        DurableFiles.createDirectories(file.toAbsolutePath().resolveSibling(""));
        Path written = file.resolveSibling(file.getFileName() + ".new");
        DurableFiles.write(written, text.getBytes(StandardCharsets.UTF_8), OWNER_ONLY);
        DurableFiles.replace(written, file);
    }
}
