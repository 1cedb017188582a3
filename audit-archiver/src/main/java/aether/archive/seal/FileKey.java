package aether.archive.seal;

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
import java.util.Set;
import java.util.random.RandomGenerator;

/** The default home of the log's private key: a file of its own, outside the archive, that only its owner reads. */
public final class FileKey {

    private static final int SEED_BYTES = 32;
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
            generate(file, origin, random);
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (!OWNER_ONLY.containsAll(permissions)) {
            throw new IllegalStateException("Expected key file " + file + " to be for its owner only (0600), but it is "
                    + PosixFilePermissions.toString(permissions) + ".");
        }
        Signer signer = HybridSigner.parse(Files.readString(file));
        if (!signer.verifierKey().name().equals(origin)) {
            throw new IllegalStateException("Expected the key of " + origin + " in " + file + ", but it is that of "
                    + signer.verifierKey().name() + ".");
        }
        return signer;
    }

    private static void generate(Path file, String origin, RandomGenerator random) throws IOException {
        byte[] seed = new byte[SEED_BYTES];
        random.nextBytes(seed);
        byte[] text = (Ed25519Signer.format(origin, seed) + "\n").getBytes(StandardCharsets.UTF_8);
        DurableFiles.createDirectories(file.toAbsolutePath().resolveSibling(""));
        Path written = file.resolveSibling(file.getFileName() + ".new");
        DurableFiles.write(written, text, OWNER_ONLY);
        DurableFiles.replace(written, file);
    }
}
