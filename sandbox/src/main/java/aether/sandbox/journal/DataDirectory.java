package aether.sandbox.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** The sandbox's directory: one process at a time, the journal, and the token that opens every door. */
public final class DataDirectory implements AutoCloseable {
    private static final int TOKEN_BYTES = 32;
    private final Path directory;
    private final FileChannel lock;

    private DataDirectory(Path directory, FileChannel lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /** Takes the directory for this process, or says that another one has it. */
    public static DataDirectory claim(Path directory) throws IOException {
        Files.createDirectories(directory);
        FileChannel lock =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (lock.tryLock() != null) {
                return new DataDirectory(directory, lock);
            }
        } catch (OverlappingFileLockException heldHere) {
            // the same sentence holds for this process and for another one
        }
        lock.close();
        throw new IOException("Expected " + directory + " to be free, but another sandbox is using it");
    }

    /** Where the journal is. */
    public Path journal() {
        return directory.resolve("journal.jsonl");
    }

    /** Where the address of the running sandbox is written. */
    public Path endpoint() {
        return directory.resolve("endpoint.json");
    }

    /** Where the bearer token is, readable by its owner alone. */
    public Path tokenFile() {
        return directory.resolve("token");
    }

    /** The bearer token, made at the first start. */
    public String token(RandomGenerator chance) throws IOException {
        if (Files.notExists(tokenFile())) {
            byte[] secret = new byte[TOKEN_BYTES];
            chance.nextBytes(secret);
            writePrivate(tokenFile(), HexFormat.of().formatHex(secret));
        }
        return Files.readString(tokenFile()).strip();
    }

    /** Where a kubeconfig of the management cluster is, readable by its owner alone. */
    public Path kubeconfig() {
        return directory.resolve("management.kubeconfig");
    }

    /** Writes the kubeconfig of the running sandbox. */
    public void writeKubeconfig(String url, String authority, String token) throws IOException {
        writePrivate(kubeconfig(), """
                apiVersion: v1
                kind: Config
                clusters:
                - name: management
                  cluster:
                    server: %s
                    certificate-authority-data: %s
                users:
                - name: administrator
                  user:
                    token: %s
                contexts:
                - name: management
                  context:
                    cluster: management
                    user: administrator
                current-context: management
                """.formatted(
                        url, Base64.getEncoder().encodeToString(authority.getBytes(StandardCharsets.US_ASCII)), token));
    }

    /** Says where the running sandbox is; whoever finds the file finds all of it. */
    public void announce(byte[] endpoint) throws IOException {
        Path fresh = directory.resolve("endpoint.json.fresh");
        Files.write(fresh, endpoint);
        Files.move(fresh, endpoint(), StandardCopyOption.ATOMIC_MOVE);
    }

    private void writePrivate(Path file, String content) throws IOException {
        Path fresh = directory.resolve(file.getFileName() + ".fresh");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, content);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
